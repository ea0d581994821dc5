import type { KeptRecord, KeptResource } from "../../model/api/kept.ts";
import type { OperationView } from "../../model/api/operations.ts";
import type { PreviewRowView, PreviewView } from "../../model/api/previews.ts";
import type { TranscriptDetail } from "../../model/api/transcripts.ts";
import type {
  ConnectionView,
  DeliveryView,
  JournalView,
  LinkFieldView,
  LinkRow,
  LinkView,
  OverviewView,
  SandboxContact,
  SyncView,
  TroubleView,
} from "../../model/api/views.ts";

/** The moment at which all stories take place: 3 November 2026, 14:05 UTC, epoch ms. */
export const STORY_NOW = Date.UTC(2026, 10, 3, 14, 5, 0);

/** A connection to HighLevel that works; the argument says what is different. */
export function aConnection(different: Partial<ConnectionView> = {}): ConnectionView {
  return {
    id: "highlevel",
    connectorId: "highlevel",
    partner: "HighLevel",
    name: "Harbour Dental",
    isPaused: false,
    isSandbox: true,
    status: "working",
    message: "",
    since: STORY_NOW - 3_600_000,
    allowances: [
      { name: "burst", requests: 100, perMs: 10_000, used: 23, waiting: 0 },
      { name: "daily", requests: 200_000, perMs: 86_400_000, used: 1_204, waiting: 0 },
    ],
    ...different,
  };
}

/** A connection to Salesmate that works. */
export function aSalesmateConnection(different: Partial<ConnectionView> = {}): ConnectionView {
  return aConnection({
    id: "salesmate",
    connectorId: "salesmate",
    partner: "Salesmate",
    name: "Harbour Dental sales",
    allowances: [{ name: "hourly", requests: 1_500, perMs: 3_600_000, used: 312, waiting: 0 }],
    ...different,
  });
}

/** What starting the sync of contacts would do; waits to be started. */
export function aPreview(different: Partial<PreviewView> = {}): PreviewView {
  return {
    syncId: "contacts",
    state: "ready",
    mode: "full",
    matched: 431,
    counts: {
      update: 118,
      createLeft: 49,
      createRight: 69,
      conflict: 3,
      ambiguous: 5,
      problem: 7,
      apart: 0,
      leftAlone: 0,
      same: 310,
    },
    problems: [{ message: "Phone: this is not a phone number that can be dialled.", count: 7 }],
    ...different,
  };
}

/** A pair of which starting would write two fields. */
export function aPreviewRow(different: Partial<PreviewRowView> = {}): PreviewRowView {
  return {
    linkId: "lnk-1",
    title: "Zoë Åkerlund",
    kinds: ["update"],
    fields: [
      {
        field: "phone",
        label: "Phone",
        kind: "write",
        left: "+12015550123",
        side: "right",
        value: "+12015550123",
      },
      {
        field: "city",
        label: "City",
        kind: "write",
        left: "Uppsala",
        right: "Upsala",
        side: "right",
        value: "Uppsala",
      },
    ],
    ...different,
  };
}

/** A running sync of contacts with nothing that waits. */
export function aSync(different: Partial<SyncView> = {}): SyncView {
  return {
    id: "contacts",
    name: "Contacts",
    resource: "contact",
    left: "highlevel",
    right: "salesmate",
    isPaused: false,
    phase: "running",
    start: { state: "started", mode: "full" },
    counts: { linked: 583, half: 0, ambiguous: 0, unlinked: 0, deleted: 2, conflicts: 0, findings: 0 },
    progress: [
      {
        side: "left",
        kind: "backfill",
        seen: 500,
        total: 500,
        startedAt: STORY_NOW - 120_000,
        finishedAt: STORY_NOW - 90_000,
      },
      {
        side: "right",
        kind: "backfill",
        seen: 480,
        total: 480,
        startedAt: STORY_NOW - 120_000,
        finishedAt: STORY_NOW - 80_000,
      },
    ],
    heldDeletions: 0,
    ...different,
  };
}

/** An overview in which everything is in step. */
export function anOverview(different: Partial<OverviewView> = {}): OverviewView {
  return {
    workspace: { id: "sandbox", name: "Sandbox", isPaused: false },
    isSandbox: true,
    connections: [aConnection(), aSalesmateConnection()],
    syncs: [aSync()],
    activity: [
      { minute: STORY_NOW - 120_000, verdict: "linked", count: 380 },
      { minute: STORY_NOW - 60_000, verdict: "created", count: 203 },
      { minute: STORY_NOW - 60_000, verdict: "updated", count: 41 },
      { minute: STORY_NOW, verdict: "updated", count: 3 },
    ],
    due: { waiting: 0, retrying: 0, dead: 0 },
    at: STORY_NOW,
    ...different,
  };
}

/** One row of the records list. */
export function aLinkRow(different: Partial<LinkRow> = {}): LinkRow {
  return {
    id: "lnk-1",
    syncId: "contacts",
    title: "Ana Silva",
    state: "linked",
    left: { externalId: "hl-1", email: "ana.silva@lisboa.example", phone: "+351 912 345 678" },
    right: { externalId: "101", email: "ana.silva@lisboa.example", phone: "912 345 678" },
    conflicts: 0,
    findings: 0,
    updatedAt: STORY_NOW - 4_000,
    ...different,
  };
}

/** One field of a link, the same on both sides. */
export function aField(different: Partial<LinkFieldView> = {}): LinkFieldView {
  return { field: "firstName", label: "First name", left: "Ana", right: "Ana", state: "same", ...different };
}

/** One decision of the journal. */
export function aJournalEntry(different: Partial<JournalView> = {}): JournalView {
  return {
    id: "jrn-1",
    at: STORY_NOW - 4_000,
    syncId: "contacts",
    linkId: "lnk-1",
    title: "Ana Silva",
    reason: "webhook",
    verdict: "updated",
    summary: "Wrote phone to Salesmate.",
    fields: [
      {
        field: "phone",
        label: "Phone",
        base: ["+351912345000", "+351912345000"],
        left: "+351912345678",
        right: "+351912345000",
        rule: "M1",
        write: "right",
      },
    ],
    calls: [
      { side: "left", method: "GET", path: "/contacts/hl-1", status: 200, ms: 41 },
      { side: "right", method: "PUT", path: "/contact/v4/101", status: 200, ms: 63 },
    ],
    durationMs: 112,
    ...different,
  };
}

/** One link in full. */
export function aLink(different: Partial<LinkView> = {}): LinkView {
  return {
    ...aLinkRow(),
    leftName: "HighLevel",
    rightName: "Salesmate",
    fields: [
      aField(),
      aField({ field: "lastName", label: "Last name", left: "Silva", right: "Silva" }),
      aField({
        field: "email",
        label: "E-mail",
        left: "ana.silva@lisboa.example",
        right: "ana.silva@lisboa.example",
      }),
      aField({ field: "phone", label: "Phone", left: "+351 912 345 678", right: "912 345 678" }),
      aField({ field: "tags", label: "Tags", left: ["patient", "newsletter"], right: ["Patient", "Newsletter"] }),
      aField({ field: "website", label: "Website", left: "", right: "" }),
    ],
    records: [],
    candidates: [],
    history: [aJournalEntry()],
    ...different,
  };
}

/** A webhook about a contact whose phone was then written. */
export function aDelivery(different: Partial<DeliveryView> = {}): DeliveryView {
  return {
    id: "dlv-1",
    connectionId: "highlevel",
    receivedAt: STORY_NOW - 60_000,
    type: "ContactUpdate",
    deliveryId: "wh-1",
    scheme: "ed25519",
    externalIds: ["c1"],
    repeats: 0,
    ledTo: [
      {
        key: "record:contacts:left:c1",
        linkId: "lnk-7",
        title: "Zoë Åkerlund",
        state: "done",
        summary: "Wrote phone to Salesmate.",
        at: STORY_NOW - 59_000,
      },
    ],
    ...different,
  };
}

/** A key that was set aside for a person. */
export function aTrouble(different: Partial<TroubleView> = {}): TroubleView {
  return {
    key: "link:lnk-7",
    state: "dead",
    linkId: "lnk-7",
    title: "Zoë Åkerlund",
    attempts: 5,
    dueAt: STORY_NOW - 60_000,
    error: {
      kind: "rejected",
      message: "Salesmate refuses the e-mail “zoe@akerlund”. Correct it on either side, then try again.",
      at: STORY_NOW - 60_000,
    },
    ...different,
  };
}

/** A contact inside an emulated partner. */
export function aSandboxContact(different: Partial<SandboxContact> = {}): SandboxContact {
  return {
    id: "hl-1",
    fields: {
      firstName: "Ana",
      lastName: "Silva",
      email: "ana.silva@lisboa.example",
      phone: "+351912345678",
      companyName: "Padaria Silva",
      city: "Lisboa",
      country: "PT",
      tags: ["patient", "newsletter"],
    },
    updatedAt: STORY_NOW - 4_000,
    ...different,
  };
}

/** An operation that looks something up, in full. */
export function anOperation(different: Partial<OperationView> = {}): OperationView {
  return {
    id: "note.list",
    number: 28,
    subject: "Notes",
    title: "List the notes of a contact",
    description: "Lists all notes of one contact.",
    kind: "action",
    effect: "reads",
    scopes: ["contacts.readonly"],
    generations: ["dated", "v3"],
    permission: { state: "yes", missing: [] },
    source: "apps/contacts.json",
    calls: [{ method: "GET", path: "/contacts/{contactId}/notes", generation: "dated" }],
    input: {
      type: "object",
      properties: { contactId: { type: "string", description: "Id of the contact." } },
      required: ["contactId"],
      additionalProperties: false,
    },
    output: { type: "object" },
    example: { input: { contactId: "ocQHyuzH" }, output: { notes: [{ id: "GCs5KuzP", body: "Prefers mornings." }] } },
    ...different,
  };
}

/** People whom the hub keeps for a connection; the argument says what is different. */
export function aKeptResource(different: Partial<KeptResource> = {}): KeptResource {
  return {
    resource: "contact",
    noun: "person",
    isEditable: true,
    count: 2,
    fields: [
      { key: "firstName", label: "First name", type: "text", isWritable: true, standard: "firstName" },
      { key: "email", label: "E-mail", type: "email", isWritable: true, standard: "email" },
      { key: "stars", label: "Stars", type: "number", isWritable: false },
    ],
    ...different,
  };
}

/** A person whom the hub keeps. */
export function aKeptRecord(different: Partial<KeptRecord> = {}): KeptRecord {
  return {
    resource: "contact",
    externalId: "kith_1",
    title: "Ana Lima",
    fields: { firstName: "Ana", email: "ana@example.com" },
    writable: ["firstName", "email"],
    origin: "hub",
    createdAt: STORY_NOW - 86_400_000,
    changedAt: STORY_NOW - 60_000,
    links: [],
    ...different,
  };
}

/** A finished transcript that is with one person. */
export function aTranscript(different: Partial<TranscriptDetail> = {}): TranscriptDetail {
  const at = Date.UTC(2026, 2, 6, 12);
  return {
    id: "t1",
    title: "First visit.mp3",
    state: "ready",
    pageUrl: "https://app.trint.com/editor/t1",
    language: "en",
    durationMs: 12_000,
    createdAt: new Date(at).toISOString(),
    updatedAt: new Date(at).toISOString(),
    connection: { id: "trint", name: "Newsroom", partner: "Trint" },
    excerpt: "Good morning",
    metadata: "",
    people: [
      {
        ...{ externalId: "kith_1", name: "Ana Lima", email: "ana@example.com", phone: "+447700900123", by: "email" },
        keyNotes: [{ externalId: "n1", title: "Tiles", body: "<p>Likes blue &amp; green.</p>", at }],
        narrativeNotes: [
          {
            ...{ externalId: "n2", title: "Call back", at },
            body: "Task “Call back” was completed on 6 March 2026.",
          },
        ],
        tasks: [{ externalId: "k1", title: "Send the quote", dueAt: "2026-03-09T12:00:00.000Z", isCompleted: false }],
      },
    ],
    ...different,
  };
}
