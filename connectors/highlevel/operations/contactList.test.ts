import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bag, type OperationWorld, operationWorld, VERSIONS } from "../../../test/operationWorld.ts";

let world: OperationWorld;
beforeEach(async () => {
  world = await operationWorld(VERSIONS.dated);
  world.emulator.control.contacts.bulk(45, 1);
});
afterEach(() => world.end());

/** The ids of all contacts, page by page. */
async function pages(by: "search" | "list"): Promise<string[][]> {
  const read: string[][] = [];
  let cursor: unknown;
  do {
    const page = await world.run("contact.list", { limit: 20, ...(cursor === undefined ? { by } : { cursor }) });
    expect(page.total).toBe(45);
    read.push((page.contacts as readonly Bag[]).map(({ id }) => String(id)));
    cursor = page.next;
  } while (cursor !== undefined);
  return read;
}

test("HL103 both of HighLevel's lists of contacts give the same pages", async () => {
  const [bySearch, byList] = [await pages("search"), await pages("list")];
  expect(bySearch.map((page) => page.length)).toEqual([20, 20, 5]);
  expect(new Set(bySearch.flat()).size).toBe(45);
  expect(byList.map((page) => page.length)).toEqual([20, 20, 5]);
  expect(new Set(byList.flat())).toEqual(new Set(bySearch.flat()));
});

test.each([
  ["search", "/contacts/search"],
  ["list", "/contacts/"],
] as const)("HL104 contacts are listed by %s where the connection is set so", async (listContactsBy, path) => {
  const set = await operationWorld(VERSIONS.v3, { settings: { listContactsBy } });
  await set.run("contact.list", {});
  expect(set.calls).toMatchObject([{ path, status: 200 }]);
  await set.end();
});

test("HL103 a cursor that no page gave is refused, and nothing is asked", async () => {
  await expect(world.run("contact.list", { cursor: "eyJieSI6ImxpZSJ9" })).rejects.toMatchObject({ kind: "rejected" });
  expect(world.calls).toEqual([]);
});
