import { expect, test } from "vitest";
import { giveFirms } from "./firms.ts";
import { createHighLevelEmulator } from "./highlevel/index.ts";
import { createSalesmateEmulator } from "./salesmate/index.ts";

test("EP17 some firms are in both products by the same name, others in one of them", async () => {
  const [highlevel, salesmate] = [createHighLevelEmulator(), createSalesmateEmulator()];
  giveFirms("highlevel", highlevel.desks);
  giveFirms("salesmate", salesmate.desks);
  const namesIn = ({ desks }: typeof highlevel | typeof salesmate) =>
    desks.businesses.list().map(({ fields }) => fields.name);
  const [left, right] = [namesIn(highlevel), namesIn(salesmate)];
  expect(left.filter((name) => right.includes(name)).length).toBeGreaterThan(1);
  expect(left.filter((name) => !right.includes(name))).not.toEqual([]);
  expect(right.filter((name) => !left.includes(name))).not.toEqual([]);
  await Promise.all([highlevel.close(), salesmate.close()]);
});
