import { expect, test } from "vitest";
import { aContact } from "../test/builders.ts";
import { aWorld } from "../test/world.ts";

test("N4 a phone without a country code is read in the country that the account says", async () => {
  const world = await aWorld({ left: { country: "US", accountCountry: "PT" }, right: { country: "US" } });
  const left = world.left.add(aContact({ email: "", phone: "912 345 678" }));
  const right = world.right.add(aContact({ email: "", phone: "+351912345678" }));
  await world.open();
  await world.advance(5_000);
  expect((await world.linkOf("left", left)).right?.externalId).toBe(right);
  expect(world.writes()).toEqual([]);
});
