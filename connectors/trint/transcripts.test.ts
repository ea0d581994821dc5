import { afterEach, expect, test } from "vitest";
import { live, openTrint } from "../../test/trintRig.ts";

type Rig = Awaited<ReturnType<typeof openTrint>>;

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function opened(...given: Parameters<typeof openTrint>): Promise<Rig> {
  const rig = await openTrint(...given);
  ends.push(rig.close);
  return rig;
}

const MIA = { fullName: "Mia Lund", email: "mia@example.com", phone: "+447700900123" };
const VISIT = {
  title: "Visit mia@example.com.mp3",
  text: "Good morning\nThe tiles are cracked\nTo do: ring the builder",
};

test("TI5 a finished transcript is one note of each of its people: title, first lines and link, and nobody can change it", async () => {
  const rig = await opened({}, { noteLines: 2 });
  const mia = await rig.person(MIA);
  const id = rig.record(VISIT);
  await rig.contacts.list(live(), {});
  expect(await rig.ofPerson("note", mia)).toEqual([]);
  await rig.poll();
  await rig.poll();
  const body = `<p>Ines Moreau: Good morning</p><p>The tiles are cracked</p><p>https://app.trint.com/editor/${id}</p>`;
  expect(await rig.ofPerson("note", mia)).toEqual([{ title: `Transcript: ${VISIT.title}`, body }]);
  const [note] = (await rig.notes.list(live(), { parentId: mia })).records;
  const change = { title: { kind: "set", value: "Mine" } } as const;
  await expect(rig.notes.update(live(), note?.externalId ?? "", change, {})).rejects.toMatchObject({
    kind: "rejected",
  });
});

test("TI5 a new version, told of by a callback, changes the note", async () => {
  const rig = await opened();
  const mia = await rig.person(MIA);
  const id = rig.record(VISIT);
  await rig.poll();
  rig.emulator.control.contacts.edit(id, { text: "Good evening" });
  expect(await rig.notes.read(live(), id)).toBe("gone");
  expect(await rig.ofPerson("note", mia)).toMatchObject([{ body: expect.stringContaining("Good evening") }]);
});

test("TI7 lines that begin as the setting says become tasks of the first person, once, and stay as people left them", async () => {
  const rig = await opened({}, { taskLines: ["To do"], taskDays: 3 });
  const mia = await rig.person(MIA);
  const id = rig.record({ ...VISIT, text: `${VISIT.text}\n- to do:  send the quote\nTodo: nothing\nTo do:` });
  await rig.poll();
  const [first, second] = (await rig.tasks.list(live(), { parentId: mia })).records;
  expect(first?.fields).toMatchObject({
    title: "ring the builder",
    dueAt: "2026-03-09T12:00:00.000Z",
    isCompleted: false,
    body: expect.stringContaining(VISIT.title),
  });
  await rig.tasks.update(live(), first?.externalId ?? "", { title: { kind: "set", value: "ring Ode" } }, {});
  await rig.tasks.delete(live(), second?.externalId ?? "");
  rig.emulator.control.contacts.edit(id, { text: `${VISIT.text}\nTo do: send the quote\nTo do: measure` });
  await rig.poll();
  expect((await rig.ofPerson("task", mia)).map(({ title }) => title).sort()).toEqual(["measure", "ring Ode"]);
});

test("TI22 a recording that was old when it was first read makes no task, but its note", async () => {
  const rig = await opened({}, { taskLines: ["To do"] });
  rig.emulator.seed([{ fields: VISIT, createdAt: rig.clock.now() - 15 * 86_400_000 }]);
  const mia = await rig.person(MIA);
  await rig.poll();
  expect(await rig.ofPerson("task", mia)).toEqual([]);
  expect(await rig.ofPerson("note", mia)).toHaveLength(1);
});

test("TI7 unless the setting names words no line is a task", async () => {
  const rig = await opened();
  const mia = await rig.person(MIA);
  rig.record(VISIT);
  await rig.poll();
  expect(await rig.ofPerson("task", mia)).toEqual([]);
});

const DONE = { isCompleted: { kind: "set", value: true } } as const;
const OPEN = { isCompleted: { kind: "set", value: false } } as const;

test("TI8 a task that is completed or opened again writes one narrative note, however often it is said", async () => {
  const rig = await opened();
  const mia = await rig.person(MIA);
  const id = rig.record(VISIT);
  await rig.poll();
  const { externalId } = await rig.tasks.create(live(), { title: "Call back", isCompleted: false }, mia);
  await rig.tasks.update(live(), externalId, DONE, {});
  await rig.tasks.update(live(), externalId, DONE, {});
  await rig.tasks.update(live(), externalId, { title: { kind: "set", value: "Ring" } }, {});
  await rig.tasks.update(live(), externalId, OPEN, {});
  const { people } = await rig.transcripts.read(rig.session(), id);
  expect(people[0]?.narrativeNotes.map(({ body }) => body)).toEqual([
    "Task “Call back” was completed on 6 March 2026, 12:01 UTC.",
    "Task “Ring” was opened again on 6 March 2026, 12:01 UTC.",
  ]);
});

test("TI8 a change that was cut short after its narrative note and is made again writes no second", async () => {
  const rig = await opened();
  const mia = await rig.person(MIA);
  const { externalId } = await rig.tasks.create(live(), { title: "Call back" }, mia);
  const bad = { ...DONE, nothing: { kind: "clear" } } as const;
  await expect(rig.tasks.update(live(), externalId, bad, {})).rejects.toMatchObject({ kind: "misconfigured" });
  await rig.tasks.update(live(), externalId, DONE, {});
  expect((await rig.session().book.list("narrative", { parentId: mia })).records).toHaveLength(1);
});

test("TI8 where the setting is off no narrative note is written", async () => {
  const rig = await opened({}, { narrativeNotes: false });
  const mia = await rig.person(MIA);
  const { externalId } = await rig.tasks.create(live(), { title: "Call back" }, mia);
  await rig.tasks.update(live(), externalId, DONE, {});
  expect((await rig.session().book.list("narrative", { parentId: mia })).records).toEqual([]);
});

test.each(["newest", "oldest"] as const)(
  "TI9 what is new is found, and what is gone goes, however the list is ordered (%s first)",
  async (listOrder) => {
    const rig = await opened({ quirks: { listOrder } });
    const { emulator, session, transcripts } = rig;
    const mia = await rig.person(MIA);
    const old = { fields: { title: "old.mp3" } };
    emulator.seed(Array.from({ length: 350 }, (_, place) => ({ ...old, createdAt: place * 1_000 })));
    await rig.poll();
    const id = rig.record(VISIT);
    await rig.poll();
    expect(await rig.ofPerson("note", mia)).toHaveLength(1);
    emulator.control.contacts.remove(id);
    await rig.clock.advance(3_600_000);
    await rig.poll();
    await expect(transcripts.read(session(), id)).rejects.toMatchObject({ kind: "not_found" });
    expect(await rig.ofPerson("note", mia)).toEqual([]);
    expect(await rig.contacts.read(live(), mia)).toMatchObject({ fields: { transcripts: "", transcriptTitle: "" } });
  },
);

test("TI9 a short look at a long list ends after two pages without news", async () => {
  const rig = await opened();
  rig.emulator.seed(Array.from({ length: 950 }, (_, at) => ({ fields: { title: "a.mp3" }, createdAt: at })));
  await rig.poll();
  await rig.clock.advance(60_000);
  const context = live();
  await rig.contacts.list(context, {});
  expect(context.calls.filter(({ path }) => path === "/transcripts/")).toHaveLength(2);
});

test("TI10 a transcript whose file can not be read, though its words can, is not taken for gone", async () => {
  const rig = await opened({ quirks: { readsFile: false } });
  const id = rig.record(VISIT);
  await rig.poll();
  await rig.notes.read(live(), id);
  expect(await rig.transcripts.read(rig.session(), id)).toMatchObject({ id });
});

test("TI11 a transcript without words is being transcribed, and after a day has failed", async () => {
  const rig = await opened({ quirks: { takesMs: 3 * 86_400_000 } });
  await rig.person(MIA);
  const id = rig.record(VISIT);
  const stateNow = async () => (await rig.transcripts.read(rig.session(), id)).state;
  await rig.contacts.list(live(), {});
  expect(await stateNow()).toBe("transcribing");
  await rig.clock.advance(86_400_001);
  await rig.poll();
  expect(await stateNow()).toBe("failed");
});

test("TI12 a transcript is shown, and exported, with the contact details, key notes, narrative notes and tasks of its people", async () => {
  const rig = await opened({}, { keyNotesWith: "#key" });
  const mia = await rig.person(MIA);
  const id = rig.record(VISIT);
  await rig.poll();
  await rig.notes.create(live(), { title: "Tiles", body: "<p>Likes blue. #key</p>" }, mia);
  await rig.notes.create(live(), { title: "Parking", body: "<p>Behind the house</p>" }, mia);
  const { externalId } = await rig.tasks.create(live(), { title: "Call back", dueAt: "2026-04-01T10:00:00.000Z" }, mia);
  await rig.tasks.update(live(), externalId, DONE, {});
  const exported = await rig.transcripts.export(rig.session(), id);
  expect(exported).toMatchObject({
    ...{ id, title: VISIT.title, state: "ready", pageUrl: `https://app.trint.com/editor/${id}` },
    text: `Ines Moreau: ${VISIT.text}`,
    people: [
      {
        ...{ name: "Mia Lund", email: "mia@example.com", phone: "+447700900123", by: "email" },
        keyNotes: [{ title: "Tiles", body: "<p>Likes blue. #key</p>" }],
        narrativeNotes: [{ body: expect.stringContaining("“Call back” was completed") }],
        tasks: [{ title: "Call back", dueAt: "2026-04-01T10:00:00.000Z", isCompleted: true }],
      },
    ],
  });
  const { text: _text, ...rest } = exported;
  expect(await rig.transcripts.read(rig.session(), id)).toEqual(rest);
  const { transcripts, total } = await rig.transcripts.list(rig.session(), { text: "VISIT", offset: 0, limit: 5 });
  expect([total, transcripts]).toMatchObject([1, [{ id, people: [{ externalId: mia, name: "Mia Lund" }] }]]);
});

test("TI12 what is still being transcribed can not be exported, and says so", async () => {
  const rig = await opened();
  const id = rig.record(VISIT);
  await rig.contacts.list(live(), {});
  await expect(rig.transcripts.export(rig.session(), id)).rejects.toThrow("still transcribing");
});
