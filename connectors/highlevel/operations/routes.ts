import type { Action } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";
import { operations } from "./index.ts";

/** An action with the path of one of its calls, taken apart. */
export interface Routed {
  readonly action: Action<Settings>;
  /** The names in braces of the path. */
  readonly names: readonly string[];
}

interface Pattern extends Routed {
  readonly method: string;
  readonly matches: RegExp;
}

/** Paths with fewer names in braces first, so that `/contacts/search` is not taken for a contact. */
const PATTERNS: readonly Pattern[] = operations
  .flatMap((entry) => (entry.kind === "action" ? entry.calls.map((call) => patternOf(entry, call)) : []))
  .sort((one, other) => one.names.length - other.names.length);

function patternOf(action: Action<Settings>, { method, path }: Action["calls"][number]): Pattern {
  const names = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  const matches = new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
  return { action, names, method, matches };
}

/** The first action of the catalogue that makes such a call, if any does. */
export function actionAt(method: string, path: string): Routed | undefined {
  return PATTERNS.find((pattern) => pattern.method === method && pattern.matches.test(path));
}
