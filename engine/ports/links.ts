import { LINK_STATES, type LinkState } from "../../model/link.ts";
import type { Side } from "../../model/record.ts";
import type { StartMode } from "../../model/sync.ts";
import type { Fields, Value } from "../../model/value.ts";

/** Two records believed to be the same, and what is known of them. See `../ports.ts`. */

/** What one side of a link said when last read. */
export interface SideState {
  readonly externalId: string;
  /** Of children: the contact that the record belongs to on this side, by its external id. */
  readonly parentId?: string;
  /** In model form, as read; the form that came back, after a write. */
  readonly fields: Fields;
  /** Keys of `fields` known in lower case only. */
  readonly folded?: readonly string[];
  /** When the read began, or the write was answered, epoch ms. Older readings are no evidence. */
  readonly asOf: number;
  readonly version?: string;
  /** When a direct read first said that the record is gone, epoch ms; absent while it is there. */
  readonly goneAt?: number;
  /** How many direct reads have said so since. */
  readonly goneReads?: number;
  /** When a direct read first showed a deleted record to be there again, epoch ms. */
  readonly backAt?: number;
  /** Of a record that may be gone: the one that took over its notes and tasks. */
  readonly mergedInto?: string;
  /** When a read first showed an older state than this, epoch ms, which is not believed for a while (F3). */
  readonly staleSince?: number;
  /** Keys of fields that we emptied for a moment, so that another record could take the value; see I10. */
  readonly madeWay?: readonly string[];
  /** When what follows from the deletion was held for a person, epoch ms; see `deletions` of `Checkpoint`. */
  readonly heldAt?: number;
}

/** Per mapped field, by its `agreement`: the normal forms of left and right when both last agreed. */
export type Base = Readonly<Record<string, readonly [left: Value, right: Value]>>;

/** A field on which both sides disagree and a person must choose. Keyed by the mapped field's left key. */
export interface Conflict {
  readonly field: string;
  readonly left: Value;
  readonly right: Value;
  readonly since: number;
}

/** Something a person should know about one field; other fields go on. */
export interface Finding {
  readonly field: string;
  readonly side: Side;
  readonly kind: "notKept" | "notExpressible" | "refused";
  /** Plain words. */
  readonly message: string;
  /** The normal form that was sent or could not be; the finding stands as long as this is still wanted. */
  readonly wanted: Value;
}

/** Candidates that might be the same as a half link's record, with what speaks for each. */
export interface Ambiguity {
  /**
   * `lostCreate`: one may be what was made of the other when an answer was lost. No key tells, so it lasts until a person
   * decides or the records find other counterparts. `oneOnly`: a person said that they are not the same, but the partner
   * lets only one record have what they share. Absent where match keys raised the question.
   */
  readonly cause?: "lostCreate" | "oneOnly";
  readonly candidates: readonly { readonly linkId: string; readonly evidence: readonly string[] }[];
  readonly since: number;
}

export { LINK_STATES, type LinkState };

/** Two records believed to be the same, or one whose counterpart is not known. */
export interface Link {
  readonly id: string;
  readonly syncId: string;
  readonly state: LinkState;
  readonly left?: SideState;
  readonly right?: SideState;
  /** Empty until the first agreement. */
  readonly base: Base;
  readonly conflicts: readonly Conflict[];
  readonly findings: readonly Finding[];
  readonly ambiguity?: Ambiguity;
  /** External ids across of whom a person said that they are somebody else; never linked with this one again. */
  readonly refused?: readonly string[];
  /** When a person said that it stays on its one side, epoch ms: neither linked nor made across until that is taken back. */
  readonly keptAloneAt?: number;
  /** Of children: the link of the contact they belong to. */
  readonly parentLinkId?: string;
  /**
   * The mode by which its records are agreed on for the first time, since they were there before the sync was started;
   * absent once they have been, and under `full`. No counterpart is made for a record without one under `newOnly`.
   */
  readonly beforeStart?: Exclude<StartMode, "full">;
  /** What people call it. */
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A key by which records are recognised, in normal form: `email:ana@example.com`, `phone:+4930…`, `name:ana silva`. */
export type MatchKey = string;
