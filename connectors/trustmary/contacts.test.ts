import { afterEach, expect, test } from "vitest";
import {
  type CallContext,
  type OpenConnection,
  openConnection,
  PRIORITIES,
  partnerAgent,
  partnerOf,
} from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { TrustmaryOptions } from "../../sandbox/trustmary/index.ts";
import { trustmaryWorld } from "../../test/trustmaryWorld.ts";
import { trustmary } from "./index.ts";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A connection to an emulator with these quirks, beside which the hub keeps its book. */
async function opened(options: TrustmaryOptions = {}, settings: Readonly<Record<string, unknown>> = {}) {
  const world = await trustmaryWorld(options, settings);
  const agent = partnerAgent(4);
  const open: OpenConnection<unknown> = openConnection({
    connector: trustmary,
    connection: world.connection,
    credential: { load: async () => world.credential, store: async () => {} },
    clock: world.clock,
    random: () => 0.5,
    dispatcher: agent,
  }) as OpenConnection<unknown>; // the settings are the connector's own, checked by it
  ends.push(async () => {
    await open.close();
    await agent.destroy();
    await world.close();
  });
  return {
    ...world,
    open,
    contacts: partnerOf(open, "contact"),
    notes: partnerOf(open, "note"),
    tasks: partnerOf(open, "task"),
  };
}

const ANA = { email: "ana@example.com", fullName: "Ana Ruiz", externalId: "hub-1", "custom.plan": "gold" };

function live(): CallContext {
  return { priority: PRIORITIES.live, calls: [] };
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const thrown = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (thrown instanceof Failure) return thrown;
  throw new Error(`a Failure was expected, not ${String(thrown)}`);
}

test("TM1 an e-mail that is changed moves the contact with all that it shows, and nobody is there twice", async () => {
  const { contacts, notes, emulator } = await opened();
  await contacts.create(live(), ANA);
  await notes.create(live(), { body: "<p>Kept</p>" }, "ana@example.com");
  const read = await contacts.read(live(), "ana@example.com");
  if (read === "gone") throw new Error("Ana should be there");
  const moved = await contacts.update(
    live(),
    "ana@example.com",
    { email: { kind: "set", value: "ana@new.example" } },
    read.fields,
  );
  expect(moved).toMatchObject({ externalId: "ana@new.example", fields: { ...ANA, email: "ana@new.example" } });
  expect(emulator.control.contacts.list("").contacts.map(({ fields }) => fields.email)).toEqual(["ana@new.example"]);
  const kept = await notes.list(live(), { parentId: "ana@new.example" });
  expect(kept.records).toMatchObject([{ parentId: "ana@new.example", fields: { body: "<p>Kept</p>" } }]);
});

test.each([
  ["before the new one is made", "POST", "429"],
  ["when the new one is made and the answer is lost", "POST", "drop"],
  ["before the old one is deleted", "DELETE", "429"],
  ["when the old one is deleted and the answer is lost", "DELETE", "drop"],
] as const)(
  "TM2 a change of e-mail that is cut short %s goes on where it is tried again",
  async (_when, method, how) => {
    const { contacts, notes, emulator, breakNext, clock } = await opened();
    await contacts.create(live(), ANA);
    await notes.create(live(), { body: "<p>Kept</p>" }, "ana@example.com");
    const change = () =>
      contacts.update(live(), "ana@example.com", { email: { kind: "set", value: "ana@new.example" } }, ANA);
    breakNext(method, how);
    const failure = await failureOf(change());
    expect(["rate_limited", "unavailable"]).toContain(failure.kind);
    expect(emulator.control.contacts.list("").contacts.length).toBeGreaterThan(0);
    await clock.advance(120_000);
    const isDone = (await contacts.read(live(), "ana@example.com")) === "gone";
    if (!isDone) await change();
    expect(emulator.control.contacts.list("").contacts).toMatchObject([
      { fields: { email: "ana@new.example", eid: "hub-1" } },
    ]);
    expect((await notes.list(live(), { parentId: "ana@new.example" })).records).toHaveLength(1);
  },
);

test("TM3 where the setting leaves e-mails as they are, a changed one is refused in words", async () => {
  const { contacts } = await opened({}, { emailChange: "refuse" });
  await contacts.create(live(), ANA);
  const work = contacts.update(live(), "ana@example.com", { email: { kind: "set", value: "b@x.example" } }, ANA);
  expect(await failureOf(work)).toMatchObject({ kind: "rejected", message: expect.stringContaining("emailChange") });
});

test("TM4 somebody who is there already is found, and not written over", async () => {
  const { contacts, emulator } = await opened();
  emulator.seed([{ fields: { email: "ana@example.com", name: "Ana the elder" } }]);
  expect(await contacts.create(live(), ANA)).toEqual({ kind: "found", externalId: "ana@example.com" });
  expect(emulator.control.contacts.list("").contacts).toMatchObject([{ fields: { name: "Ana the elder" } }]);
});

test("TM5 a contact without an e-mail is refused in words that say what to do", async () => {
  const { contacts } = await opened();
  const failure = await failureOf(contacts.create(live(), { fullName: "Nobody" }));
  expect(failure).toMatchObject({ kind: "rejected", message: expect.stringContaining("Give it one") });
});

test.each([
  ["active", ""],
  ["unsubscribed", true],
  ["complaint", true],
  ["bounce", true],
  ["error", ""],
])("TM6 a contact that is %s says of e-mail: %o", async (status, doNotEmail) => {
  const { contacts, emulator } = await opened();
  emulator.control.contacts.create({ email: "ana@example.com", status });
  expect(await contacts.read(live(), "ana@example.com")).toMatchObject({ fields: { status, doNotEmail } });
});

test("TM7 an address that is changed on Trustmary's own page takes along what the hub keeps", async () => {
  const { contacts, notes, emulator, clock } = await opened();
  await contacts.create(live(), ANA);
  await notes.create(live(), { body: "<p>Kept</p>" }, "ana@example.com");
  await contacts.list(live(), {});
  const [shown] = emulator.control.contacts.list("").contacts;
  emulator.control.contacts.edit(shown?.id ?? "", { email: "ana@new.example" });
  await clock.advance(60_000);
  expect((await contacts.list(live(), {})).records.map(({ externalId }) => externalId)).toEqual(["ana@new.example"]);
  expect((await notes.list(live(), { parentId: "ana@new.example" })).records).toHaveLength(1);
});

test("TM8 custom fields are those that contacts show, and those that the setting names", async () => {
  const { contacts, emulator } = await opened();
  emulator.seed([{ fields: { email: "ana@example.com", field_birthday: "1990-05-01" } }]);
  const custom = (await contacts.describe(live())).filter(({ isCustom }) => isCustom).map(({ key }) => key);
  expect(custom).toEqual(["custom.birthday", "custom.city", "custom.plan"]);
});

test.each(["object", "array"] as const)("TM9 a list is read whether it comes as %s", async (listsAs) => {
  const { contacts, emulator } = await opened({ quirks: { listsAs } });
  emulator.seed([{ fields: { email: "ana@example.com" } }]);
  emulator.answer({ values: { nps: 9, email: "ana@example.com" } });
  expect((await contacts.list(live(), {})).records).toMatchObject([{ fields: { score: 9, answeredOn: "2026-03-06" } }]);
});

test.each([
  ["message", 400, "rejected"],
  ["error", 400, "rejected"],
  ["text", 400, "rejected"],
] as const)(
  "TM10 the words of a refusal are shown, however its body names them (%s)",
  async (errorsAs, _status, kind) => {
    const { contacts } = await opened({ quirks: { errorsAs } });
    const failure = await failureOf(contacts.create(live(), { ...ANA, phone: "600 111" }));
    expect(failure).toMatchObject({
      kind,
      message: expect.stringContaining("phone must be a number with its country code"),
    });
  },
);

test("TM11 a good key under the wrong word is refused with the advice to try the other", async () => {
  const { open } = await opened({ quirks: { keyPrefix: "Bearer" } });
  expect((await failureOf(open.check(live()))).message).toContain("keyPrefix");
  const other = await opened({ quirks: { keyPrefix: "Bearer" } }, { keyPrefix: "Bearer" });
  await other.open.check(live());
});

test("TM12 a key of another organisation than the configured is refused", async () => {
  const { open } = await opened({}, { organizationId: "orgOther" });
  expect(await failureOf(open.check(live()))).toMatchObject({ kind: "misconfigured" });
});

test("TM20 an answer is a note of who gave it, and a low score makes one task, due at a whole minute", async () => {
  const { contacts, notes, tasks, emulator, clock } = await opened();
  await contacts.create(live(), ANA);
  await clock.advance(12_345);
  emulator.answer({ values: { nps: 3, feedback: "Too <late>", email: "Ana@example.com" } });
  emulator.answer({ values: { nps: 9, email: "nobody@example.com" } });
  const { records } = await notes.list(live(), { parentId: "ana@example.com" });
  expect(records).toMatchObject([
    { fields: { title: "After the sale: 3 of 10", body: "<p>Score: 3 of 10</p><p>Feedback: Too &lt;late&gt;</p>" } },
  ]);
  expect((await tasks.list(live(), { parentId: "ana@example.com" })).records).toMatchObject([
    {
      fields: { title: "Follow up: 3 of 10 in After the sale", dueAt: "2026-03-08T12:00:00.000Z", isCompleted: false },
    },
  ]);
  expect(await contacts.read(live(), "ana@example.com")).toMatchObject({
    fields: { score: 3, answeredOn: "2026-03-06" },
  });
});

test("TM21 what people make of such a task and note stays so, deleted ones included", async () => {
  const { contacts, notes, tasks, emulator, clock } = await opened();
  await contacts.create(live(), ANA);
  emulator.answer({ values: { nps: 3, email: "ana@example.com" } });
  emulator.answer({ values: { nps: 2, email: "ana@example.com" } });
  const [first, second] = (await tasks.list(live(), {})).records;
  if (first === undefined || second === undefined) throw new Error("two tasks should be there");
  await tasks.update(
    live(),
    first.externalId,
    { isCompleted: { kind: "set", value: true } },
    first.fields,
    "ana@example.com",
  );
  await tasks.delete(live(), second.externalId, "ana@example.com");
  const [note] = (await notes.list(live(), {})).records;
  await notes.delete(live(), note?.externalId ?? "", "ana@example.com");
  await clock.advance(3_600_000);
  expect((await tasks.list(live(), {})).records).toMatchObject([{ fields: { isCompleted: true } }]);
  expect((await notes.list(live(), {})).records).toHaveLength(1);
});

test("TM22 a note that is an answer cannot be written over", async () => {
  const { contacts, notes, emulator } = await opened();
  await contacts.create(live(), ANA);
  emulator.answer({ values: { nps: 3, email: "ana@example.com" } });
  const [note] = (await notes.list(live(), {})).records;
  const change = { body: { kind: "set", value: "<p>Mine</p>" } } as const;
  const failure = await failureOf(
    notes.update(live(), note?.externalId ?? "", change, note?.fields ?? {}, "ana@example.com"),
  );
  expect(failure.kind).toBe("rejected");
});

test("TM23 surveys without news are not read again, and every one of them once an hour", async () => {
  const { contacts, emulator, clock } = await opened();
  const context = live();
  await contacts.list(live(), {});
  await clock.advance(60_000);
  await contacts.list(context, {});
  expect(context.calls.filter(({ path }) => path.includes("responses"))).toEqual([]);
  emulator.answer({ values: { nps: 9 } });
  await clock.advance(60_000);
  await contacts.list(context, {});
  expect(context.calls.filter(({ path }) => path.includes("responses"))).toHaveLength(1);
  await clock.advance(3_600_000);
  await contacts.list(context, {});
  expect(context.calls.filter(({ path }) => path.includes("responses"))).toHaveLength(4);
});

test("TM24 an answer that was old when it was first seen makes no task", async () => {
  const { contacts, notes, tasks, emulator, clock } = await opened();
  await contacts.create(live(), ANA);
  emulator.answer({ values: { nps: 3, email: "ana@example.com" } });
  await clock.advance(20 * 86_400_000);
  expect((await tasks.list(live(), {})).records).toEqual([]);
  expect((await notes.list(live(), {})).records).toHaveLength(1);
});

const newEmail = (value: string) => ({ email: { kind: "set", value } }) as const;

test("TM25 whose an answer is stays so when their e-mail changes, and what comes by a link to the old one is theirs", async () => {
  const { contacts, notes, emulator, clock } = await opened();
  const { id } = emulator.control.contacts.create({ email: "ana@example.com", name: "Ana Silva" });
  emulator.answer({ contactId: id, values: { nps: 3 } });
  await notes.list(live(), {});
  await contacts.update(live(), "ana@example.com", newEmail("ana@new.example"), ANA);
  emulator.answer({ contactId: id, values: { nps: 9 } });
  await clock.advance(3_600_000);
  const { records } = await notes.list(live(), {});
  expect(records.map(({ parentId }) => parentId)).toEqual(["ana@new.example", "ana@new.example"]);
  expect(await contacts.read(live(), "ana@new.example")).toMatchObject({ fields: { score: 9 } });
});

test("TM25 whoever is there under an old address by then has what is answered under it", async () => {
  const { contacts, notes, emulator, clock } = await opened();
  await contacts.create(live(), ANA);
  await contacts.update(live(), "ana@example.com", newEmail("ana@new.example"), ANA);
  emulator.control.contacts.create({ email: "ana@example.com", name: "Another Ana" });
  await contacts.list(live(), {});
  emulator.answer({ values: { nps: 9, email: "ana@example.com" } });
  await clock.advance(60_000);
  const { records } = await notes.list(live(), {});
  expect(records.map(({ parentId }) => parentId)).toEqual(["ana@example.com"]);
});

test("TM26 an e-mail that somebody else has is refused, naming them, and nobody is written over", async () => {
  const { contacts, emulator } = await opened();
  await contacts.create(live(), ANA);
  await contacts.create(live(), { fullName: "Bo Berg", email: "bo@example.com" });
  const failure = await failureOf(contacts.update(live(), "ana@example.com", newEmail("bo@example.com"), ANA));
  expect(failure).toMatchObject({ kind: "rejected", details: { heldBy: "bo@example.com" } });
  const shown = emulator.control.contacts.list("").contacts.map(({ fields }) => `${fields.name} ${fields.email}`);
  expect(shown.sort()).toEqual(["Ana Ruiz ana@example.com", "Bo Berg bo@example.com"]);
});
