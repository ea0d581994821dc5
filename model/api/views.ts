import { z } from "zod";
import { ORIGINS } from "../book.ts";
import { LINK_STATES } from "../link.ts";
import { START_MODES, START_STATES } from "../sync.ts";
import { FieldFindingView } from "./fields.ts";

/**
 * The shapes that leave the hub: what pages and commands show. Times are epoch milliseconds.
 */

/** A field's value in model form; see model/value.ts. */
export const ValueView = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
export type ValueView = z.infer<typeof ValueView>;

/** Every failure answer: RFC 9457 problem details with the hub's error kind. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  instance: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** One allowance of a connection: at most `requests` per `perMs`. */
export const AllowanceView = z.object({
  name: z.string(),
  requests: z.int(),
  perMs: z.int(),
  used: z.int(),
  /** Calls that wait for the allowance at this moment. */
  waiting: z.int(),
});
export type AllowanceView = z.infer<typeof AllowanceView>;

export const ConnectionView = z.object({
  id: z.string(),
  connectorId: z.string(),
  /** The partner's name, for instance HighLevel. */
  partner: z.string(),
  name: z.string(),
  isPaused: z.boolean(),
  isSandbox: z.boolean(),
  status: z.enum(["unknown", "working", "waiting", "broken"]),
  /** What is wrong and what to do, in plain words; empty while it works. */
  message: z.string(),
  since: z.number(),
  allowances: z.array(AllowanceView),
  /** What the hub keeps itself for it, with what that is called: `people`, `notes`; absent where it keeps nothing. */
  keeps: z.array(z.object({ resource: z.string(), nouns: z.string() })).optional(),
  /** Whether its product transcribes what is said. */
  hasTranscripts: z.literal(true).optional(),
});
export type ConnectionView = z.infer<typeof ConnectionView>;

/** How far a listing has come; absent numbers are not known yet. */
export const ProgressView = z.object({
  side: z.enum(["left", "right"]),
  kind: z.enum(["backfill", "match", "poll", "sweep"]),
  seen: z.int(),
  total: z.int().optional(),
  startedAt: z.number().optional(),
  finishedAt: z.number().optional(),
});
export type ProgressView = z.infer<typeof ProgressView>;

/** A field that a mapping names and a side does not have, by its key; the row that names it does nothing. */
export const MissingFieldView = z.object({ side: z.enum(["left", "right"]), field: z.string() });
export type MissingFieldView = z.infer<typeof MissingFieldView>;

/** How far the start of a sync is; `mode` is the one it was started in, else the one that is configured. */
export const StartView = z.object({
  state: z.enum(START_STATES),
  mode: z.enum(START_MODES),
  /** When it was asked for, epoch ms. */
  startedAt: z.number().optional(),
});
export type StartView = z.infer<typeof StartView>;

export const SyncView = z.object({
  id: z.string(),
  name: z.string(),
  resource: z.string(),
  left: z.string(),
  right: z.string(),
  isPaused: z.boolean(),
  /** `starting` until the first full reading of both sides has been matched, `ready` while a person must start it. */
  phase: z.enum(["starting", "ready", "running", "paused"]),
  start: StartView,
  counts: z.object({
    linked: z.int(),
    half: z.int(),
    /** Of those that are `half`: left alone when the sync was started for new records only. */
    leftAlone: z.int().optional(),
    /** Of those that are `half`: kept on their one side by a person. */
    keptAlone: z.int().optional(),
    ambiguous: z.int(),
    unlinked: z.int(),
    deleted: z.int(),
    conflicts: z.int(),
    findings: z.int(),
  }),
  progress: z.array(ProgressView),
  /** Absent while a partner can not be asked for its fields. */
  missing: z.array(MissingFieldView).optional(),
  /** Mapped custom fields that are not what they were; absent where all are. */
  fieldFindings: z.array(FieldFindingView).optional(),
  /** How soon an edit that no webhook told is found on each side, ms; absent while a connection is not open. */
  foundWithin: z.object({ left: z.number(), right: z.number() }).optional(),
  /** What the first polls after the last standstill found; absent when there was none, or they have not both ended. */
  caughtUp: z.object({ since: z.number(), at: z.number(), left: z.int(), right: z.int() }).optional(),
  /** Of notes, tasks and appointments: within what time those of every linked contact are looked at, ms. */
  turnMs: z.number().optional(),
  /** Deletions that are held until a person allows them, since so many came at once. */
  heldDeletions: z.int(),
});
export type SyncView = z.infer<typeof SyncView>;

export const ActivityView = z.object({ minute: z.number(), verdict: z.string(), count: z.int() });
export type ActivityView = z.infer<typeof ActivityView>;

/** Milliseconds from now until something is done, at the soonest and at the latest. */
const TimeRangeView = z.object({ soonestMs: z.number(), latestMs: z.number() });

export const OverviewView = z.object({
  workspace: z.object({ id: z.string(), name: z.string(), isPaused: z.boolean() }),
  isSandbox: z.boolean(),
  connections: z.array(ConnectionView),
  syncs: z.array(SyncView),
  /** Last sixty minutes; minutes without any change are left out. */
  activity: z.array(ActivityView),
  due: z.object({ waiting: z.int(), retrying: z.int(), dead: z.int() }),
  /** When a first reading (`reading`) and all that follows or is due will be done; absent with little to do. */
  forecast: z.object({ reading: TimeRangeView.optional(), whole: TimeRangeView }).optional(),
  at: z.number(),
});
export type OverviewView = z.infer<typeof OverviewView>;

const LinkSideView = z.object({
  externalId: z.string(),
  email: z.string(),
  phone: z.string(),
  /** What tells it apart beside its title, of records that are no contacts: its website or stage, when it is due. */
  detail: z.string().optional(),
});

/** One row of the records list. */
export const LinkRow = z.object({
  id: z.string(),
  syncId: z.string(),
  title: z.string(),
  state: z.enum(LINK_STATES),
  left: LinkSideView.optional(),
  right: LinkSideView.optional(),
  conflicts: z.int(),
  findings: z.int(),
  /** There when the sync was started for new records only: no counterpart is made for it unless a person asks. */
  isLeftAlone: z.boolean().optional(),
  /** Kept on its one side by a person: neither linked nor created across until that is taken back. */
  isKeptAlone: z.boolean().optional(),
  /** Whom it could be, by their ids; there while a person is asked. */
  couldBe: z.array(z.string()).optional(),
  updatedAt: z.number(),
});
export type LinkRow = z.infer<typeof LinkRow>;

/** One mapped field of a link, both sides beside each other. An absent value was not observed. */
export const LinkFieldView = z.object({
  field: z.string(),
  label: z.string(),
  left: ValueView.optional(),
  right: ValueView.optional(),
  base: z.tuple([ValueView, ValueView]).optional(),
  /** `same`, `differs` (will be written), `conflict` (waits for a person) or `finding`. */
  state: z.enum(["same", "differs", "conflict", "finding", "unknown"]),
  note: z.string().optional(),
});
export type LinkFieldView = z.infer<typeof LinkFieldView>;

/** One call; `side` is whose partner it went to, absent where an older version did not note it. */
export const CallView = z.object({
  side: z.enum(["left", "right"]).optional(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  ms: z.number(),
});

/** One decision of the journal. */
export const JournalView = z.object({
  id: z.string(),
  at: z.number(),
  syncId: z.string(),
  linkId: z.string().optional(),
  title: z.string().optional(),
  reason: z.string(),
  verdict: z.string(),
  summary: z.string(),
  fields: z.array(
    z.object({
      field: z.string(),
      /** What the field was called; absent where that is not kept. */
      label: z.string().optional(),
      base: z.tuple([ValueView, ValueView]).optional(),
      left: ValueView.optional(),
      right: ValueView.optional(),
      rule: z.string(),
      write: z.enum(["left", "right", "both"]).optional(),
    }),
  ),
  /** What a record was created with, by the fields of its side. */
  sent: z
    .object({
      side: z.enum(["left", "right"]),
      fields: z.array(z.object({ field: z.string(), label: z.string().optional(), value: ValueView })),
    })
    .optional(),
  calls: z.array(CallView),
  error: z.object({ kind: z.string(), message: z.string() }).optional(),
  durationMs: z.number(),
});
export type JournalView = z.infer<typeof JournalView>;

/** What making decisions of the journal anew came to. */
export const ReplayView = z.object({
  /** Entries whose decisions are the same. */
  same: z.int(),
  /** Entries of which not all is kept that their decisions were made from. */
  incomplete: z.int(),
  /** Entries whose decisions would be others today; both as JSON. */
  differences: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      linkId: z.string().optional(),
      title: z.string().optional(),
      was: z.string(),
      is: z.string(),
    }),
  ),
  /** The `before` of the next page, when there is one. */
  next: z.string().optional(),
});
export type ReplayView = z.infer<typeof ReplayView>;

/** One record as such: by what it is found at its product, and what tells it from another that says the same. */
export const RecordView = z.object({
  side: z.enum(["left", "right"]),
  externalId: z.string(),
  /** When the hub first met it. */
  knownSince: z.number(),
  /** When its product says that it last changed; absent where it does not say. */
  changedAt: z.number().optional(),
  /** Its page at the product; absent where that is not known, and for stand-ins. */
  url: z.string().optional(),
  /** Given where the hub itself keeps the record, or what belongs to it, beside a product without a place for that. */
  kept: z
    .object({
      connectionId: z.string(),
      partner: z.string(),
      isKept: z.boolean(),
      /** Who made it, where it is kept: the product's own doing can not be edited. */
      origin: z.enum(ORIGINS).optional(),
      hasKeptChildren: z.boolean(),
    })
    .optional(),
});
export type RecordView = z.infer<typeof RecordView>;

/** A record that may be the same as the one of a link, as far as anybody but a person can tell. */
export const CandidateView = z.object({
  linkId: z.string(),
  title: z.string(),
  /** What speaks for it, in plain words. */
  evidence: z.array(z.string()),
  /** Whether it can be linked; not when it has found another counterpart meanwhile. */
  canLink: z.boolean(),
  /** Absent where it is not on the other side any more. */
  record: RecordView.optional(),
  /** Both records side by side, as if they were linked. */
  fields: z.array(LinkFieldView),
});
export type CandidateView = z.infer<typeof CandidateView>;

export const LinkView = LinkRow.extend({
  /** What the two sides are called: the partners, or the connections where both are of one partner. */
  leftName: z.string(),
  rightName: z.string(),
  fields: z.array(LinkFieldView),
  /** The records it holds, at most one per side. */
  records: z.array(RecordView),
  candidates: z.array(CandidateView),
  history: z.array(JournalView),
});
export type LinkView = z.infer<typeof LinkView>;

/**
 * What a person says of a link: its record and that of `other` are the same or not, it is none of those it could be, it
 * stays on its one side or does not any more, or whose value of a field in conflict counts.
 */
export const Decision = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("same"), other: z.string().min(1) }),
  z.object({ kind: z.literal("different"), other: z.string().min(1) }),
  z.object({ kind: z.literal("new") }),
  z.object({ kind: z.literal("alone") }),
  z.object({ kind: z.literal("notAlone") }),
  z.object({ kind: z.literal("keep"), field: z.string().min(1), side: z.enum(["left", "right"]) }),
]);
export type Decision = z.infer<typeof Decision>;

/** How work stands that was taken on: `done` also when nobody knows the key; `failed` when it waits for a person. */
export const DueView = z.object({
  state: z.enum(["due", "done", "failed"]),
  /** When it is to be begun. */
  dueAt: z.number().optional(),
  /** Why the last attempt did not succeed. */
  error: z.object({ kind: z.string(), message: z.string(), at: z.number() }).optional(),
});
export type DueView = z.infer<typeof DueView>;

/** A write that could not be made: at which product, and what it would have changed, by the label of the field. */
export const PlannedWriteView = z.object({
  to: z.string(),
  act: z.enum(["create", "update", "delete"]),
  changes: z.array(
    z.object({
      field: z.string(),
      /** What it would have been set to; absent where it would have been cleared, or its elements changed. */
      value: ValueView.optional(),
      add: z.array(z.string()).optional(),
      remove: z.array(z.string()).optional(),
    }),
  ),
});
export type PlannedWriteView = z.infer<typeof PlannedWriteView>;

/** A key that failed: waiting for another attempt (`due`) or set aside for a person (`dead`). */
export const TroubleView = z.object({
  key: z.string(),
  /** What the side that the key names is called, where it names one. */
  product: z.string().optional(),
  state: z.enum(["due", "dead"]),
  linkId: z.string().optional(),
  title: z.string().optional(),
  attempts: z.int(),
  dueAt: z.number(),
  error: z.object({ kind: z.string(), message: z.string(), at: z.number() }).optional(),
  /** What could not be written; absent where nothing was planned, or it waits for another attempt. */
  plan: z.array(PlannedWriteView).optional(),
});
export type TroubleView = z.infer<typeof TroubleView>;

/** What a webhook led to, for one key that it made due. */
export const LedToView = z.object({
  key: z.string(),
  /** The record, where it is known to the hub. */
  linkId: z.string().optional(),
  title: z.string().optional(),
  /** `done` also where there was nothing left to do. */
  state: z.enum(["waiting", "failed", "done"]),
  /** What was decided, or why it failed, in one sentence; absent where nothing had to be. */
  summary: z.string().optional(),
  /** When, epoch ms. */
  at: z.number().optional(),
});
export type LedToView = z.infer<typeof LedToView>;

/** A webhook that was proved. One that no sync follows led to nothing. */
export const DeliveryView = z.object({
  id: z.string(),
  connectionId: z.string(),
  receivedAt: z.number(),
  type: z.string(),
  deliveryId: z.string(),
  /** How it was proved. */
  scheme: z.string(),
  externalIds: z.array(z.string()),
  /** When the partner says it happened, epoch ms. */
  occurredAt: z.number().optional(),
  /** How often it came again. */
  repeats: z.int(),
  ledTo: z.array(LedToView),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

/** A difference found by `verify`: two linked records that do not agree, or a record without counterpart. */
export const DifferenceView = z.object({
  linkId: z.string().optional(),
  title: z.string(),
  kind: z.enum(["field", "missingLeft", "missingRight", "unknownRecord"]),
  side: z.enum(["left", "right"]).optional(),
  field: z.string().optional(),
  left: ValueView.optional(),
  right: ValueView.optional(),
  /** Set when the hub knows of it and it waits for a person: a conflict, a finding, an ambiguity, a policy. */
  explained: z.string().optional(),
});
export type DifferenceView = z.infer<typeof DifferenceView>;

export const VerifyView = z.object({
  syncId: z.string(),
  readLeft: z.int(),
  readRight: z.int(),
  linked: z.int(),
  /** Differences that nothing explains; zero when in step. */
  differences: z.int(),
  explained: z.int(),
  /** At most 1,000 of them. */
  list: z.array(DifferenceView),
});
export type VerifyView = z.infer<typeof VerifyView>;

/** The products that the sandbox has stand-ins for, and Daybook, the example of an app of the user's own. */
export const SANDBOX_PARTNERS = ["highlevel", "salesmate", "trustmary", "trustpilot", "trint", "daybook"] as const;
export type SandboxPartner = (typeof SANDBOX_PARTNERS)[number];

/**
 * What somebody answers to a survey of the emulated Trustmary: how likely they would recommend the business, and why.
 */
export const SandboxAnswer = z.object({ nps: z.int().min(0).max(10), feedback: z.string().max(2_000) });
export type SandboxAnswer = z.infer<typeof SandboxAnswer>;

/** A contact as a person in the partner's own product would see it; keys are those of the model's contact. */
export const SandboxContact = z.object({
  id: z.string(),
  fields: z.record(z.string(), ValueView),
  updatedAt: z.number(),
});
export type SandboxContact = z.infer<typeof SandboxContact>;

/** What can belong to a contact of the sandbox, in the plural as in its addresses. */
export const SANDBOX_CHILD_KINDS = ["notes", "tasks", "appointments"] as const;
export type SandboxChildKind = (typeof SANDBOX_CHILD_KINDS)[number];

/**
 * A note, task or appointment as a person in the partner's own product would see it. Keys are those of the model's note,
 * task and appointment; times are ISO 8601 in UTC, `isCompleted` is `true` or `false`. What a partner lacks is not there.
 */
export const SandboxChild = z.object({
  id: z.string(),
  contactId: z.string(),
  fields: z.record(z.string(), z.string()),
});
export type SandboxChild = z.infer<typeof SandboxChild>;

/** All that belongs to one contact of the sandbox, by kind, each in the order in which it was made. */
export const SandboxChildren = z.record(z.enum(SANDBOX_CHILD_KINDS), z.array(SandboxChild));
export type SandboxChildren = z.infer<typeof SandboxChildren>;

/** What the hub tells open pages, as server-sent events; `event` is the kind, `data` the JSON. */
export const LiveEvent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("link"), syncId: z.string(), linkId: z.string(), verdict: z.string() }),
  z.object({ kind: z.literal("overview") }),
]);
export type LiveEvent = z.infer<typeof LiveEvent>;
