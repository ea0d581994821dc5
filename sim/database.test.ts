import { CompiledQuery } from "kysely";
import { expect, test } from "vitest";
import { emptyStore } from "./database.ts";
import { planOf } from "./plan.ts";
import { run } from "./run.ts";

test("Z1 a store that a run has used is empty for the next one", async () => {
  const used = await emptyStore();
  await used.store.putWorkspace({ id: "acme", name: "Acme", createdAt: 1 });
  await used.store.mark("acme", [
    { key: "poll:contacts:left", syncId: "contacts", priority: 2, dueAt: 1, reason: "poll" },
  ]);
  used.giveBack();
  const { store, giveBack } = await emptyStore();
  expect(store).toBe(used.store);
  expect(await store.workspaces()).toEqual([]);
  expect(await store.dueKey("acme", "poll:contacts:left")).toBeUndefined();
  giveBack();
});

test("Z1 a seed plays the same run whatever was played before it", async () => {
  const alone = await run(planOf(3));
  await run(planOf(1));
  expect((await run(planOf(3))).hash).toBe(alone.hash);
});

test("Z1 two runs at once have a store each", async () => {
  const [one, other] = await Promise.all([emptyStore(), emptyStore()]);
  expect(one.store).not.toBe(other.store);
  for (const { giveBack } of [one, other]) giveBack();
  const tables = await one.store.auth.db.executeQuery<{ readonly count: number }>(
    CompiledQuery.raw("select count(*) as count from schema_migrations"),
  );
  expect(tables.rows[0]?.count).toBeGreaterThan(0);
});
