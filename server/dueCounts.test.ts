import { expect, test } from "vitest";
import { affordableCounts } from "./dueCounts.ts";

/** Counts that take as long as is said, under a clock that only they move. */
function scene() {
  let now = 0;
  let asked = 0;
  const finish: ((outcome: "answered" | "failed") => void)[] = [];
  const count = affordableCounts(
    () => {
      asked += 1;
      const waiting = asked;
      return new Promise((resolve, reject) =>
        finish.push((outcome) =>
          outcome === "answered" ? resolve({ waiting, retrying: 0, dead: 0 }) : reject(new Error("the disk is full")),
        ),
      );
    },
    { now: () => now },
  );
  return {
    count: (workspaceId = "w") => count(workspaceId, now),
    pass: (ms: number) => {
      now += ms;
    },
    finish: (outcome: "answered" | "failed" = "answered") => finish.shift()?.(outcome),
    asked: () => asked,
  };
}

test("S63 a count that took long stands for fifty times as long, and is shared while it is made", async () => {
  const { count, pass, finish, asked } = scene();
  const both = [count(), count()];
  pass(200);
  finish();
  expect((await Promise.all(both)).map(({ waiting }) => waiting)).toEqual([1, 1]);
  pass(9_999);
  expect(await count()).toMatchObject({ waiting: 1 });
  pass(1);
  const next = count();
  finish();
  expect(await next).toMatchObject({ waiting: 2 });
  expect(asked()).toBe(2);
});

test("S63 a count that took no time is made anew each time, for each workspace by itself, and after a failure", async () => {
  const { count, pass, finish, asked } = scene();
  for (const workspaceId of ["w", "w", "v"]) {
    const counted = count(workspaceId);
    finish();
    await counted;
  }
  expect(asked()).toBe(3);
  const failing = count();
  pass(1_000);
  finish("failed");
  await expect(failing).rejects.toThrow("the disk is full");
  const again = count();
  finish();
  expect(await again).toMatchObject({ waiting: 5 });
});
