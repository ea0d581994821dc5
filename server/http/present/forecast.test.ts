import { expect, test } from "vitest";
import { type ForecastFrom, forecastOf } from "./forecast.ts";

const HOUR = 3_600_000;

const BURST = { name: "burst", requests: 100, perMs: 10_000, used: 0, waiting: 0 };
const HOURLY = { name: "hourly", requests: 1_000, perMs: HOUR, used: 0, waiting: 0 };
const CRM = { id: "crm", isPaused: false, status: "working" as const, allowances: [BURST] };
const DESK = { id: "desk", isPaused: false, status: "working" as const, allowances: [HOURLY] };

type OneSync = ForecastFrom["syncs"][number];

/** A sync amid its first reading: 1,000 of 4,000 read on the left, all 1,000 on the right. */
function aSync(different: Partial<OneSync> = {}): OneSync {
  return {
    left: "crm",
    right: "desk",
    isPaused: false,
    phase: "starting",
    progress: [
      { side: "left", kind: "backfill", seen: 1_000, total: 4_000 },
      { side: "right", kind: "backfill", seen: 1_000, finishedAt: 7 },
    ],
    ...different,
  };
}

function from(different: Partial<ForecastFrom> = {}): ForecastFrom {
  return { connections: [CRM, DESK], syncs: [aSync()], waiting: 0, ...different };
}

test("B18 amid the first reading, the reading and all that may follow from it are told", () => {
  // 12 to 60 pages fit into what is free. On the right 3,000 are to be created at least: 900 fit now, and the rest takes
  // another two hours and a third. At worst all 5,000 take three calls each.
  expect(forecastOf(from())).toEqual({
    reading: { soonestMs: 0, latestMs: 0 },
    whole: { soonestMs: (2_100 / 900) * HOUR, latestMs: Math.ceil((15_000 - 900) / 900) * HOUR },
  });
});

test("B18 when both sides have been read, what is due decides", () => {
  const syncs = [aSync({ phase: "running", progress: [] })];
  expect(forecastOf(from({ syncs, waiting: 3_600 }))).toEqual({
    whole: { soonestMs: HOUR, latestMs: 11 * HOUR },
  });
});

test("B18 what two syncs need of one connection adds up", () => {
  const both = forecastOf(from({ syncs: [aSync(), aSync()] }));
  expect(both?.whole.soonestMs).toBe((5_100 / 900) * HOUR);
});

test("B18 without a first reading and with little due there is nothing to forecast", () => {
  expect(forecastOf(from({ syncs: [aSync({ phase: "running" })], waiting: 49 }))).toBeUndefined();
  expect(forecastOf(from({ syncs: [aSync({ phase: "paused" })] }))).toBeUndefined();
});

test("B18 nothing is forecast that nobody can know", () => {
  expect(forecastOf(from({ syncs: [aSync({ progress: [] })] }))).toBeUndefined();
  expect(forecastOf(from({ connections: [{ ...CRM, isPaused: true }, DESK] }))).toBeUndefined();
  expect(forecastOf(from({ connections: [CRM, { ...DESK, status: "broken" }] }))).toBeUndefined();
});

test("B18 nothing is told while everything is paused, however much waits", () => {
  const syncs = [aSync({ phase: "paused", isPaused: true }), aSync({ phase: "paused" })];
  expect(forecastOf(from({ syncs, waiting: 1_000 }))).toBeUndefined();
});
