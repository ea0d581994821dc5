import { beforeEach, expect, test } from "vitest";
import { idMaker } from "../../model/ids.ts";
import { type HubStore, openStore } from "../../store/index.ts";
import { aSync, NOON } from "../../test/builders.ts";
import { type Books, createBooks } from "./books.ts";

const OF = { workspaceId: "w", connectionId: "trint" };
const NOTE = { resource: "note", externalId: "n", parentId: "p", fields: { body: "Hello" }, origin: "hub" } as const;

let store: HubStore;
let books: Books;
let wakes: string[];
beforeEach(async () => {
  store = openStore("sqlite::memory:");
  await store.migrate();
  wakes = [];
  const now = () => NOON;
  const newId = idMaker(now, () => 0.5);
  books = createBooks({ store, clock: { now }, newId, wake: (workspaceId) => wakes.push(workspaceId) });
  const sides = { left: "highlevel", right: "trint" };
  for (const sync of [
    { id: "contacts", ...sides },
    { id: "notes", ...sides, resource: "note" as const, parent: "contacts" },
    { id: "elsewhere", left: "highlevel", right: "salesmate", resource: "note" as const },
  ]) {
    const { workspaceId: _workspace, version, isPaused, ...config } = aSync(sync);
    await store.putSync({ workspaceId: "w", config, version, isPaused, createdAt: NOON });
  }
});

/** How often each of these keys was marked. */
async function generations(...keys: readonly string[]): Promise<readonly (number | undefined)[]> {
  return Promise.all(keys.map(async (key) => (await store.dueKey("w", key))?.generation));
}

test("HK12 what a person does to a kept record makes it due at once, on that side of each sync of its kind", async () => {
  const book = books.byPerson(OF);
  await book.put(NOTE, { isTold: false });
  const key = "record:notes:right:n";
  expect(await store.dueKey("w", key)).toMatchObject({ syncId: "notes", reason: "person", dueAt: NOON, priority: 0 });
  await book.update("note", "n", { body: { kind: "set", value: "Bye" } }, { isTold: false });
  await book.update("note", "n", { body: { kind: "set", value: "Bye" } });
  await book.delete("note", "n", "hub", { isTold: false });
  expect(await generations(key, "record:elsewhere:right:n", "record:contacts:right:n")).toEqual([
    3,
    undefined,
    undefined,
  ]);
  expect(wakes).toContain("w");
});

test("HK13 what a connector finds out makes its record due; what a sync wrote or a list is about to show does not", async () => {
  const book = books.of(OF);
  await book.put(NOTE, { isTold: false });
  await book.update("note", "n", { body: { kind: "set", value: "Bye" } }, { isTold: false });
  await book.delete("note", "n", "hub", { isTold: false });
  expect(await generations("record:notes:right:n")).toEqual([undefined]);
  await book.put({ ...NOTE, externalId: "m" });
  expect(await store.dueKey("w", "record:notes:right:m")).toMatchObject({ reason: "follow", dueAt: NOON });
});

test("HK13 children that change hands, or go with their parent, have the children of both looked at", async () => {
  const book = books.of(OF);
  await book.put(NOTE, { isTold: false });
  await book.moveChildren("p", "q");
  await book.deleteChildren("q");
  await book.deleteChildren("q");
  expect(await generations("children:notes:right:p", "children:notes:right:q")).toEqual([1, 2]);
});
