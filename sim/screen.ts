import { Refusal } from "../sandbox/control/refusal.ts";

/** Runs what a person does at a screen. @returns whether the product took it; it refuses duplicates, for instance. */
export function asPerson(deed: () => unknown): boolean {
  try {
    deed();
    return true;
  } catch (thrown) {
    if (thrown instanceof Refusal) return false;
    throw thrown;
  }
}
