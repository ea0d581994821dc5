import { expect, test } from "vitest";
import type { Effect } from "../../engine/ports.ts";
import { openStore } from "../../store/index.ts";
import { aWorkspace } from "../scene.ts";
import { releaseWaiting } from "./index.ts";

const NOON = Date.UTC(2026, 2, 6, 12);

/** A key that was put off for five minutes after a failure of this kind. */
function putOff(key: string, kind: string, syncId = "contacts"): Effect[] {
  const mark = { key, syncId, priority: 0, dueAt: NOON, reason: "webhook" } as const;
  const error = { kind, message: "Reconnect it.", at: NOON };
  return [
    { kind: "mark", mark },
    { kind: "postpone", key, generation: 1, dueAt: NOON + 300_000, attempts: 0, error },
  ];
}

test("A86 what waits for a connection to be signed in is due at once, and nothing else is", async () => {
  const store = openStore("sqlite::memory:");
  await store.migrate();
  const [config] = aWorkspace().syncs;
  if (config === undefined) throw new Error("the workspace has a sync");
  const row = { workspaceId: "w", version: "1", isPaused: false, createdAt: NOON };
  await store.putSync({ ...row, config });
  await store.putSync({ ...row, config: { ...config, id: "others", left: "three", right: "four" } });
  const lane = await store.takeLane("w", "test", NOON);
  const many = Array.from({ length: 450 }, (_, place) => putOff(`link:refused-${place}`, "unauthorized"));
  await store.apply(lane, [
    ...many.flat(),
    ...putOff("link:lacking", "forbidden"),
    ...putOff("link:slow", "unavailable"),
    ...putOff("link:elsewhere", "unauthorized", "others"),
  ]);
  expect(await releaseWaiting(store, "w", "two", NOON + 1)).toBe(451);
  const due = await store.dueKeys("w", ["contacts", "others"], NOON + 1, 1_000);
  expect(due).toHaveLength(451);
  expect(due.map(({ key }) => key)).not.toEqual(expect.arrayContaining(["link:slow"]));
  expect(due.every(({ syncId }) => syncId === "contacts")).toBe(true);
  await store.close();
});
