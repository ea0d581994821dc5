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
