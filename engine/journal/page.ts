import type { JournalEntry, KeptMapping } from "../ports.ts";
import { isReplayable, type Replayed, replayer } from "./replay.ts";

/** What deciding some entries anew came to. */
export interface ReplayReport {
  /** Entries whose decisions are the same. */
  readonly same: number;
  /** Entries whose decisions can not be made anew, since not all that they were made from is kept. */
  readonly incomplete: number;
  readonly differences: readonly Difference[];
}

/** An entry whose decisions are others today; both as JSON. */
export interface Difference {
  readonly entry: JournalEntry;
  readonly was: string;
  readonly is: string;
}

/**
 * Makes the decisions of all entries anew. Entries without decisions about fields are not counted. Pure.
 * @param mappings those that the entries name, as far as they are kept.
 */
export function replayEntries(entries: readonly JournalEntry[], mappings: readonly KeptMapping[]): ReplayReport {
  const decide = new Map(mappings.map((kept) => [kept.version, replayer(kept)]));
  const decided = entries.filter(({ detail }) => detail.fields !== undefined && detail.fields.length > 0);
  const replayed = decided.map((entry): { entry: JournalEntry; outcome: Replayed | undefined } => ({
    entry,
    outcome: isReplayable(entry) ? decide.get(entry.detail.mapping)?.(entry) : undefined,
  }));
  return {
    same: replayed.filter(({ outcome }) => outcome?.same === true).length,
    incomplete: replayed.filter(({ outcome }) => outcome === undefined).length,
    differences: replayed.flatMap(({ entry, outcome }) =>
      outcome?.same === false ? [{ entry, was: outcome.was, is: outcome.is }] : [],
    ),
  };
}
