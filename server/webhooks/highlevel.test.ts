import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { connectors } from "../../connectors/index.ts";
import type { WorkspaceConfig } from "../../model/workspace.ts";
import { createHighLevelEmulator, type HighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { acme, aHub, aWorkspace, type Scene } from "../scene.ts";

/** The real connector behind the real route, on a real store: what HighLevel's words come to in the hub. */

const ed25519 = generateKeyPairSync("ed25519");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();
const LOCATION = "ve9EPM428h8vShlRW1KT";

let scene: Scene;
let emulator: HighLevelEmulator;
let emulatorAt: { readonly url: string };

beforeAll(async () => {
  emulator = createHighLevelEmulator();
  emulatorAt = await emulator.listen(0);
  scene = await aHub({ connectors: new Map([...connectors, acme].map((one) => [one.id, one])) });
  await call("PUT", "", withHighLevel("w", { locationId: LOCATION }));
});
afterAll(async () => {
  await scene.hub.stop();
  await emulator.close();
});

/** A workspace whose contacts' left side is HighLevel, with a token of the emulator's. */
function withHighLevel(id: string, settings: object, token = "pit-1"): WorkspaceConfig {
  const config = aWorkspace({ workspace: { id, name: "Workshop" } });
  const webhookKeys = { ed25519: pem(ed25519.publicKey), rsa: pem(rsa.publicKey) };
  const highlevel = {
    id: "one",
    connector: "highlevel",
    name: "HighLevel",
    settings: { webhookKeys, ...settings },
    baseUrls: { api: emulatorAt.url },
    credential: { kind: "token" as const, token },
  };
  return { ...config, connections: config.connections.map((one) => (one.id === "one" ? highlevel : one)) };
}

const Answer = z.record(z.string(), z.unknown());

async function call(method: string, path: string, body?: { readonly workspace: { readonly id: string } }, id = "w") {
  const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const address = `${scene.hub.listensAt}/api/workspaces/${body?.workspace.id ?? id}${path}`;
  const response = await fetch(address, { method, headers, ...sent });
  expect(response.status).toBe(200);
  return Answer.parse(await response.json());
}

/** A body with every field that the pages of the contact events list; its person is invented. */
function aBody(type: string, id: string): Readonly<Record<string, unknown>> {
  return {
    type,
    locationId: LOCATION,
    id,
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
    webhookId: `wh-${id}`,
  };
}

type Body = Readonly<Record<string, unknown>>;

/** The ways in which HighLevel wraps a body. */
const ENVELOPES: readonly (readonly [string, (body: Body) => string])[] = [
  ["flat", (body) => JSON.stringify(body)],
  ["flat, as JSON in a string", (body) => JSON.stringify(JSON.stringify(body))],
  ["under data", (body) => JSON.stringify(underData(body))],
  [
    "under data as JSON in a string",
    (body) => JSON.stringify({ ...underData(body), data: JSON.stringify(underData(body).data) }),
  ],
];

function underData({ type, locationId, webhookId, timestamp, ...data }: Body) {
  return { type, locationId, webhookId, timestamp, data };
}

/** The ways in which HighLevel signs a body. */
const SIGNATURES: readonly (readonly [string, (text: string) => Record<string, string>])[] = [
  ["newer", (text) => ({ "x-ghl-signature": signed(null, text, ed25519.privateKey) })],
  ["older", (text) => ({ "x-wh-signature": signed("sha256", text, rsa.privateKey) })],
];

function signed(hash: string | null, text: string, key: KeyObject): string {
  return sign(hash, Buffer.from(text), key).toString("base64");
}

async function post(text: string, headers: Record<string, string>): Promise<number> {
  const sent = { method: "POST", headers: { "content-type": "application/json", ...headers }, body: text };
  return (await fetch(`${scene.hub.listensAt}/hooks/highlevel`, sent)).status;
}

/** The keys of records that are due. */
async function dueRecords(): Promise<string[]> {
  const due = await scene.store.dueKeys("w", ["contacts"], Number.MAX_SAFE_INTEGER, 1_000);
  return due.map(({ key }) => key).filter((key) => key.startsWith("record:"));
}

const EVENTS = ["ContactCreate", "ContactUpdate", "ContactDelete", "ContactTagUpdate", "ContactDndUpdate"];
const ROWS = EVENTS.flatMap((type) =>
  ENVELOPES.flatMap(([envelope, wrap]) =>
    SIGNATURES.map(([signature, signing]) => [type, envelope, signature, wrap, signing] as const),
  ),
);

describe("what HighLevel sends", () => {
  test.each(ROWS)("HL59 %s, %s, with the %s signature makes its contact due", async (...row) => {
    const [type, envelope, signature, wrap, signing] = row;
    const id = [type, envelope, signature].join("-").replaceAll(/\W+/g, "-");
    const before = await dueRecords();
    const text = wrap(aBody(type, id));
    expect(await post(text, signing(text))).toBe(200);
    const fresh = (await dueRecords()).filter((key) => !before.includes(key));
    expect(fresh).toEqual([`record:contacts:left:${id}`]);
  });

  test.each(["OpportunityCreate", "NoteCreate", "TaskCreate"])("HL59 %s makes nothing due", async (type) => {
    const before = await dueRecords();
    const text = JSON.stringify({ ...aBody(type, `other-${type}`), contactId: "contact-1" });
    expect(await post(text, { "x-ghl-signature": signed(null, text, ed25519.privateKey) })).toBe(200);
    expect(await dueRecords()).toEqual(before);
  });

  test.each(SIGNATURES)(
    "HL59 a body that was changed on its way makes nothing due: %s signature",
    async (_what, of) => {
      const before = await dueRecords();
      const text = JSON.stringify(aBody("ContactUpdate", "forged"));
      expect(await post(text.replace("Porto", "Porta"), of(text))).toBe(403);
      expect(await dueRecords()).toEqual(before);
    },
  );
});

describe("what a HighLevel connection shows", () => {
  test("HL60 a missing permission is shown with its name and what to do", async () => {
    emulator.access.issuePrivate(["locations/customFields.readonly"], "Location", "pit-narrow");
    await call("PUT", "", withHighLevel("narrow", { locationId: emulator.location.id }, "pit-narrow"));
    const answer = await call("POST", "/connections/one/check", undefined, "narrow");
    const words =
      "The missing permission is contacts.readonly. Give the credential the missing permission, then resume.";
    expect(answer).toEqual({ status: "broken", message: expect.stringContaining(words) });
    expect(await call("GET", "/overview", undefined, "narrow")).toMatchObject({
      connections: [{ id: "one", ...answer }, {}],
    });
  });

  test("HL60 a location that the token does not belong to is shown with what to correct", async () => {
    await call("PUT", "", withHighLevel("lost", { locationId: "nowhere" }, emulator.token));
    const answer = await call("POST", "/connections/one/check", undefined, "lost");
    const words = "Set locationId to the location that the token was made in. Correct the setting, then resume.";
    expect(answer).toEqual({ status: "broken", message: expect.stringContaining(words) });
    expect(await call("GET", "/overview", undefined, "lost")).toMatchObject({
      connections: [{ id: "one", ...answer }, {}],
    });
  });
});
