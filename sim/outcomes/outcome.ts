import type { JournalEntry, Link } from "../../engine/ports.ts";
import type { World } from "../world.ts";

/** Something that a long sweep must reach, so that it can be told from one that has gone blind. */
export interface Outcome {
  readonly name: string;
  readonly meaning: string;
  readonly isReached: (world: World, kept: Kept) => boolean;
}

/** What the hub kept of a run. */
export interface Kept {
  readonly journal: readonly JournalEntry[];
  readonly links: readonly Link[];
}

/** An outcome that the world and what the hub kept tell of. */
export function outcome(name: string, meaning: string, isReached: Outcome["isReached"]): Outcome {
  return { name, meaning, isReached };
}

/** An outcome that is reached when the journal has such an entry. */
export function journaled(name: string, meaning: string, isIt: (entry: JournalEntry) => boolean): Outcome {
  return outcome(name, meaning, (_world, { journal }) => journal.some(isIt));
}

/** An outcome that is reached when a partner took such a call. @param path without its query */
export function called(name: string, meaning: string, method: string, path: RegExp): Outcome {
  const isIt = (call: World["network"]["calls"][number]): boolean =>
    call.method === method && path.test(call.path.replace(/\?.*/, "")) && call.status < 300;
  return outcome(name, meaning, ({ network }) => network.calls.some(isIt));
}
