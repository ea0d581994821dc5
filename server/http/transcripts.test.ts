import { afterEach, beforeEach, expect, test } from "vitest";
import { connectorById } from "../../connectors/index.ts";
import { TranscriptDetail } from "../../model/api/transcripts.ts";
import { createTrintEmulator, type TrintEmulator } from "../../sandbox/trint/index.ts";
import { acme, aHub, aWorkspace, type Scene } from "../scene.ts";

let scene: Scene;
let trint: TrintEmulator;
beforeEach(async () => {
  const connector = connectorById("trint");
  if (connector === undefined) throw new Error("there is no connector for Trint");
  trint = createTrintEmulator({ limits: { off: true }, quirks: { takesMs: 0 } });
  const { url } = await trint.listen(0);
  scene = await aHub({ connectors: new Map([acme, connector].map((one) => [one.id, one])) });
  const { connections, syncs } = aWorkspace();
  const { keyId, keySecret } = trint.signIn();
  const newsroom = {
    ...{ id: "two", connector: "trint", name: "Newsroom", settings: { keyId, requestsPerMinute: 1_000 } },
    ...{ baseUrls: { api: url }, credential: { kind: "token", token: keySecret } },
  };
  await call("PUT", "", { ...aWorkspace(), connections: [connections[0], newsroom], syncs });
});
afterEach(async () => {
  await scene.hub.stop();
  await trint.close();
});

type Bag = Readonly<Record<string, unknown>>;

/** One request with the operator's token. @returns status and JSON */
async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Bag }> {
  const response = await fetch(`${scene.hub.listensAt}/api/workspaces/w${path}`, {
    method,
    headers: {
      authorization: `Bearer ${scene.token()}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: Object(await response.json()) };
}

const AT = "/connections/two/transcripts";

async function kept(resource: string, fields: object, parentId?: string): Promise<string> {
  const { body } = await call("POST", `/connections/two/kept/${resource}`, { fields, ...(parentId && { parentId }) });
  return String(body.externalId);
}

test("A95 transcripts are listed and shown with the people they are with, and what the hub keeps beside them", async () => {
  const mia = await kept("contact", { fullName: "Mia Lund", email: "mia@example.com" });
  await kept("note", { title: "Tiles", body: "<p>Likes blue.</p>" }, mia);
  await kept("task", { title: "Call back", dueAt: "2026-04-01T10:00:00.000Z" }, mia);
  const { id } = trint.studio.shelve({ title: "Visit mia@example.com.mp3" }, Date.now());
  trint.studio.shelve({ title: "Other.mp3" }, 0);
  const all = (await call("GET", AT)).body;
  expect(all).toMatchObject({ total: 2, connection: { id: "two", name: "Newsroom", partner: "Trint" } });
  const found = (await call("GET", `${AT}?text=visit`)).body;
  expect(found).toMatchObject({ total: 1, transcripts: [{ id, people: [{ externalId: mia, name: "Mia Lund" }] }] });
  const one = await call("GET", `${AT}/${id}`);
  expect(TranscriptDetail.parse(one.body)).toMatchObject({
    ...{ id, state: "ready" },
    people: [
      { email: "mia@example.com", by: "email", keyNotes: [{ title: "Tiles" }], tasks: [{ title: "Call back" }] },
    ],
  });
});

test("A96 a person is tied to a transcript, and taken away, by hand", async () => {
  const ben = await kept("contact", { fullName: "Ben Ode" });
  const { id } = trint.studio.shelve({ title: "Untold.mp3" }, 0);
  await call("GET", AT);
  const tied = await call("PUT", `${AT}/${id}/people/${ben}`);
  expect(tied).toMatchObject({ status: 200, body: { people: [{ externalId: ben, by: "hand" }] } });
  expect(await call("DELETE", `${AT}/${id}/people/${ben}`)).toMatchObject({ status: 200, body: { people: [] } });
  expect(await call("PUT", `${AT}/${id}/people/nobody`)).toMatchObject({ status: 404 });
  expect(await call("GET", `${AT}/nothing`)).toMatchObject({ status: 404, body: { code: "not_found" } });
  expect(await call("GET", "/connections/one/transcripts")).toMatchObject({ status: 404 });
  expect(await call("GET", "/connections/nobody/transcripts")).toMatchObject({ status: 404 });
});

test("A97 an export of a transcript carries its words and everything kept beside it", async () => {
  const mia = await kept("contact", { fullName: "Mia Lund", email: "mia@example.com" });
  await kept("note", { body: "<p>Likes blue &amp; green.</p>" }, mia);
  const task = await kept("task", { title: "Call back" }, mia);
  await call("PATCH", `/connections/two/kept/task/${task}`, { fields: { isCompleted: true } });
  const { id } = trint.studio.shelve(
    { title: "Visit mia@example.com.mp3", paragraphs: [{ speaker: "Ines", at: 0, text: "Good morning" }] },
    Date.UTC(2026, 2, 6),
  );
  await call("GET", AT);
  const { body } = await call("GET", `${AT}/${id}/export`);
  expect(body).toMatchObject({ text: "Ines: Good morning", people: [{ name: "Mia Lund" }] });
  const lines = String(body.document).split("\n");
  for (const line of [
    "# Visit mia@example.com.mp3",
    "## Mia Lund",
    "mia@example.com",
    "- Likes blue & green.",
    expect.stringMatching(/^- Task “Call back” was completed on /),
    "- [x] Call back",
    "Ines: Good morning",
  ]) {
    expect(lines).toContainEqual(line);
  }
});
