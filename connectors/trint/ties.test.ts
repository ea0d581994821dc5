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

/** Whom a transcript is with, by the ids of the people. */
async function peopleOf({ transcripts, session }: Rig, id: string): Promise<readonly string[]> {
  return (await transcripts.read(session(), id)).people.map(({ externalId }) => externalId);
}

test.each([
  ["an e-mail in its metadata", "metadata", { metadata: '{"email":"Mia@Example.com"}' }],
  ["a bare e-mail as its metadata", "metadata", { metadata: "mia@example.com" }],
  ["a phone in its metadata", "metadata", { metadata: '{"contactPhone":"+44 7700 900123"}' }],
  ["an e-mail in its file name", "email", { title: "visit-2026 mia@example.com.mp3" }],
  ["a full name in its file name", "name", { title: "First visit, MIA LUND.mp3" }],
  ["a speaker of that name", "speaker", { title: "a.mp3", text: "Good morning" }],
] as const)("TI1 a transcript is tied to a person by %s", async (_how, rule, recording) => {
  const rig = await opened({}, { tieBy: [rule] });
  const mia = await rig.person(rule === "speaker" ? { ...MIA, fullName: "Ines Moreau" } : MIA);
  await rig.person({ fullName: "Ben Ode", email: "ben@example.com" });
  const id = rig.record(recording);
  await rig.poll();
  expect(await peopleOf(rig, id)).toEqual([mia]);
});

test("TI1 a transcript is tied to the person whose id stands in its metadata", async () => {
  const rig = await opened();
  const mia = await rig.person(MIA);
  const [bare, named] = [rig.record({ metadata: mia }), rig.record({ metadata: JSON.stringify({ contactId: mia }) })];
  await rig.poll();
  expect([await peopleOf(rig, bare), await peopleOf(rig, named)]).toEqual([[mia], [mia]]);
});

test("TI2 rules that are not in force tie nobody, nor does a key that several share, nor a name of one word", async () => {
  const rig = await opened({}, { tieBy: ["email", "name"] });
  await rig.person(MIA);
  await rig.person({ fullName: "Una", email: "family@example.com" });
  await rig.person({ fullName: "Uno Ode", email: "family@example.com" });
  const ids = [
    rig.record({ title: "a.mp3", metadata: "mia@example.com" }),
    rig.record({ title: "family@example.com.mp3" }),
    rig.record({ title: "Call with Una.mp3" }),
    rig.record({ title: "mia@example.com and ben@example.com.mp3" }),
    rig.record({ title: "Amia Lunda.mp3" }),
  ];
  await rig.poll();
  expect(await Promise.all(ids.map((id) => peopleOf(rig, id)))).toEqual([[], [], [], [], []]);
});

test.each([
  ["metadata", { metadata: "mia@example.com" }],
  ["name", { title: "First visit, Mia Lund.mp3" }],
] as const)(
  "TI3 a person who comes later, or is known by something else later, gets what was there (%s)",
  async (rule, given) => {
    const rig = await opened({}, { tieBy: [rule] });
    const id = rig.record(given);
    await rig.poll();
    const mia = await rig.person({ fullName: "Mia", email: "other@example.com" });
    await rig.poll();
    expect(await peopleOf(rig, id)).toEqual([]);
    const change = (value: string) => ({ kind: "set", value }) as const;
    await rig.contacts.update(live(), mia, { email: change(MIA.email), fullName: change(MIA.fullName) }, {});
    await rig.poll();
    expect(await peopleOf(rig, id)).toEqual([mia]);
    expect(await rig.ofPerson("note", mia)).toHaveLength(1);
  },
);

test("TI4 a tie that a person has undone stays undone, its note goes, and by hand it comes back", async () => {
  const rig = await opened();
  const { transcripts, session } = rig;
  const mia = await rig.person(MIA);
  const id = rig.record({ title: "mia@example.com.mp3" });
  await rig.poll();
  await transcripts.untie(session(), id, mia);
  rig.emulator.control.contacts.edit(id, { title: "mia@example.com again.mp3" });
  await rig.poll();
  expect([await peopleOf(rig, id), await rig.ofPerson("note", mia)]).toEqual([[], []]);
  const { people } = await transcripts.tie(session(), id, mia);
  expect(people).toMatchObject([{ externalId: mia, by: "hand" }]);
  expect(await rig.ofPerson("note", mia)).toHaveLength(1);
});

test("TI4 a transcript can be tied by hand to somebody whom no rule finds, and to nobody who is not there", async () => {
  const rig = await opened();
  const { transcripts, session } = rig;
  const ben = await rig.person({ fullName: "Ben Ode" });
  const id = rig.record({ title: "untold.mp3" });
  await rig.poll();
  await transcripts.tie(session(), id, ben);
  await transcripts.tie(session(), id, ben);
  expect(await peopleOf(rig, id)).toEqual([ben]);
  await expect(transcripts.tie(session(), id, "nobody")).rejects.toMatchObject({ kind: "not_found" });
  await expect(transcripts.tie(session(), "nothing", ben)).rejects.toMatchObject({ kind: "not_found" });
});

test("TI6 a person shows how many transcripts there are, and the latest with its day and page", async () => {
  const rig = await opened();
  const mia = await rig.person(MIA);
  rig.record({ title: "first mia@example.com.mp3" });
  await rig.poll();
  const latest = rig.record({ title: "second mia@example.com.mp3" });
  await rig.poll();
  const shown = async () => {
    const read = await rig.contacts.read(live(), mia);
    return read === "gone" ? "gone" : read.fields;
  };
  expect(await shown()).toMatchObject({
    transcripts: 2,
    transcriptTitle: "second mia@example.com.mp3",
    transcribedOn: "2026-03-06",
    transcriptPage: `https://app.trint.com/editor/${latest}`,
  });
  await rig.transcripts.untie(rig.session(), latest, mia);
  expect(await shown()).toMatchObject({ transcripts: 1, transcriptTitle: "first mia@example.com.mp3" });
});

test("TI20 an e-mail that nobody has becomes a person only where the setting says so", async () => {
  const plain = await opened();
  const open = await opened({}, { unknownBecomePeople: true });
  for (const rig of [plain, open]) {
    rig.record({ metadata: "new@example.com" });
    await rig.poll();
    await rig.poll();
  }
  const emails = async ({ contacts }: Rig) =>
    (await contacts.list(live(), {})).records.map(({ fields }) => [fields.email, fields.transcripts]);
  expect([await emails(plain), await emails(open)]).toEqual([[], [["new@example.com", 1]]]);
});

test("TI21 whoever is deleted takes their ties along, and a transcript stays with the others", async () => {
  const rig = await opened();
  const mia = await rig.person(MIA);
  const ben = await rig.person({ fullName: "Ben Ode" });
  const id = rig.record({ metadata: "mia@example.com" });
  await rig.poll();
  await rig.transcripts.tie(rig.session(), id, ben);
  await rig.contacts.delete(live(), mia);
  await rig.poll();
  expect(await peopleOf(rig, id)).toEqual([ben]);
});
