import { afterEach, expect, test } from "vitest";
import { actionOf, checkedInput } from "../../kit/index.ts";
import { live, openTrint } from "../../test/trintRig.ts";
import { classify } from "./errors.ts";
import { trint } from "./index.ts";
import { Settings } from "./settings.ts";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function opened(...given: Parameters<typeof openTrint>) {
  const rig = await openTrint(...given);
  ends.push(rig.close);
  return rig;
}

test("TI13 a key goes out as id and secret, or alone where it is the single key of an older account", () => {
  const key = { kind: "token", token: "secret" } as const;
  expect(trint.authorize(key, Settings.parse({ keyId: "id" }))).toEqual({ authorization: "Basic aWQ6c2VjcmV0" });
  expect(trint.authorize(key, Settings.parse({}))).toEqual({ "api-key": "secret" });
});

test("TI13 each tenant has its own addresses", () => {
  const hosts = (tenant: string) => Object.values(trint.baseUrls(Settings.parse({ tenant })));
  expect(hosts("us")).toContain("https://upload.trint.com");
  expect(hosts("eu").every((address) => address.includes(".eu.trint.com"))).toBe(true);
});

test.each([
  [400, "Bad Request", "rejected"],
  [401, "Unauthorized", "unauthorized"],
  [402, "Payment Required", "rejected"],
  [402, "Transcription blocked, insufficient credit", "rejected"],
  [403, "Transcription blocked, insufficient credit", "rejected"],
  [400, { error: { message: "Insufficient credit" } }, "rejected"],
  [403, "Forbidden", "forbidden"],
  [404, "Not Found", "not_found"],
  [429, "Too Many Requests", "rate_limited"],
] as const)("TI14 an answer of %i that says %o is %s", (status, body, kind) => {
  const found = classify({ method: "GET", path: "/", status, headers: {}, body });
  expect(found?.kind).toBe(kind);
  expect(found?.message).toMatch(/\w/);
});

test("TI14 a key that was revoked says what to do", async () => {
  const rig = await opened();
  await rig.open.check(live());
  rig.emulator.revokeKeys();
  await expect(rig.open.check(live())).rejects.toThrow(/API page of the Trint account/);
});

test.each(["402", "403", "400"] as const)(
  "TI15 an upload without credit (told by %s) is refused with what to do",
  async (noCreditAs) => {
    const rig = await opened({ quirks: { noCreditAs, credit: 0 } });
    const failure = upload(rig, { media: "AAAA" });
    await expect(failure).rejects.toMatchObject({ kind: "rejected", message: expect.stringContaining("Buy more") });
  },
);

test("TI16 a recording is fetched from its address without the key, and uploaded", async () => {
  const rig = await opened();
  const id = rig.record({ title: "spoken.mp3", text: "Sound" });
  await rig.clock.advance(60_000);
  const { url } = Object(await run(rig, "export.text", { transcriptId: id }));
  await upload(rig, { mediaUrl: url, filename: "again.mp3" });
  const { transcripts } = Object(await run(rig, "transcript.list", {}));
  expect(transcripts).toMatchObject([{ title: "again.mp3" }, { title: "spoken.mp3" }]);
});

test.each([
  ["too large", { media: "AAAAAAAA" }],
  ["missing", {}],
  ["given twice", { media: "AAAA", mediaUrl: "https://media.example/a.mp3" }],
])("TI16 a recording that is %s is refused before anything is sent", async (_what, input) => {
  const rig = await opened({}, { uploadBytesMax: 4 });
  await expect(upload(rig, input)).rejects.toThrow("at most 4 bytes");
});

test("TI16 a recording is not fetched from this machine's own network", async () => {
  const rig = await opened();
  const inside = upload(rig, { mediaUrl: "http://127.0.0.1:9/a.mp3" });
  await expect(inside).rejects.toThrow("leads out by https");
});

type Rig = Awaited<ReturnType<typeof opened>>;

function upload(rig: Rig, input: object): Promise<unknown> {
  return run(rig, "transcript.upload", { contentType: "audio/mpeg", ...input });
}

async function run(rig: Rig, id: string, input: object): Promise<unknown> {
  const action = actionOf(trint.operations ?? [], id);
  if (action === undefined) throw new Error(`there is no operation ${id}`);
  return action.run(rig.session(), checkedInput(action, input));
}
