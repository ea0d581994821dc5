import { expect, test } from "vitest";
import { Failure } from "../model/errors.ts";
import { groupCommit, type MakeScript, newTransaction } from "./groupCommit.ts";
import type { Script } from "./script.ts";

/** A transaction that is committed by the test, and what it was asked to play. */
function aDatabase() {
  const groups: string[][] = [];
  const pauses: (() => void)[] = [];
  const transact = async (scripts: readonly MakeScript<unknown>[]) => {
    const group: string[] = [];
    groups.push(group);
    const results = scripts.map((script) => {
      const step = script(newTransaction()).next();
      if (!step.done) throw new Error("these scripts ask nothing");
      group.push(String(step.value));
      return step.value;
    });
    await new Promise<void>((resolve) => pauses.push(resolve));
    return results;
  };
  const commit = async () => {
    while (pauses.length === 0) await Promise.resolve();
    pauses.shift()?.();
  };
  return { groups, transact, commit };
}

const atOnce = async () => {};

function script(name: string, failure?: Error): MakeScript<string> {
  // biome-ignore lint/correctness/useYield: a script that asks nothing of the database.
  return function* (): Script<string> {
    if (failure !== undefined) throw failure;
    return name;
  };
}

test("S34 what arrives while a commit is running shares the next one", async () => {
  const { groups, transact, commit } = aDatabase();
  const submit = groupCommit(transact, atOnce);
  const first = submit(script("first"));
  while (groups.length === 0) await Promise.resolve();
  const others = ["second", "third", "fourth"].map((name) => submit(script(name)));
  await commit();
  expect(await first).toBe("first");
  await commit();
  expect(await Promise.all(others)).toEqual(["second", "third", "fourth"]);
  expect(groups).toEqual([["first"], ["second", "third", "fourth"]]);
});

test("S34 a group has a bound, and what is over waits for the next", async () => {
  const { groups, transact, commit } = aDatabase();
  const submit = groupCommit(transact, atOnce, 2);
  const all = Promise.all(["1", "2", "3"].map((name) => submit(script(name))));
  await commit();
  await commit();
  expect(await all).toEqual(["1", "2", "3"]);
  expect(groups).toEqual([["1", "2"], ["3"]]);
});

test("S5 when a member fails, each is played alone and only that one is rejected", async () => {
  const { transact, commit } = aDatabase();
  const submit = groupCommit(transact, atOnce);
  const failure = new Failure("conflict", "another process took over");
  const outcomes = Promise.allSettled([
    submit(script("before")),
    submit(script("broken", failure)),
    submit(script("after")),
  ]);
  await commit();
  await commit();
  expect(await outcomes).toEqual([
    { status: "fulfilled", value: "before" },
    { status: "rejected", reason: failure },
    { status: "fulfilled", value: "after" },
  ]);
});

test("S35 a database that is not available rejects the whole group at once, and the next group is tried", async () => {
  let attempts = 0;
  const submit = groupCommit(async (scripts) => {
    attempts += 1;
    if (attempts === 1) throw new Failure("unavailable", "the disk is full");
    return scripts.map(() => "stored");
  }, atOnce);
  const outcomes = await Promise.allSettled([submit(script("one")), submit(script("two"))]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(attempts).toBe(1);
  expect(await submit(script("three"))).toBe("stored");
});
