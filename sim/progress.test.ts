import { expect, test } from "vitest";
import { failureLine, progressLine } from "./progress.ts";
import { emptyTally } from "./sweep.ts";

const FAILED = { seed: 7, violation: { oracle: "no edit is lost", findings: ["Ana's city is empty"] } };

test("Z10 a sweep says how far it has come, how fast, what failed, and how long it will take", () => {
  const soFar = { ...emptyTally(), seeds: 250, failures: [FAILED] };
  expect(progressLine(soFar, 1_000, 20_000)).toBe("250 of 1000 seeds, 12.5 a second, 1 failed, 1 min 0 s to go");
  expect(progressLine(soFar, 260, 20_000)).toBe("250 of 260 seeds, 12.5 a second, 1 failed, 1 s to go");
});

test("Z10 a sweep that has only begun promises no time", () => {
  expect(progressLine(emptyTally(), 10, 0)).toBe("0 of 10 seeds, 0.0 a second, 0 failed");
});

test("Z10 a failure names its seed, the promise that is broken, and how", () => {
  expect(failureLine(FAILED)).toBe("FAILED: seed 7 breaks the promise that no edit is lost: Ana's city is empty");
});
