import { expect, test } from "vitest";
import type { ConnectionRegistry } from "./connections/index.ts";
import { endWork, STOP_GRACE_MS, type Work } from "./work.ts";

test("A41 a hub that stops refuses calls that wait, after a grace and until its lanes have ended", async () => {
  const waiting: { ms: number; callback: () => void }[] = [];
  const clock = {
    now: () => 0,
    after: (ms: number, callback: () => void) => {
      const entry = { ms, callback };
      waiting.push(entry);
      return () => waiting.splice(waiting.indexOf(entry), 1);
    },
  };
  const told: string[] = [];
  let endLanes = () => {};
  const lanesEnded = new Promise<void>((resolve) => {
    endLanes = resolve;
  });
  const registry: Partial<ConnectionRegistry> = {
    refuseWaiting: () => told.push("refuse"),
    close: async () => void told.push("close"),
  };
  // Ending touches only these parts of the work.
  const work = { lanes: { stop: () => lanesEnded }, registry } as unknown as Work;
  const ended = endWork({ clock }, work);
  expect(waiting.map(({ ms }) => ms)).toEqual([STOP_GRACE_MS]);
  waiting.shift()?.callback();
  waiting.shift()?.callback();
  expect(told).toEqual(["refuse", "refuse"]);
  endLanes();
  await ended;
  expect(told).toEqual(["refuse", "refuse", "close"]);
  expect(waiting).toEqual([]);
});
