import { describe, expect, test } from "vitest";
import { ROUND_MS, startRetention } from "./retention.ts";

const DAY_MS = 86_400_000;

function scene(prune: () => Promise<number> = async () => 3) {
  const calls: [string, number][] = [];
  const logged: string[] = [];
  const waiting = new Map<() => void, number>();
  const stop = startRetention({
    store: {
      workspaces: async () => ["v", "w"].map((id) => ({ id, name: id, createdAt: 0 })),
      prune: (workspaceId, before) => {
        calls.push([workspaceId, before]);
        return prune();
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
  });
  const ring = () => {
    for (const [callback] of [...waiting]) {
      waiting.delete(callback);
      callback();
    }
  };
  return { calls, logged, waiting, stop, ring };
}

describe("retention", () => {
  test("A40 every hour what is older than the kept days is forgotten, in every workspace", async () => {
    const { calls, waiting, stop, ring } = scene();
    expect([...waiting.values()]).toEqual([ROUND_MS]);
    ring();
    await stop();
    expect(calls).toEqual([
      ["v", 70 * DAY_MS],
      ["w", 70 * DAY_MS],
    ]);
  });

  test("A40 a round that fails is logged, and the next one comes", async () => {
    const { logged, waiting, stop, ring } = scene(() => Promise.reject(new Error("disk full")));
    ring();
    expect(waiting.size).toBe(1);
    await stop();
    expect(logged).toHaveLength(1);
    expect(waiting.size).toBe(0);
  });
});
