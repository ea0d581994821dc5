import type { CreateAnswer, Listing, ListPage, ListQuery } from "../kit/connector.ts";
import type { CallRecord } from "../kit/http.ts";
import type { FieldDefinition } from "../model/field.ts";
import { LINK_STATES, type LinkState } from "../model/link.ts";
import type { Priority } from "../model/priority.ts";
import type { Resource, Side, Snapshot } from "../model/record.ts";
import type { MatchRule, StartMode, SyncConfig } from "../model/sync.ts";
import type { Changes, Fields, Value } from "../model/value.ts";
import type { MappingSide } from "./mapping/compile.ts";
import type { Observed } from "./merge/plan.ts";

/**
 * What the engine needs of the world. The store, the partners, time and chance are all handed to it through these.
 *
 * Words: a *key* names something that is due; a *link* joins two records believed to be the same; the *base* holds the
 * values both sides last agreed on; an *effect* is one change to the store; a *lane* is one workspace's work.
 */

// ---------------------------------------------------------------------------------------------------------- partners

/** How one reconcile talks to a partner: its urgency, and where its calls are noted down. */
export interface CallContext {
  readonly priority: Priority;
  /** Appended to as calls are made; becomes part of the journal entry. */
  readonly calls: CallRecord[];
}

/** One resource of one connection, ready to call. See `ResourceAdapter` for what each promises. */
export interface Partner {
  readonly connectionId: string;
  /** What people call the connection, for sentences. */
  readonly name: string;
  readonly listing: Listing;
  readonly canDelete: boolean;
  /** The field that is the record's id there, where it is one; see `ResourceAdapter`. */
  readonly keyedBy?: MatchRule;
  /** For reading phones without a country code. */
  readonly country: string;
  /** The longest that a call can be on its way, from asking for its turn to giving its answer up, ms. */
  readonly longestCallMs: number;
  readonly describe: (context: CallContext) => Promise<readonly FieldDefinition[]>;
  readonly list: (context: CallContext, query: ListQuery) => Promise<ListPage>;
  readonly read: (context: CallContext, externalId: string, parentId?: string) => Promise<Snapshot | "gone">;
  readonly create: (context: CallContext, fields: Fields, parentId?: string) => Promise<CreateAnswer>;
  readonly update: (
    context: CallContext,
    externalId: string,
    changes: Changes,
    known: Fields,
    parentId?: string,
  ) => Promise<Snapshot | undefined>;
  readonly delete: (context: CallContext, externalId: string, parentId?: string) => Promise<void>;
  readonly find: (context: CallContext, rule: MatchRule, value: string) => Promise<readonly string[]>;
}

/** Finds the partner behind a connection. @throws Failure `misconfigured` when there is none. */
export type PartnerOf = (workspaceId: string, connectionId: string, resource: Resource) => Partner;

// --------------------------------------------------------------------------------------------------------- due keys

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

// ------------------------------------------------------------------------------------------------------------- links

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
   * decides or the records find other counterparts. Absent where match keys raised the question.
   */
  readonly cause?: "lostCreate";
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

// ----------------------------------------------------------------------------------------------------------- creates

/**
 * A create that is about to be sent, or whose outcome is not known. Written before the request leaves; closed in the
 * transaction that records its outcome.
 */
export interface Intent {
  readonly id: string;
  readonly linkId: string;
  readonly syncId: string;
  readonly side: Side;
  /** The match keys it claims; no other intent of this sync and side may hold any of them. */
  readonly claims: readonly MatchKey[];
  /** The keys that a look-up may find it by, in rule order. */
  readonly findBy: readonly { readonly rule: MatchRule; readonly value: string }[];
  /** What is sent; a record without any key is found by it. */
  readonly sent: Fields;
  /** Of children: the contact under which it is sent, by its external id. */
  readonly parentId?: string;
  readonly startedAt: number;
  /** Until when it may still take effect, or look-ups not show it yet, epoch ms; moved when its answer is given up. */
  readonly horizonAt: number;
  readonly state: "sending" | "unknown";
}

// ----------------------------------------------------------------------------------------------------------- journal

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

// ------------------------------------------------------------------------------------------------------- checkpoints

/** Where a listing stands, stored with the work it stands for. */
export interface Checkpoint {
  readonly syncId: string;
  readonly side: Side;
  /**
   * `match` has no side of its own and is kept under `left`: it ends when both listings have been told apart. Nor has
   * `deletions`, which is no listing: since `startedAt`, when it is there, deletions are held for a person, `seen` of them
   * so far; `finishedAt` is when a person last allowed them. Nor has `start`: from `startedAt` on, all that was there
   * before is made ready as `mode` says, `seen` links so far, `cursor` the last of them; at `finishedAt` work began.
   * `catchUp` stands from when a sync goes on after its polls have stood still since `startedAt`; its `seen` changes were
   * found by the side's first poll, which ended it.
   */
  readonly kind: "backfill" | "match" | "poll" | "sweep" | "deletions" | "start" | "catchUp";
  /** Of `start`: what was chosen; what is configured later changes nothing. */
  readonly mode?: StartMode;
  /** The page to read next; absent at the start and when done. */
  readonly cursor?: string;
  /** Highest change time fully read, epoch ms (polls). */
  readonly highWater?: number;
  /** When the present pass began; and when the last whole pass ended. */
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** Records seen in this pass, and how many the partner says there are. */
  readonly seen: number;
  readonly total?: number;
}

// -------------------------------------------------------------------------------------------------------- deliveries

export const DELIVERY_VERDICTS = ["accepted", "duplicate", "ignored"] as const;

/** A webhook request that was verified, and what it led to. Refused ones are only counted. */
export interface Delivery {
  readonly id: string;
  readonly connectionId: string;
  readonly receivedAt: number;
  readonly type: string;
  /** The partner's delivery id; unique per connection. */
  readonly deliveryId: string;
  readonly occurredAt?: number;
  readonly scheme: string;
  readonly externalIds: readonly string[];
}

// ------------------------------------------------------------------------------------------------------------- store

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
  /** Removes a half link whose record has joined another link, and the creates that were open for it. */
  | { readonly kind: "dropLink"; readonly linkId: string }
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
  | { readonly kind: "checkpoint"; readonly checkpoint: Checkpoint };

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
  /** When the next key of these syncs will be due, if any is. */
  readonly nextDueAt: (workspaceId: string, syncIds: readonly string[]) => Promise<number | undefined>;
  /** Whether any key is set aside. */
  readonly hasDead: (workspaceId: string) => Promise<boolean>;
  readonly dueKey: (workspaceId: string, key: string) => Promise<DueKey | undefined>;

  readonly link: (workspaceId: string, linkId: string) => Promise<Link | undefined>;
  readonly links: (workspaceId: string, linkIds: readonly string[]) => Promise<readonly Link[]>;
  /** Of a record that may be worked under another key: its link is read when it is its turn. */
  readonly linkIdByRecord: (
    workspaceId: string,
    syncId: string,
    side: Side,
    externalId: string,
  ) => Promise<string | undefined>;
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
}

// ------------------------------------------------------------------------------------------------ time, chance, news

/** Time as the engine knows it. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Calls back once after `ms`; the returned function cancels. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

/** Uniform in [0, 1). */
export type Random = () => number;

/** Structured log lines; never a secret or personal data. */
export interface Log {
  readonly info: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  readonly warn: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void;
}

/** What the engine tells whoever is watching, after it is stored. Losing one loses nothing. */
export type News =
  | {
      readonly kind: "link";
      readonly workspaceId: string;
      readonly syncId: string;
      readonly linkId: string;
      readonly verdict: JournalVerdict;
    }
  | {
      readonly kind: "progress";
      readonly workspaceId: string;
      readonly syncId: string;
      readonly checkpoint: Checkpoint;
    }
  | { readonly kind: "connection"; readonly workspaceId: string; readonly connectionId: string };

/** A configured sync, as the engine is handed it. `version` changes whenever the configuration does. */
export interface Sync extends SyncConfig {
  readonly workspaceId: string;
  readonly version: string;
  readonly isPaused: boolean;
}
