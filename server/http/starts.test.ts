import { afterEach, beforeEach, expect, test } from "vitest";
import type { Checkpoint } from "../../engine/ports.ts";
import type { SyncConfig } from "../../model/sync.ts";
import { aHalfLink } from "../../test/builders.ts";
import { aHub, aWorkspace, type Scene } from "../scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await aHub();
});
afterEach(() => scene.hub.stop());

async function call(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${scene.hub.listensAt}/api/workspaces/w${path}`, { method, headers, ...sent });
  return { status: response.status, answer: await response.json() };
}

/** Applies the workspace with its sync configured to begin so. */
function apply(start: SyncConfig["start"]) {
  const config = aWorkspace();
  return call("PUT", "", { ...config, syncs: config.syncs.map((sync) => ({ ...sync, start })) });
}

async function store(...checkpoints: readonly Partial<Checkpoint>[]): Promise<void> {
  const lane = await scene.store.takeLane("w", "test", 1);
  const whole = checkpoints.map(
    (some) => ({ syncId: "contacts", side: "left", kind: "start", seen: 3, ...some }) as const,
  );
  await scene.store.apply(
    lane,
    whole.map((checkpoint) => ({ kind: "checkpoint", checkpoint })),
  );
}

/** Both sides read in full and matched. */
const READ = [
  { kind: "backfill", finishedAt: 2 },
  { kind: "backfill", side: "right", finishedAt: 2 },
  { kind: "match", finishedAt: 3 },
] as const;

const WAITING = { mode: "newOnly", isReviewed: false } as const;

test("T10 a sync that waits for its start shows so, and is told when it is applied", async () => {
  const { answer } = await apply(WAITING);
  expect(answer).toMatchObject({ warnings: [expect.stringContaining("nothing is written before you start it")] });
  expect((await call("GET", "/overview")).answer).toMatchObject({
    syncs: [{ phase: "starting", start: { state: "reading", mode: "newOnly" } }],
  });
  await store(...READ);
  expect((await call("GET", "/overview")).answer).toMatchObject({
    syncs: [{ phase: "ready", start: { state: "ready" } }],
  });
});

test("T10 what starting would do is shown for the mode asked for, by page and by kind", async () => {
  await apply(WAITING);
  await store(...READ);
  expect((await call("GET", "/syncs/contacts/preview")).answer).toMatchObject({
    state: "ready",
    mode: "newOnly",
    matched: 3,
    counts: { update: 0 },
  });
  expect((await call("GET", "/syncs/contacts/preview?mode=full")).answer).toMatchObject({ mode: "full" });
  expect((await call("GET", "/syncs/contacts/preview/rows?kind=update")).answer).toEqual({ rows: [], next: "1" });
  expect((await call("GET", "/syncs/contacts/preview/rows?after=1")).answer).toEqual({ rows: [] });
  expect((await call("GET", "/syncs/none/preview")).status).toBe(404);
});

test("T10 starting is refused while the sides are read, and makes the start due after that", async () => {
  await apply(WAITING);
  expect((await call("POST", "/syncs/contacts/begin", {})).status).toBe(409);
  await store(...READ);
  const { answer } = await call("POST", "/syncs/contacts/begin", { mode: "fillEmpty" });
  expect(answer).toMatchObject({ state: "starting", mode: "fillEmpty", isNew: true });
  expect(await scene.store.dueKey("w", "start:contacts:fillEmpty")).toMatchObject({ reason: "person", state: "due" });
});

test("T10 a sync that was started says how, whatever is asked for, and that its mode does nothing any more", async () => {
  await apply(WAITING);
  await store(...READ, { mode: "fillEmpty", startedAt: 4, finishedAt: 5 });
  const { answer } = await call("POST", "/syncs/contacts/begin", { mode: "full" });
  expect(answer).toEqual({ state: "started", mode: "fillEmpty", startedAt: 4, isNew: false });
  expect(await scene.store.dueKey("w", "start:contacts:full")).toBeUndefined();
  expect((await call("GET", "/syncs/contacts/preview?mode=full")).answer).toMatchObject({ mode: "fillEmpty" });
  const applied = await apply({ mode: "full", isReviewed: false });
  expect(applied.answer).toMatchObject({ warnings: [expect.stringContaining("it was started as fillEmpty")] });
});

test("T13 a record that was left alone shows so and is counted apart, and its counterpart can be asked for", async () => {
  await apply(WAITING);
  const lane = await scene.store.takeLane("w", "test", 1);
  const left = aHalfLink("left", { id: "alone", beforeStart: "newOnly" });
  const waits = aHalfLink("right", { id: "waits" });
  await scene.store.apply(
    lane,
    [left, waits].map((link) => ({ kind: "saveLink", link })),
  );
  expect((await call("GET", "/overview")).answer).toMatchObject({ syncs: [{ counts: { half: 2, leftAlone: 1 } }] });
  expect((await call("GET", "/links/alone")).answer).toMatchObject({ state: "half", isLeftAlone: true });
  expect((await call("POST", "/links/waits/decisions", { kind: "new" })).status).toBe(409);
  expect((await call("POST", "/links/alone/decisions", { kind: "new" })).answer).toMatchObject({ key: "new:alone" });
});
