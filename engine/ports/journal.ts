import type { CallRecord } from "../../kit/http.ts";
import type { Side } from "../../model/record.ts";
import type { SyncConfig } from "../../model/sync.ts";
import type { Fields, Value } from "../../model/value.ts";
import type { MappingSide } from "../mapping/compile.ts";
import type { Observed } from "../merge/plan.ts";
import type { Reason } from "./dueKeys.ts";

/** What is kept of every decision. See `../ports.ts`. */

/** One decision, with what it was made from and what came of it. */
export interface JournalEntry {
  readonly id: string;
  readonly at: number;
  readonly syncId: string;
  readonly linkId?: string;
  readonly reason: Reason;
  /** What it came to, in one word for lists and counts. */
  readonly verdict: JournalVerdict;
  /** One plain sentence. */
  readonly summary: string;
  /** Decision per field, inputs and calls; compact JSON. */
  readonly detail: JournalDetail;
  readonly durationMs: number;
}

export const JOURNAL_VERDICTS = [
  "created",
  "updated",
  "deleted",
  "linked",
  "ambiguous",
  "conflict",
  "unlinked",
  "agreed",
  "waiting",
  "failed",
  "caughtUp",
] as const;
export type JournalVerdict = (typeof JOURNAL_VERDICTS)[number];

/** What the journal keeps of one field's decision: base, left and right forms, and what was done to whom and why. */
export interface FieldDecision {
  readonly field: string;
  readonly base?: readonly [Value, Value];
  readonly left?: Value;
  readonly right?: Value;
  /** Why, as a rule id of docs/SPEC.md. */
  readonly rule: string;
  /** Sets may be written on both sides at once. */
  readonly write?: Side | "both";
}

/**
 * What the decisions of one entry were made from, as observed. Of each side only the fields that were decided; with the
 * base forms in the decisions and the mapping in force, they are all it takes to decide anew.
 */
export interface DecisionInputs {
  readonly left: Observed;
  readonly right: Observed;
  /** By field, the side that a person had chosen. */
  readonly choices?: Readonly<Record<string, Side>>;
  /** Fields that a person had been asked about. */
  readonly asked?: readonly string[];
}

/** One call of a journal entry. */
export interface JournalCall extends Omit<CallRecord, "connectionId"> {
  /** Whose partner it went to; absent in entries of a version that did not note it. */
  readonly side?: Side;
}

export interface JournalDetail {
  /** The `version` of the `KeptMapping` that was in force. */
  readonly mapping?: string;
  readonly fields?: readonly FieldDecision[];
  /** There where `fields` is. */
  readonly inputs?: DecisionInputs;
  /** What a record was created with. */
  readonly sent?: { readonly side: Side; readonly fields: Fields };
  readonly calls?: readonly JournalCall[];
  readonly error?: { readonly kind: string; readonly message: string };
  readonly note?: string;
}

/**
 * All that a mapping is compiled from: the sync's rows and policies and both field catalogues. Kept once per version, so
 * that the decisions made under it can be made anew.
 */
export interface KeptMapping {
  readonly syncId: string;
  /** A hash of all that follows. */
  readonly version: string;
  readonly config: SyncConfig;
  readonly left: MappingSide;
  readonly right: MappingSide;
}
