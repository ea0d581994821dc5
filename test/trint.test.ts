import { afterEach, expect, test } from "vitest";
import { createTrintEmulator, type TrintEmulator } from "../sandbox/trint/index.ts";
import { aPair, type PairedPartner, type PairOptions, type PairWorld } from "./pairWorld.ts";

/** HighLevel and Trint in step, from one emulator through the hub to the other. */

type Trint = PairedPartner & { readonly emulator: TrintEmulator };
type World = PairWorld<Trint>;

const SECRET = "a-secret-of-twenty-four-letters";
const BOOK = { workspaceId: "acme", connectionId: "trint" };

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function open(
  settings: Readonly<Record<string, unknown>> = {},
  options: Partial<PairOptions<Trint>> = {},
): Promise<World> {
  world = await aPair<Trint>({
    children: ["note", "task"],
    makePartner: ({ clock, random, deliver }) => {
      const emulator = createTrintEmulator({
        ...{ now: clock.now, after: clock.after, random, deliver, limits: { off: true } },
        webhookUrls: [`https://kith.example/hooks/trint/trint/${SECRET}`],
        publicUrl: "https://partner.example",
      });
      const { keyId, keySecret } = emulator.signIn();
      return {
        ...{ id: "trint", emulator, ask: emulator.ask, close: emulator.close },
        paths: { api: "", upload: "/upload", translation: "/translation", members: "/scim/v2" },
        settings: { keyId, webhookSecret: SECRET, requestsPerMinute: 1_000, ...settings },
        credential: { kind: "token", token: keySecret },
      };
    },
    ...options,
  });
  return world;
}

/** What the hub keeps beside Trint. */
async function kept(at: World, resource: string) {
  return (await at.store.books.page(BOOK, resource, {})).records.map(({ fields }) => fields);
}

/** Somebody whom both sides know. @returns their id in HighLevel */
async function ana(at: World): Promise<string> {
  const { id } = at.highlevel.control.contacts.create({ firstName: "Ana", lastName: "Ruiz", email: "ana@example.com" });
  await at.settle();
  return id;
}

function texts(
  found: readonly { readonly fields: Readonly<Record<string, unknown>> }[],
  key: string,
): readonly string[] {
  return found.map(({ fields }) =>
    String(fields[key])
      .replaceAll(/<[^>]*>/g, " ")
      .trim(),
  );
}

test("TA10 a contact that is changed in HighLevel is so in the details beside the transcripts", async () => {
  const at = await open();
  const there = await ana(at);
  at.partner.emulator.control.contacts.create({ title: "First visit.mp3", metadata: '{"email":"ana@example.com"}' });
  await at.settle();
  at.highlevel.control.contacts.edit(there, { phone: "+447700900123", lastName: "Silva" });
  await at.settle();
  expect(await kept(at, "contact")).toMatchObject([
    { fullName: "Ana Silva", phone: "+447700900123", transcripts: 1, transcriptTitle: "First visit.mp3" },
  ]);
  expect(await at.troubles()).toEqual([]);
});

test("TA10 a finished transcript is a note of its contact in HighLevel within a minute, once", async () => {
  const at = await open();
  const there = await ana(at);
  const { id } = at.partner.emulator.control.contacts.create({
    title: "Visit ana@example.com.mp3",
    text: "Good morning",
  });
  await at.advance(60_000);
  const notes = () => texts(at.highlevel.children.list("notes", there), "body");
  expect(notes()).toEqual([expect.stringContaining("Good morning")]);
  at.partner.emulator.control.contacts.edit(id, { text: "Good evening" });
  await at.settle();
  expect(notes()).toEqual([expect.stringContaining("Good evening")]);
});

test("TA11 a task that is new or changed in HighLevel is so beside the transcripts, with its state, and back", async () => {
  const at = await open();
  const there = await ana(at);
  const task = at.highlevel.children.create("tasks", there, {
    title: "Call back",
    dueAt: "2026-04-01T10:00:00.000Z",
  });
  await at.settle();
  expect(await kept(at, "task")).toMatchObject([
    { title: "Call back", dueAt: "2026-04-01T10:00:00.000Z", isCompleted: false },
  ]);
  at.highlevel.children.edit("tasks", task.id, { isCompleted: "true" });
  await at.advance(1_800_000);
  expect(await kept(at, "task")).toMatchObject([{ title: "Call back", isCompleted: true }]);
});

test("TA11 lines of a transcript that say so are tasks in HighLevel, once", async () => {
  const at = await open({ taskLines: ["To do"] });
  const there = await ana(at);
  const { id } = at.partner.emulator.control.contacts.create({
    title: "Visit ana@example.com.mp3",
    text: "Hello\nTo do: send the quote",
  });
  await at.settle();
  at.partner.emulator.control.contacts.edit(id, { text: "Hello again\nTo do: send the quote" });
  await at.settle();
  expect(texts(at.highlevel.children.list("tasks", there), "title")).toEqual(["send the quote"]);
});

test("TA12 a note that is written or changed in HighLevel is kept beside the transcripts of its contact", async () => {
  const at = await open();
  const there = await ana(at);
  const note = at.highlevel.children.create("notes", there, { body: "Likes blue." });
  await at.settle();
  at.highlevel.children.edit("notes", note.id, { body: "Likes green." });
  await at.settle();
  expect(await kept(at, "note")).toMatchObject([{ body: expect.stringContaining("Likes green.") }]);
});

test("TA13 a task that changes its state in HighLevel writes one narrative note beside the transcripts", async () => {
  const at = await open();
  const there = await ana(at);
  const task = at.highlevel.children.create("tasks", there, {
    title: "Call back",
    dueAt: "2026-04-01T10:00:00.000Z",
  });
  await at.settle();
  at.highlevel.children.edit("tasks", task.id, { isCompleted: "true" });
  for (let step = 0; step < 30; step += 1) {
    await at.advance(20_000 + step);
    await at.killAndRestart();
  }
  await at.advance(1_800_000);
  expect(await kept(at, "narrative")).toMatchObject([
    { body: expect.stringMatching(/^Task “Call back” was completed on 6 March 2026/), isCompleted: true },
  ]);
  at.highlevel.children.edit("tasks", task.id, { isCompleted: "false" });
  await at.advance(1_800_000);
  expect((await kept(at, "narrative")).map(({ isCompleted }) => isCompleted)).toEqual([true, false]);
  expect(await at.troubles()).toEqual([]);
});
