import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { publicKey } from "../../kit/index.ts";
import { PUBLISHED_KEYS } from "./publishedKeys.ts";
import { Settings } from "./settings.ts";
import { webhooks } from "./webhooks.ts";

const ed25519 = generateKeyPairSync("ed25519");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = (key: typeof rsa.publicKey) => key.export({ type: "spki", format: "pem" }).toString();
const settings = Settings.parse({
  locationId: "ve9EPM428h8vShlRW1KT",
  webhookKeys: { ed25519: pem(ed25519.publicKey), rsa: pem(rsa.publicKey) },
});

/** A delivery with the fields that the event pages list; its person is invented. */
const CONTACT_UPDATE = {
  type: "ContactUpdate",
  locationId: "ve9EPM428h8vShlRW1KT",
  id: "nmFmQEsNgz6AVpgLVUJ0",
  address1: "12 Harbour Lane",
  city: "Porto",
  state: "Norte",
  companyName: "Silva Tiles",
  country: "PT",
  source: "fair",
  dateAdded: "2026-05-01T10:00:00.000Z",
  dateOfBirth: "1990-05-01T00:00:00.000Z",
  dnd: false,
  email: "Ana.Silva@example.com",
  name: "Ana Silva",
  firstName: "Ana",
  lastName: "Silva",
  phone: "+12015550123",
  postalCode: "4000-001",
  tags: ["customer"],
  website: null,
  attachments: [],
  assignedTo: "u1",
  customFields: [{ id: "f-text", value: "green" }],
  timestamp: "2026-05-04T09:12:33.123Z",
  webhookId: "wh-1",
};
const BODY = Buffer.from(JSON.stringify(CONTACT_UPDATE));
const NEWER = sign(null, BODY, ed25519.privateKey).toString("base64");
const OLDER = sign("sha256", BODY, rsa.privateKey).toString("base64");

test.each([
  ["the newer signature", { "x-ghl-signature": NEWER }, { kind: "verified", scheme: "ed25519" }],
  ["the older signature", { "x-wh-signature": OLDER }, { kind: "verified", scheme: "rsa-sha256" }],
  ["both", { "x-ghl-signature": NEWER, "x-wh-signature": OLDER }, { kind: "verified", scheme: "ed25519" }],
  [
    "N/A and the older",
    { "x-ghl-signature": "N/A", "x-wh-signature": OLDER },
    { kind: "verified", scheme: "rsa-sha256" },
  ],
  [
    "a wrong newer beside a right older",
    { "x-ghl-signature": OLDER, "x-wh-signature": OLDER },
    { kind: "forged", scheme: "ed25519" },
  ],
  [
    "an empty newer beside a right older",
    { "x-ghl-signature": "", "x-wh-signature": OLDER },
    { kind: "forged", scheme: "ed25519" },
  ],
  ["a wrong older", { "x-wh-signature": NEWER }, { kind: "forged", scheme: "rsa-sha256" }],
  ["N/A twice", { "x-ghl-signature": "N/A", "x-wh-signature": "N/A" }, { kind: "unsigned" }],
  ["none", {}, { kind: "unsigned" }],
])("HL50 a delivery with %s", (_what, headers, verdict) => {
  expect(webhooks.verify({ headers, rawBody: BODY }, settings)).toEqual(verdict);
});

const SECRET = "tu8Xw2mQ5rZk7pLs9vBn3cJd";

test.each([
  ["the secret", { "x-kith-secret": SECRET }, { kind: "verified", scheme: "secret", isByOwner: true }],
  ["another secret", { "x-kith-secret": `${SECRET}x` }, { kind: "forged", scheme: "secret" }],
  ["an empty secret", { "x-kith-secret": "" }, { kind: "forged", scheme: "secret" }],
  [
    "the secret and a wrong signature",
    { "x-kith-secret": SECRET, "x-ghl-signature": OLDER },
    { kind: "forged", scheme: "ed25519" },
  ],
  [
    "the secret and a wrong older signature",
    { "x-kith-secret": SECRET, "x-wh-signature": NEWER },
    { kind: "forged", scheme: "rsa-sha256" },
  ],
])("HL130 a workflow that sends %s is believed only with the connection's own", (_what, headers, verdict) => {
  const sharing = Settings.parse({ ...settings, workflowSecret: SECRET });
  expect(webhooks.verify({ headers, rawBody: BODY }, sharing)).toEqual(verdict);
});

test("HL130 a connection without a secret takes no workflow's word, and a short secret is refused", () => {
  expect(webhooks.verify({ headers: { "x-kith-secret": "" }, rawBody: BODY }, settings)).toEqual({ kind: "unsigned" });
  expect(Settings.safeParse({ ...settings, workflowSecret: "short" }).success).toBe(false);
});

test("HL51 one byte changed is a forgery", () => {
  const rawBody = Buffer.from(BODY.toString().replace("Porto", "Porta"));
  expect(webhooks.verify({ headers: { "x-ghl-signature": NEWER }, rawBody }, settings).kind).toBe("forged");
});

test("HL52 without keys of its own a connection trusts the published ones, and both can be read", () => {
  const { webhookKeys } = Settings.parse({ locationId: "l1" });
  expect(webhookKeys).toEqual(PUBLISHED_KEYS);
  expect(publicKey("rsa-sha256", webhookKeys.rsa).asymmetricKeyDetails?.modulusLength).toBe(4_096);
  expect(publicKey("ed25519", webhookKeys.ed25519).asymmetricKeyType).toBe("ed25519");
  expect(
    webhooks.verify({ headers: { "x-ghl-signature": NEWER }, rawBody: BODY }, Settings.parse({ locationId: "l1" }))
      .kind,
  ).toBe("forged");
});

test.each([
  ["flat", CONTACT_UPDATE],
  [
    "under data",
    { type: "ContactUpdate", webhookId: "wh-1", timestamp: CONTACT_UPDATE.timestamp, data: CONTACT_UPDATE },
  ],
  ["as JSON in a text", JSON.stringify(CONTACT_UPDATE)],
  ["with data as JSON in a text", { type: "ContactUpdate", data: JSON.stringify(CONTACT_UPDATE) }],
])("HL53 a body is read %s", (_how, body) => {
  const notice = webhooks.parse(body);
  expect(notice).toEqual({
    type: "ContactUpdate",
    account: "ve9EPM428h8vShlRW1KT",
    deliveryId: "wh-1",
    occurredAt: Date.parse("2026-05-04T09:12:33.123Z"),
    refs: [{ resource: "contact", externalId: "nmFmQEsNgz6AVpgLVUJ0" }],
  });
  expect(webhooks.isFor(notice, settings)).toBe(true);
  expect(webhooks.isFor({ ...notice, account: "other" }, settings)).toBe(false);
});

test.each([
  ["keys with underscores", { type: "NoteCreate", location_id: "l1", id: "n1", contact_id: "c1", webhook_id: "w1" }],
  ["keys with capitals", { Type: "NoteCreate", LocationID: "l1", ID: "n1", ContactID: "c1", WebhookId: "w1" }],
  [
    "keys in several writings, of which the documented one counts",
    { type: "NoteCreate", locationId: "l1", id: "n1", contactId: "c1", webhookId: "w1", _id: "other" },
  ],
])("HL53 a body is read with %s", (_how, body) => {
  expect(webhooks.parse(body)).toEqual({
    type: "NoteCreate",
    account: "l1",
    deliveryId: "w1",
    refs: [{ resource: "note", externalId: "n1", parentId: "c1" }],
  });
});

test.each([
  ["id", { contact_id: "c1", location: { id: "l1" }, workflow: { name: "Any" }, email: "ana@example.com" }, "l1"],
  ["id of its own mapping", { contactId: "c1", locationId: "l1" }, "l1"],
  ["id among its custom data", { customData: { contact_id: "c1" }, location: { id: "l1" } }, "l1"],
  ["id and no location", { contact: { id: "c1" } }, ""],
])("HL131 a workflow names the contact by %s", (_how, body, account) => {
  const notice = webhooks.parse(body);
  expect(notice).toMatchObject({ type: "Workflow", account, refs: [{ resource: "contact", externalId: "c1" }] });
  expect(notice.keys).toBeUndefined();
});

test.each([
  ["email", { email: " Ana@Example.com ", location_id: "l1" }],
  ["contact.email", { contact: { email: "Ana@Example.com" }, location_id: "l1" }],
])("HL131 a workflow that knows no id names the contact by %s", (_how, body) => {
  expect(webhooks.parse(body)).toMatchObject({
    type: "Workflow",
    account: "l1",
    refs: [],
    keys: [{ resource: "contact", rule: "email", value: "Ana@Example.com" }],
  });
});

test.each(["ContactCreate", "ContactUpdate", "ContactDelete", "ContactTagUpdate", "ContactDndUpdate"])(
  "HL54 %s names its contact",
  (type) => {
    expect(webhooks.parse({ ...CONTACT_UPDATE, type }).refs).toHaveLength(1);
  },
);

test.each([
  ["NoteCreate", "note"],
  ["NoteUpdate", "note"],
  ["NoteDelete", "note"],
  ["TaskCreate", "task"],
  ["TaskComplete", "task"],
  ["TaskDelete", "task"],
])("HL90 %s names its %s and the contact", (type, resource) => {
  const body = { type, locationId: "l1", id: "x1", contactId: "c1", body: "Words" };
  const refs = [{ resource, externalId: "x1", parentId: "c1" }];
  expect(webhooks.parse(body).refs).toEqual(refs);
  expect(webhooks.parse({ type, locationId: "l1", data: { id: "x1", contactId: "c1" } }).refs).toEqual(refs);
  expect(webhooks.parse({ ...body, contactId: undefined }).refs).toEqual([{ resource, externalId: "x1" }]);
  expect(() => webhooks.parse({ ...body, id: "" })).toThrow(expect.objectContaining({ kind: "rejected" }));
});

test.each(["AppointmentCreate", "AppointmentUpdate", "AppointmentDelete"])(
  "HL91 %s names its appointment, which lies one level deeper, and the contact",
  (type) => {
    const appointment = { id: "a1", contactId: "c1", title: "Meet" };
    const refs = [{ resource: "appointment", externalId: "a1", parentId: "c1" }];
    expect(webhooks.parse({ type, locationId: "l1", appointment }).refs).toEqual(refs);
    expect(webhooks.parse({ type, locationId: "l1", data: { appointment } }).refs).toEqual(refs);
    expect(webhooks.parse({ type, locationId: "l1", ...appointment }).refs).toEqual(refs);
    expect(() => webhooks.parse({ type, locationId: "l1", appointment: {} })).toThrow(
      expect.objectContaining({ kind: "rejected" }),
    );
  },
);

test.each([
  ["OpportunityCreate", { id: "o1", contactId: "c1" }, { resource: "opportunity", externalId: "o1", parentId: "c1" }],
  ["OpportunityStageUpdate", { id: "o1" }, { resource: "opportunity", externalId: "o1" }],
  ["InboundMessage", { messageId: "m1", contactId: "c1" }, { resource: "message", externalId: "m1", parentId: "c1" }],
  ["OutboundMessage", { messageId: "m1", contactId: "c1" }, { resource: "message", externalId: "m1", parentId: "c1" }],
  ["ConversationUnreadUpdate", { id: "v1" }, { resource: "conversation", externalId: "v1" }],
  ["RecordUpdate", { id: "b1", properties: [] }, { resource: "business", externalId: "b1" }],
  [undefined, { id: "b1", owners: [], properties: [] }, { resource: "business", externalId: "b1" }],
])("HL132 %s names its record", (type, fields, ref) => {
  expect(webhooks.parse({ type, locationId: "l1", ...fields }).refs).toEqual([ref]);
});

test.each([
  [
    "INSTALL",
    { appId: "a1", companyId: "k1", locationId: "l1" },
    { kind: "installed", companyId: "k1", locationId: "l1" },
  ],
  ["INSTALL", { appId: "a1", companyId: "k1" }, { kind: "installed", companyId: "k1" }],
  ["UNINSTALL", { appId: "a1", locationId: "l1" }, { kind: "removed", locationId: "l1" }],
])("HL133 %s tells where the app came to or went from", (type, fields, installation) => {
  const notice = webhooks.parse({ type, ...fields });
  expect(notice.refs).toEqual([]);
  expect(notice.installation).toEqual({ appId: "a1", ...installation });
});

test.each([
  { type: "CampaignStatusUpdate", id: "x1", contactId: "c1", locationId: "l1" },
  { type: "UserCreate", id: "u1", companyId: "k1" },
  { type: "SomethingNew", id: "x1", locationId: "l1" },
])("HL55 $type is known and followed by nothing", (body) => {
  expect(webhooks.parse(body)).toMatchObject({ type: body.type, refs: [] });
  expect(webhooks.parse(body).installation).toBeUndefined();
});

test("HL56 without an id of the delivery, the same event has the same one and another has another", () => {
  const { webhookId, ...body } = CONTACT_UPDATE;
  expect(webhookId).toBe("wh-1");
  const first = webhooks.parse(body).deliveryId;
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(webhooks.parse(structuredClone(body)).deliveryId).toBe(first);
  expect(webhooks.parse({ ...body, city: "Braga" }).deliveryId).not.toBe(first);
});

test.each([
  ["no object", [1, 2]],
  ["null", null],
  ["text that is not JSON", "{"],
  ["a number", 7],
  ["no type", { locationId: "l1", id: "c1" }],
  ["neither type nor contact", { locationId: "l1", email: "", contact_id: " " }],
  ["no account", { type: "ContactCreate", id: "c1" }],
  ["no contact", { type: "ContactCreate", locationId: "l1" }],
  ["an id that is no text", { type: "ContactCreate", locationId: "l1", id: { $gt: "" } }],
])("HL57 a body with %s is rejected", (_what, body) => {
  expect(() => webhooks.parse(body)).toThrow(expect.objectContaining({ kind: "rejected" }));
});
