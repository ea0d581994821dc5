import { expect, test } from "vitest";
import { createTrintEmulator } from "../../sandbox/trint/index.ts";
import { Settings } from "./settings.ts";
import { webhooks } from "./webhooks.ts";

const SECRET = "a-secret-of-twenty-four-letters";

/** What is told of a transcript that is finished, changed and verified. */
async function told(): Promise<readonly unknown[]> {
  const bodies: unknown[] = [];
  const emulator = createTrintEmulator({
    webhookUrls: ["https://hub.example"],
    quirks: { takesMs: 0 },
    deliver: async (_url, text) => {
      bodies.push(JSON.parse(text));
      return 200;
    },
    after: (_ms, act) => {
      act();
      return () => {};
    },
  });
  const { id } = emulator.studio.transcribe({ title: "First visit.mp3" });
  emulator.studio.edit(id, { title: "Visit.mp3" });
  emulator.studio.verify(id);
  await emulator.control.webhooks.flush();
  await emulator.close();
  return bodies;
}

test("TI30 a callback names the transcript; that it is complete is the same each time, a later version is not", async () => {
  const notices = (await told()).map((body) => webhooks.parse(body));
  expect(notices.map(({ type, account, refs }) => [type, account, refs[0]?.resource])).toEqual([
    ["TRANSCRIPT_COMPLETE", "", "note"],
    ["TRANSCRIPT_NEW_VERSION", "", "note"],
    ["TRANSCRIPT_VERIFIED", "", "note"],
  ]);
  expect(new Set(notices.map(({ refs }) => refs[0]?.externalId)).size).toBe(1);
  const complete = { eventType: "TRANSCRIPT_COMPLETE", transcriptId: "t1", title: "a" };
  expect(webhooks.parse(complete).deliveryId).toBe(webhooks.parse({ ...complete, title: "b" }).deliveryId);
  expect(webhooks.parse({ ...complete, transcriptId: "t2" }).deliveryId).not.toBe(webhooks.parse(complete).deliveryId);
  expect(notices[1]?.deliveryId).toBe("");
});

test.each([
  null,
  [],
  {},
  { eventType: "TRANSCRIPT_COMPLETE" },
  { transcriptId: "t1" },
  { eventType: 1, transcriptId: 2 },
])("TI31 what is no notice of a transcript is refused (%o)", (body) => {
  expect(() => webhooks.parse(body)).toThrow("no notice");
});

test("TI32 only the secret of its own address proves a callback", () => {
  const settings = Settings.parse({ webhookSecret: SECRET });
  const judged = (addressSecret: string, of = settings) =>
    webhooks.verify({ headers: {}, rawBody: Buffer.from("{}"), addressSecret }, of).kind;
  expect([judged(SECRET), judged("another"), judged(SECRET, Settings.parse({}))]).toEqual([
    "verified",
    "forged",
    "unsigned",
  ]);
});
