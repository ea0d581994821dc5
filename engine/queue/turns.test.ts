import { expect, test } from "vitest";
import { takeTurns } from "./turns.ts";

test("Q3: those who name the same pass one after another, in the order they came", async () => {
  const turns = takeTurns();
  const steps: string[] = [];
  const walk = (who: string) => async (): Promise<void> => {
    steps.push(`${who} enters`);
    await Promise.resolve();
    steps.push(`${who} leaves`);
  };
  await Promise.all(["one", "two", "three"].map((who) => turns.take("door", walk(who))));
  expect(steps).toEqual(["one", "two", "three"].flatMap((who) => [`${who} enters`, `${who} leaves`]));
});

test("Q3: those who name another do not wait", async () => {
  const turns = takeTurns();
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = turns.take("door", () => promise);
  expect(await turns.take("window", async () => "through")).toBe("through");
  resolve();
  await slow;
});

test("Q3: one who stumbles lets the next pass, and hears of it alone", async () => {
  const turns = takeTurns();
  const first = turns.take("door", () => Promise.reject(new Error("stumbled")));
  const second = turns.take("door", async () => "through");
  await expect(first).rejects.toThrow("stumbled");
  expect(await second).toBe("through");
});

test("Q21: who looks ahead is told of turns that ended since, and of no others", async () => {
  const turns = takeTurns();
  await turns.take("door", async () => undefined);
  const isUntouched = turns.lookAhead();
  await turns.take("window", async () => undefined);
  const asked = ["door", "window"].map((name) => turns.take(name, async () => isUntouched(name)));
  expect(await Promise.all(asked)).toEqual([true, false]);
});

test("Q21: of two who look ahead at once, the second is told of the first", async () => {
  const turns = takeTurns();
  const walk = () => {
    const isUntouched = turns.lookAhead();
    return turns.take("door", async () => isUntouched("door"));
  };
  expect(await Promise.all([walk(), walk()])).toEqual([true, false]);
});

test("Q21: who looked ahead so long ago that nobody remembers is told to look again", async () => {
  const turns = takeTurns();
  const isUntouched = turns.lookAhead();
  for (let place = 0; place < 2_500; place += 1) await turns.take(`door ${place}`, async () => undefined);
  expect(isUntouched("window")).toBe(false);
  expect(turns.lookAhead()("window")).toBe(true);
});
