import { agreementOf } from "../engine/mapping/compile.ts";
import type {
  Base,
  Checkpoint,
  Delivery,
  DueKey,
  Intent,
  JournalEntry,
  KeptMapping,
  Link,
  SideState,
  Sync,
} from "../engine/ports.ts";
import { PRIORITIES } from "../kit/http.ts";
import type { FieldDefinition, FieldType } from "../model/field.ts";
import type { Side, Snapshot } from "../model/record.ts";
import { SyncConfig } from "../model/sync.ts";
import type { Fields } from "../model/value.ts";

/**
 * Builders for tests: each makes one whole, valid thing about invented people, and takes only what the test is about.
 * The same arguments always make the same thing.
 */

/** 6 March 2026, 12:00 UTC: the moment at which everything here happens unless told otherwise. */
export const NOON = Date.UTC(2026, 2, 6, 12);

/** A contact's fields in model form. */
export function aContact(fields: Fields = {}): Fields {
  return {
    firstName: "Ana",
    lastName: "Silva",
    email: "ana.silva@example.com",
    phone: "+12015550123",
    companyName: "Silva Tiles",
    tags: ["customer"],
    ...fields,
  };
}

/** A contact as one read showed it. */
export function aSnapshot(snapshot: Partial<Snapshot> = {}): Snapshot {
  return { externalId: "L1", fields: aContact(), ...snapshot };
}

/** What one side of a link said when last read, at noon. */
export function aSide(side: Partial<SideState> = {}): SideState {
  return { externalId: "L1", fields: aContact(), asOf: NOON, ...side };
}

/** The types of a contact's fields that are not text. */
const TYPES: Readonly<Record<string, FieldType>> = { email: "email", phone: "phone", tags: "set" };

/** A base on which both sides agreed about `fields` of equal key, in the same form on both. */
export function aBase(fields: Fields = aContact()): Base {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      agreementOf(key, key, TYPES[key] ?? "text"),
      [value, value] as const,
    ]),
  );
}

/** Two records in agreement, `L1` on the left and `R1` on the right. */
export function aLink(link: Partial<Link> = {}): Link {
  return {
    id: "link-1",
    syncId: "contacts",
    state: "linked",
    left: aSide({ externalId: "L1" }),
    right: aSide({ externalId: "R1" }),
    base: aBase(),
    conflicts: [],
    findings: [],
    title: "Ana Silva",
    createdAt: NOON,
    updatedAt: NOON,
    ...link,
  };
}

/** A record whose counterpart is not known, on the left unless told otherwise. */
export function aHalfLink(side: Side = "left", link: Partial<Link> = {}): Link {
  const { left, right, ...rest } = aLink({ state: "half", base: {} });
  return { ...rest, ...(side === "left" ? { left } : { right }), ...link };
}

/**
 * A sync of contacts between the connections `highlevel` and `salesmate`, with the defaults of a workspace file, but that
 * it starts by itself.
 */
export function aSync(sync: Partial<Sync> = {}): Sync {
  const config = SyncConfig.parse({
    id: "contacts",
    name: "Contacts",
    left: "highlevel",
    right: "salesmate",
    resource: "contact",
    start: { isReviewed: true },
  });
  return { ...config, workspaceId: "acme", version: "1", isPaused: false, ...sync };
}

/** The definition of a writable field; a text field named after its key unless told otherwise. */
export function aField(key: string, definition: Partial<FieldDefinition> = {}): FieldDefinition {
  return { key, label: key, type: "text", isWritable: true, standard: key, ...definition };
}

/** A link that became due at noon because of a webhook. */
export function aDueKey(key: Partial<DueKey> = {}): DueKey {
  return {
    key: "link:link-1",
    syncId: "contacts",
    priority: PRIORITIES.live,
    dueAt: NOON,
    reason: "webhook",
    generation: 1,
    attempts: 0,
    state: "due",
    ...key,
  };
}

/** A create on the right that was just sent, claiming the e-mail of `aContact`. */
export function anIntent(intent: Partial<Intent> = {}): Intent {
  return {
    id: "intent-1",
    linkId: "link-1",
    syncId: "contacts",
    side: "right",
    claims: ["email:ana.silva@example.com"],
    findBy: [{ rule: "email", value: "ana.silva@example.com" }],
    sent: { firstName: "Ana", email: "ana.silva@example.com" },
    startedAt: NOON,
    horizonAt: NOON + 60_000,
    state: "sending",
    ...intent,
  };
}

/** A decision of the journal: one update written. */
export function aJournalEntry(entry: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id: "entry-1",
    at: NOON,
    syncId: "contacts",
    linkId: "link-1",
    reason: "webhook",
    verdict: "updated",
    summary: "Wrote phone to Salesmate.",
    detail: {},
    durationMs: 12,
    ...entry,
  };
}

/** A mapping as it was in force: the sync's stock pairs between two sides that have no field. */
export function aKeptMapping(mapping: Partial<KeptMapping> = {}): KeptMapping {
  const { workspaceId: _, version: __, isPaused: ___, ...config } = aSync();
  const side = { fields: [], country: "US" };
  return { syncId: config.id, version: "v1", config, left: side, right: side, ...mapping };
}

/** A poll of the left side that has not read a page yet. */
export function aCheckpoint(checkpoint: Partial<Checkpoint> = {}): Checkpoint {
  return { syncId: "contacts", side: "left", kind: "poll", seen: 0, ...checkpoint };
}

/** A verified webhook about record `L1`. */
export function aDelivery(delivery: Partial<Delivery> = {}): Delivery {
  return {
    id: "delivery-1",
    connectionId: "highlevel",
    receivedAt: NOON,
    type: "ContactUpdate",
    deliveryId: "webhook-1",
    scheme: "ed25519",
    externalIds: ["L1"],
    keys: ["record:contacts:left:L1"],
    repeats: 0,
    ...delivery,
  };
}
