import { describe, expect, test } from "vitest";
import { settled } from "../test/world.ts";
import { BATCH, REST_MS, ROUND_MS, startRetention } from "./retention.ts";

const DAY_MS = 86_400_000;

function scene(prune: () => Promise<number> = async () => 3) {
  const deleted: [string, number, number][] = [];
  const keptDeleted: [string, number, number][] = [];
  const calls: [string, number, number][] = [];
  const logged: string[] = [];
  const waiting = new Map<() => void, number>();
  const stop = startRetention({
    store: {
      workspaces: async () => ["v", "w"].map((id) => ({ id, name: id, isPaused: false, createdAt: 0 })),
      prune: (workspaceId, before, limit) => {
        calls.push([workspaceId, before, limit]);
        return prune();
      },
      pruneTombstones: async (...args) => {
        deleted.push(args);
        return 0;
      },
      books: {
        prune: async (...args) => {
          keptDeleted.push(args);
          return 0;
        },
      },
    },
    clock: {
      now: () => 100 * DAY_MS,
      after: (ms, callback) => {
        waiting.set(callback, ms);
        return () => waiting.delete(callback);
      },
    },
    log: { info: () => {}, warn: (_fields, message) => logged.push(message), error: () => {} },
    keepDays: 30,
    tombstoneDays: 90,
  });
  const ring = async () => {
    for (const [callback] of [...waiting]) {
      waiting.delete(callback);
      callback();
    }
    await settled();
  };
  return { calls, deleted, keptDeleted, logged, waiting, stop, ring };
}

describe("retention", () => {
  test("A40 every hour what is older than the kept days is forgotten, in every workspace", async () => {
    const { calls, waiting, stop, ring } = scene();
    expect([...waiting.values()]).toEqual([ROUND_MS]);
    await ring();
    expect([...waiting.values()]).toEqual([ROUND_MS]);
    await stop();
    expect(calls).toEqual([
      ["v", 70 * DAY_MS, BATCH],
      ["w", 70 * DAY_MS, BATCH],
    ]);
  });

  test("D10 records that were deleted longer ago than they are remembered are forgotten", async () => {
    const { deleted, keptDeleted, stop, ring } = scene();
    await ring();
    await stop();
    expect(keptDeleted).toEqual(deleted);
    expect(deleted).toEqual([
      ["v", 10 * DAY_MS, BATCH],
      ["w", 10 * DAY_MS, BATCH],
    ]);
  });

  test("A40 a round that fails is logged, and the next one comes", async () => {
    const { logged, waiting, stop, ring } = scene(() => Promise.reject(new Error("disk full")));
    await ring();
    expect([...waiting.values()]).toEqual([ROUND_MS]);
    await stop();
    expect(logged).toHaveLength(1);
    expect(waiting.size).toBe(0);
  });

  test("J7 what is forgotten goes in batches with a rest between them, until none is left", async () => {
    const left = [BATCH, BATCH, 1, 0];
    const { calls, waiting, stop, ring } = scene(async () => left.shift() ?? 0);
    await ring();
    expect([calls.length, ...waiting.values()]).toEqual([1, REST_MS]);
    await ring();
    expect([calls.length, ...waiting.values()]).toEqual([2, REST_MS]);
    await ring();
    expect(calls.map(([workspaceId]) => workspaceId)).toEqual(["v", "v", "v", "w"]);
    expect([...waiting.values()]).toEqual([ROUND_MS]);
    await stop();
  });

  test("J7 an end does not wait for what is still to be forgotten", async () => {
    const { calls, waiting, stop, ring } = scene(async () => BATCH);
    await ring();
    await stop();
    expect(calls).toHaveLength(1);
    expect(waiting.size).toBe(0);
  });
});
