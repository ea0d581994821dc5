import { expect, test } from "vitest";
import { Failure } from "../../model/errors.ts";
import { NOON } from "../../test/builders.ts";
import { afterFailure, LONGEST_WAIT_MS } from "./backoff.ts";

const LOWEST = () => 0;
const HIGHEST = () => 1;

test("Q5: being asked to slow down waits until the time given and counts no attempt", () => {
  const failure = new Failure("rate_limited", "slow down", { retryAt: NOON + 4_000 });
  expect(afterFailure(failure, 3, NOON, LOWEST)).toEqual({ kind: "wait", ms: 4_000, countsAttempt: false });
  expect(afterFailure(failure, 3, NOON + 5_000, LOWEST)).toEqual({ kind: "wait", ms: 0, countsAttempt: false });
});

test("Q5: without a time given the wait is short", () => {
  const verdict = afterFailure(new Failure("rate_limited", "slow down"), 0, NOON, LOWEST);
  expect(verdict).toEqual({ kind: "wait", ms: 1_000, countsAttempt: false });
});

test("Q6: an unavailable partner is waited for twice as long each time, up to a limit, with jitter", () => {
  const failure = new Failure("unavailable", "no answer");
  const waits = [0, 1, 2, 3, 14].map((attempts) => {
    const [low, high] = [LOWEST, HIGHEST].map((random) => afterFailure(failure, attempts, NOON, random));
    return [low, high].map((verdict) => (verdict?.kind === "wait" && verdict.countsAttempt ? verdict.ms : undefined));
  });
  expect(waits).toEqual([
    [500, 1_000],
    [1_000, 2_000],
    [2_000, 4_000],
    [4_000, 8_000],
    [LONGEST_WAIT_MS / 2, LONGEST_WAIT_MS],
  ]);
});

test("Q6: an outage of any length sets nothing aside", () => {
  const failure = new Failure("unavailable", "no answer");
  for (const attempts of [16, 1_000, 100_000]) {
    expect(afterFailure(failure, attempts, NOON, HIGHEST)).toEqual({
      kind: "wait",
      ms: LONGEST_WAIT_MS,
      countsAttempt: true,
    });
  }
});

test.each(["unauthorized", "forbidden", "misconfigured"] as const)("Q7: %s waits without counting", (kind) => {
  for (const attempts of [0, 100]) {
    expect(afterFailure(new Failure(kind, "no"), attempts, NOON, () => 0.5)).toEqual({
      kind: "wait",
      ms: 30_000,
      countsAttempt: false,
    });
  }
});

test.each(["rejected", "bug"] as const)("Q8: %s is set aside at once", (kind) => {
  expect(afterFailure(new Failure(kind, "no"), 0, NOON, LOWEST)).toEqual({ kind: "bury" });
});

test.each(["conflict", "not_found"] as const)("Q6: %s is looked at again at once, and a few times more", (kind) => {
  const failure = new Failure(kind, "moved underfoot");
  expect(afterFailure(failure, 0, NOON, LOWEST)).toEqual({ kind: "wait", ms: 0, countsAttempt: true });
  expect(afterFailure(failure, 3, NOON, LOWEST)).toEqual({ kind: "wait", ms: 750, countsAttempt: true });
  expect(afterFailure(failure, 7, NOON, LOWEST)).toEqual({ kind: "bury" });
});
