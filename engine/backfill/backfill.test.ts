import { expect, test } from "vitest";
import { aContact } from "../../test/builders.ts";
import { aRunningWorld, aWorld } from "../../test/world.ts";

const PEOPLE = Array.from({ length: 25 }, (_, place) =>
  aContact({ firstName: `Ana${place}`, email: `ana${place}@example.com`, phone: `+1201555${String(1000 + place)}` }),
);

test("L1: the first reading lists both sides in full and links equal pairs", async () => {
  const world = await aRunningWorld({}, { left: PEOPLE, right: PEOPLE });
  const links = await world.links();
  expect(links).toHaveLength(25);
  expect(new Set(links.map((link) => link.state))).toEqual(new Set(["linked"]));
  for (const link of links) expect(link.left?.externalId.slice(1)).toBe(link.right?.externalId.slice(1));
});

test("L3: records that agree in full cost no call but the pages they stood on", async () => {
  const world = await aWorld({ left: { pageSize: 10 }, right: { pageSize: 10 } });
  for (const person of PEOPLE) {
    world.left.add(person);
    world.right.add(person);
  }
  await world.open();
  for (const partner of [world.left, world.right]) {
    const lists = partner.callsOf("list").filter((call) => call.query?.since === undefined);
    expect(lists).toHaveLength(3);
    expect(partner.callsOf("read", "find", "create", "update", "delete")).toEqual([]);
  }
});
