import type { LinkState } from "../../model/link.ts";
import type { Priority } from "../../model/priority.ts";
import type { Side } from "../../model/record.ts";
import type { Checkpoint } from "./checkpoints.ts";
import type { Intent } from "./creates.ts";
import type { DueKey, DueMark, Reason } from "./dueKeys.ts";
import type { FieldWatch } from "./fieldWatch.ts";
import type { JournalEntry, KeptMapping } from "./journal.ts";
import type { Link, MatchKey } from "./links.ts";

/** What the engine asks of the store. See `../ports.ts`. */

/**
 * One change to the store. A list of effects is applied in one transaction: all or none, and none when the lane has
 * been taken by another holder since (`Failure` of kind `conflict`, whose details say `isLaneTaken`).
 */
export type Effect =
  | { readonly kind: "mark"; readonly mark: DueMark }
  /** The key is done, unless it was marked again since `generation`. */
  | {
      readonly kind: "settle";
      readonly key: string;
      readonly generation: number;
      readonly settled?: Settled;
    }
  /** The key failed or must wait. When it was marked again since `generation`, the mark's sooner time wins. */
  | {
      readonly kind: "postpone";
      readonly key: string;
      readonly generation: number;
      readonly dueAt: number;
      readonly attempts: number;
      readonly error?: DueKey["error"];
      readonly settled?: Settled;
    }
  /** The key is set aside for a person, unless it was marked again since. */
  | {
      readonly kind: "bury";
      readonly key: string;
      readonly generation: number;
      readonly attempts: number;
      readonly error: NonNullable<DueKey["error"]>;
      readonly plan?: DueKey["plan"];
    }
  /** A key is set aside for a person in the stead of the one that was worked, unless it is due itself. */
  | {
      readonly kind: "setAside";
      readonly key: string;
      readonly syncId: string;
      readonly priority: Priority;
      readonly reason: Reason;
      readonly attempts: number;
      readonly error: NonNullable<DueKey["error"]>;
      readonly plan?: DueKey["plan"];
    }
  /** What was set aside under these keys has been made good. */
  | { readonly kind: "clearDead"; readonly keys: readonly string[] }
  /** Inserts or replaces the link. `keys`, when given for a side, replaces that side's match keys. */
  | {
      readonly kind: "saveLink";
      readonly link: Link;
      readonly keys?: { readonly left?: readonly MatchKey[]; readonly right?: readonly MatchKey[] };
    }
  /**
   * Removes a half link whose record has joined another link, and the creates that were open for it. `into` names the
   * link it joined, so that its old address leads there; left out where nobody can have seen the address.
   */
  | { readonly kind: "dropLink"; readonly linkId: string; readonly into?: string }
  /** These records were on a list page read at `at`; sweeps look for records that no page showed. */
  | {
      readonly kind: "seen";
      readonly syncId: string;
      readonly side: Side;
      readonly externalIds: readonly string[];
      readonly at: number;
    }
  | { readonly kind: "closeIntent"; readonly intentId: string }
  | {
      readonly kind: "setIntentState";
      readonly intentId: string;
      readonly state: Intent["state"];
      readonly horizonAt: number;
    }
  /** `mapping`, when given, is kept beside the entry that names it; keeping it again moves the time of its last use. */
  | { readonly kind: "journal"; readonly entry: JournalEntry; readonly mapping?: KeptMapping }
  | { readonly kind: "checkpoint"; readonly checkpoint: Checkpoint }
  /** Replaces what is known of the custom fields of a sync. */
  | { readonly kind: "fieldWatch"; readonly watch: FieldWatch };

/** Edits up to `quietAt` have been worked: any that was seen since begins to settle anew, for `settleMs`. */
export interface Settled {
  readonly quietAt: number;
  readonly settleMs: number;
}

/** The right to write for a workspace, until another takes it. */
export interface Lane {
  readonly workspaceId: string;
  readonly epoch: number;
}

/** What the engine asks of the store. Every call names its workspace; times are epoch milliseconds. */
export interface EngineStore {
  /** Takes the lane: the epoch rises, and every write under an older epoch is refused from now on. */
  readonly takeLane: (workspaceId: string, holder: string, at: number) => Promise<Lane>;
  /** Applies all effects in one transaction. @throws Failure `conflict` when the lane was taken. */
  readonly apply: (lane: Lane, effects: readonly Effect[]) => Promise<void>;

  /** The most urgent due keys of these syncs, by priority then time; at most `limit`. */
  readonly dueKeys: (
    workspaceId: string,
    syncIds: readonly string[],
    at: number,
    limit: number,
  ) => Promise<readonly DueKey[]>;
  /** When the first key of these syncs falls due after that moment, if any does. */
  readonly nextDueAt: (workspaceId: string, syncIds: readonly string[], after: number) => Promise<number | undefined>;
  /** Whether any key is set aside. */
  readonly hasDead: (workspaceId: string) => Promise<boolean>;
  readonly dueKey: (workspaceId: string, key: string) => Promise<DueKey | undefined>;

  readonly link: (workspaceId: string, linkId: string) => Promise<Link | undefined>;
  readonly links: (workspaceId: string, linkIds: readonly string[]) => Promise<readonly Link[]>;
  readonly linkByRecord: (
    workspaceId: string,
    syncId: string,
    side: Side,
    externalId: string,
  ) => Promise<Link | undefined>;
  readonly linksByRecords: (
    workspaceId: string,
    syncId: string,
    side: Side,
    externalIds: readonly string[],
  ) => Promise<readonly Link[]>;
  /** Links of the sync that carry any of these keys on `side`, with the keys they carry on that side. */
  readonly linksByKeys: (
    workspaceId: string,
    syncId: string,
    side: Side,
    keys: readonly MatchKey[],
  ) => Promise<readonly { readonly link: Link; readonly keys: readonly MatchKey[] }[]>;
  /** Links in id order after `afterId`, optionally only those in `states`; at most `limit`. */
  readonly linksAfter: (
    workspaceId: string,
    syncId: string,
    query: { readonly afterId?: string; readonly states?: readonly LinkState[]; readonly limit: number },
  ) => Promise<readonly Link[]>;
  /**
   * Links with a living record on `side` that was neither read nor seen on a page since `before`, in id order after
   * `afterId`. A sweep that has ended looks here for absences.
   */
  readonly linksUnseenSince: (
    workspaceId: string,
    syncId: string,
    side: Side,
    query: { readonly before: number; readonly afterId?: string; readonly limit: number },
  ) => Promise<readonly Link[]>;
  /** Child links under a contact's link, in id order, whatever their state. */
  readonly linksByParent: (workspaceId: string, syncId: string, parentLinkId: string) => Promise<readonly Link[]>;
  /** How many links of the sync are in this state. */
  readonly countLinks: (workspaceId: string, syncId: string, state: LinkState) => Promise<number>;
  /** How many links of this sync became tombstones or unlinked since `since`. */
  readonly countDeletesSince: (workspaceId: string, syncId: string, since: number) => Promise<number>;

  /**
   * Writes the intent and its claims in one transaction.
   * @returns `undefined` when written, or the intent that already holds one of the claims.
   */
  readonly openIntent: (lane: Lane, intent: Intent) => Promise<Intent | undefined>;
  readonly intentsOfLink: (workspaceId: string, linkId: string) => Promise<readonly Intent[]>;
  /** Open creates toward `side`: any record that appears there may be what one of them makes. */
  readonly intentsToward: (workspaceId: string, syncId: string, side: Side) => Promise<readonly Intent[]>;

  readonly checkpoint: (
    workspaceId: string,
    syncId: string,
    side: Side,
    kind: Checkpoint["kind"],
  ) => Promise<Checkpoint | undefined>;

  /** What the custom fields of a sync were when they were last in step; `undefined` before the first look. */
  readonly fieldWatch: (workspaceId: string, syncId: string) => Promise<FieldWatch | undefined>;
}
