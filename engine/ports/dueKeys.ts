import type { Priority } from "../../model/priority.ts";
import type { Side } from "../../model/record.ts";
import type { Changes } from "../../model/value.ts";

/** What is due, and why. See `../ports.ts`. */

/** Why a key became due; kept in the journal. */
export const REASONS = ["webhook", "poll", "backfill", "sweep", "person", "retry", "hold", "follow"] as const;
export type Reason = (typeof REASONS)[number];

/**
 * Marks a key as due. Marking a key again merges: the sooner time and the higher priority (lower number) win, and the
 * generation rises, so that work begun before the mark does not settle it.
 */
export interface DueMark {
  /**
   * `link:<linkId>`, `record:<syncId>:<side>:<externalId>`, `children:<syncId>:<side>:<parentExternalId>`, `backfill|deletions:<syncId>`,
   * `poll|sweep:<syncId>:<side>`.
   */
  readonly key: string;
  /** The sync whose work it is: while that is paused the key rests. */
  readonly syncId: string;
  readonly priority: Priority;
  /** Epoch ms. */
  readonly dueAt: number;
  readonly reason: Reason;
  /**
   * An edit that was seen at `dueAt` and is to be worked when nothing more was seen for this long, ms, but no later than
   * `SETTLES_MAX` times that after the first. A mark without it is due at its time, whatever settles meanwhile.
   */
  readonly settleMs?: number;
}

/** How many settle times an edit waits at most while others follow it. */
export const SETTLES_MAX = 10;

/** A due key as the store holds it. */
export interface DueKey extends Omit<DueMark, "settleMs"> {
  /** Of a key whose edits settle: until when nothing more must be seen, epoch ms. */
  readonly quietAt?: number;
  /** Rises with each mark. */
  readonly generation: number;
  /** Failed attempts since it last succeeded. */
  readonly attempts: number;
  readonly state: "due" | "dead";
  /** The last failure, for people: kind and message. */
  readonly error?: { readonly kind: string; readonly message: string; readonly at: number };
  /** Of a key that was set aside: what was to be written and was not. */
  readonly plan?: readonly PlannedWrite[];
}

/** A write that is about to be made, in words for people. */
export interface PlannedWrite {
  readonly side: Side;
  readonly act: "create" | "update" | "delete";
  /** By the label of the field; empty for a deletion. */
  readonly changes: Changes;
}
