import fc from "fast-check";
import { expect, test } from "vitest";
import type { DueMark, Effect } from "../../engine/ports.ts";
import { aCheckpoint, aDueKey, anIntent, NOON } from "../../test/builders.ts";
import type { Subject } from "../conformance.ts";

const KEY = "link:link-1";
const SYNCS = ["contacts"];

function aMark(mark: Partial<DueMark> = {}): DueMark {
  return { key: KEY, syncId: "contacts", priority: 0, dueAt: NOON, reason: "webhook", ...mark };
}

const marking = (mark: Partial<DueMark> = {}): Effect => ({ kind: "mark", mark: aMark(mark) });
const ERROR = { kind: "unavailable", message: "Salesmate did not answer.", at: NOON + 5 };

/** Rules about due keys, intents and checkpoints. */
export function describeDueKeys(subject: Subject): void {
  describeMerging(subject);
  describeWorkingOff(subject);
  describeQueue(subject);
  describeSyncs(subject);
  describeTrouble(subject);
  describeIntents(subject);
  describeCheckpoints(subject);
}

const anyMark = fc.record({
  key: fc.constant(KEY),
  syncId: fc.constant("contacts"),
  priority: fc.constantFrom(0, 1, 2, 3, 4),
  dueAt: fc.integer({ min: NOON, max: NOON + 5 }),
  reason: fc.constantFrom("webhook", "poll", "backfill", "person", "follow"),
} as const);

function describeMerging({ store, lane }: Subject): void {
  test("S11 marks merge to the same due key in whatever order they come, alone or together", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(anyMark, { minLength: 1, maxLength: 6 })
          .chain((marks) => fc.tuple(fc.constant(marks), fc.shuffledSubarray(marks, { minLength: marks.length }))),
        async ([marks, shuffled]) => {
          const [one, other] = [await lane(), await lane()];
          for (const mark of marks) await store().mark(one.workspaceId, [mark]);
          await store().mark(other.workspaceId, shuffled);
          const merged = await store().dueKey(one.workspaceId, KEY);
          expect(await store().dueKey(other.workspaceId, KEY)).toEqual(merged);
          expect(merged).toMatchObject({
            priority: Math.min(...marks.map(({ priority }) => priority)),
            dueAt: Math.min(...marks.map(({ dueAt }) => dueAt)),
            generation: marks.length,
            state: "due",
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  test("S11 the reason kept is that of the most urgent mark", async () => {
    const { workspaceId } = await lane();
    await store().mark(workspaceId, [aMark({ priority: 3, reason: "backfill" }), aMark({ priority: 0 })]);
    await store().mark(workspaceId, [aMark({ priority: 4, reason: "sweep" })]);
    expect(await store().dueKey(workspaceId, KEY)).toMatchObject({ priority: 0, reason: "webhook" });
  });

  test("S59 edits that settle are due when quiet, at the latest when the first says, whatever order marks come in", async () => {
    const someMark = fc.record({
      dueAt: fc.integer({ min: NOON, max: NOON + 90 }),
      settleMs: fc.constantFrom(0, 0, 3, 10),
    });
    const marks = fc.array(someMark, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(marks, async (given) => {
        const { workspaceId } = await lane();
        for (const mark of given) await store().mark(workspaceId, [aMark(mark)]);
        const plain = given.filter(({ settleMs }) => settleMs === 0).map(({ dueAt }) => dueAt);
        const edits = given.filter(({ settleMs }) => settleMs > 0);
        const quiet = Math.max(...edits.map(({ dueAt, settleMs }) => dueAt + settleMs));
        const cap = Math.min(...edits.map(({ dueAt, settleMs }) => dueAt + 10 * settleMs));
        const settled = edits.length === 0 ? Number.POSITIVE_INFINITY : Math.min(quiet, cap);
        const due = await store().dueKey(workspaceId, KEY);
        expect(due).toMatchObject({ dueAt: Math.min(...plain, settled), generation: given.length });
        expect(due?.quietAt).toBe(edits.length === 0 ? undefined : quiet);
      }),
      { numRuns: 60 },
    );
  });

  test("S61 edits seen while a key was worked settle anew; what waits for nothing is due as before", async () => {
    const held = await lane();
    const { workspaceId } = held;
    const edit = (dueAt: number) => store().mark(workspaceId, [aMark({ dueAt, settleMs: 10 })]);
    const worked = (generation: number, quietAt: number) =>
      store().apply(held, [{ kind: "settle", key: KEY, generation, settled: { quietAt, settleMs: 10 } }]);
    await edit(NOON);
    await edit(NOON + 12);
    await worked(1, NOON + 10);
    expect(await store().dueKey(workspaceId, KEY)).toMatchObject({ dueAt: NOON + 22, quietAt: NOON + 22 });
    await edit(NOON + 95);
    expect(await store().dueKey(workspaceId, KEY)).toMatchObject({ dueAt: NOON + 105 });
    await edit(NOON + 111);
    expect(await store().dueKey(workspaceId, KEY)).toMatchObject({ dueAt: NOON + 112 });
    await store().mark(workspaceId, [aMark({ dueAt: NOON + 100 })]);
    expect(await store().dueKey(workspaceId, KEY)).toMatchObject({ dueAt: NOON + 100 });
    await worked(4, NOON + 121);
    expect(await store().dueKey(workspaceId, KEY)).toMatchObject({ dueAt: NOON + 100, generation: 5 });
    await worked(5, NOON + 121);
    expect(await store().dueKey(workspaceId, KEY)).toBeUndefined();
  });

  test("S61 a key that failed waits for its next attempt, or for the edits seen meanwhile to settle", async () => {
    const held = await lane();
    const { workspaceId } = held;
    const settled = { quietAt: NOON + 10, settleMs: 10 };
    const postpone = { kind: "postpone", key: KEY, generation: 1, attempts: 1, error: ERROR, settled } as const;
    await store().mark(workspaceId, [aMark({ settleMs: 10 })]);
    await store().apply(held, [{ ...postpone, dueAt: NOON + 500 }]);
    const failed = await store().dueKey(workspaceId, KEY);
    expect(failed).toMatchObject({ dueAt: NOON + 500 });
    expect(failed).not.toHaveProperty("quietAt");
    await store().mark(workspaceId, [aMark({ dueAt: NOON + 20, settleMs: 10 })]);
    expect(await store().dueKey(workspaceId, KEY)).toMatchObject({ dueAt: NOON + 30 });
    await store().apply(held, [{ ...postpone, dueAt: NOON + 25 }]);
    expect(await store().dueKey(workspaceId, KEY)).toMatchObject({ dueAt: NOON + 25, quietAt: NOON + 30 });
  });

  test("S12 a mark makes a dead key due afresh", async () => {
    const held = await lane();
    await store().apply(held, [
      marking(),
      { kind: "bury", key: KEY, generation: 1, attempts: 9, error: ERROR },
      marking({ priority: 3, dueAt: NOON + 100, reason: "poll" }),
    ]);
    expect(await store().dueKey(held.workspaceId, KEY)).toEqual({
      ...{ key: KEY, syncId: "contacts", priority: 3, dueAt: NOON + 100, reason: "poll" },
      ...{ generation: 2, attempts: 0, state: "due" },
    });
  });
}

function describeWorkingOff({ store, lane }: Subject): void {
  test("S13 a key is settled unless it was marked again since", async () => {
    const held = await lane();
    const settle: Effect = { kind: "settle", key: KEY, generation: 1 };
    await store().apply(held, [marking(), marking(), settle]);
    expect(await store().dueKey(held.workspaceId, KEY)).toMatchObject({ generation: 2 });
    await store().apply(held, [{ ...settle, generation: 2 }]);
    expect(await store().dueKey(held.workspaceId, KEY)).toBeUndefined();
  });

  test("S14 a postponed key waits, and remembers its attempts and last failure", async () => {
    const held = await lane();
    const postpone = { kind: "postpone", key: KEY, generation: 1, dueAt: NOON + 1_000, attempts: 2 } as const;
    await store().apply(held, [marking(), { ...postpone, error: ERROR }]);
    expect(await store().dueKey(held.workspaceId, KEY)).toMatchObject({
      dueAt: NOON + 1_000,
      attempts: 2,
      error: ERROR,
    });
    await store().apply(held, [{ ...postpone, dueAt: NOON + 2_000 }]);
    expect(await store().dueKey(held.workspaceId, KEY)).toMatchObject({
      dueAt: NOON + 2_000,
      attempts: 2,
      error: ERROR,
    });
    await store().apply(held, [{ ...postpone, attempts: 0 }]);
    const calm = await store().dueKey(held.workspaceId, KEY);
    expect(calm).toMatchObject({ attempts: 0 });
    expect(calm).not.toHaveProperty("error");
    await store().apply(held, [{ ...postpone, attempts: 0, error: ERROR }]);
    expect(await store().dueKey(held.workspaceId, KEY)).toMatchObject({ attempts: 0, error: ERROR });
  });

  test("S14 a key that was marked since it was taken keeps the sooner time and the higher priority", async () => {
    const held = await lane();
    await store().apply(held, [
      marking({ priority: 3 }),
      marking({ priority: 0, dueAt: NOON + 10 }),
      { kind: "postpone", key: KEY, generation: 1, dueAt: NOON + 1_000, attempts: 1, error: ERROR },
    ]);
    const key = await store().dueKey(held.workspaceId, KEY);
    expect(key).toMatchObject({ priority: 0, dueAt: NOON, generation: 2, attempts: 1, error: ERROR });
  });

  test("S15 a buried key is dead and no longer due, unless it was marked again since", async () => {
    const held = await lane();
    const bury: Effect = { kind: "bury", key: KEY, generation: 1, attempts: 3, error: ERROR };
    await store().apply(held, [marking(), marking(), bury]);
    expect(await store().dueKey(held.workspaceId, KEY)).toMatchObject({ state: "due", attempts: 0 });
    await store().apply(held, [{ ...bury, generation: 2 }]);
    expect(await store().dueKey(held.workspaceId, KEY)).toMatchObject({ state: "dead", attempts: 3, error: ERROR });
    expect(await store().dueKeys(held.workspaceId, SYNCS, NOON + 1e9, 10)).toEqual([]);
    expect(await store().nextDueAt(held.workspaceId, SYNCS, 0)).toBeUndefined();
  });
}

function describeQueue({ store, lane }: Subject): void {
  test("S16 due keys come by priority, then time; what is due later is left out", async () => {
    const { workspaceId } = await lane();
    await store().mark(workspaceId, [
      aMark({ key: "late", dueAt: NOON + 1 }),
      aMark({ key: "sweep", priority: 4, dueAt: NOON - 9 }),
      aMark({ key: "live", dueAt: NOON }),
      aMark({ key: "poll", priority: 2, dueAt: NOON - 5 }),
      aMark({ key: "live-first", dueAt: NOON - 1 }),
    ]);
    const keys = (await store().dueKeys(workspaceId, SYNCS, NOON, 10)).map(({ key }) => key);
    expect(keys).toEqual(["live-first", "live", "poll", "sweep"]);
    expect((await store().dueKeys(workspaceId, SYNCS, NOON, 3)).map(({ key }) => key)).toEqual(keys.slice(0, 3));
  });

  test("S16 the next due time is the soonest of any priority", async () => {
    const { workspaceId } = await lane();
    expect(await store().nextDueAt(workspaceId, SYNCS, 0)).toBeUndefined();
    await store().mark(workspaceId, [aMark({ key: "one", dueAt: NOON + 9 }), aMark({ key: "two", priority: 4 })]);
    expect(await store().nextDueAt(workspaceId, SYNCS, 0)).toBe(NOON);
    expect(await store().nextDueAt(workspaceId, SYNCS, NOON - 1)).toBe(NOON);
  });

  test("S16 the next due time is later than the moment it is asked for, whatever is due by then", async () => {
    const { workspaceId } = await lane();
    await store().mark(workspaceId, [
      aMark({ key: "due", dueAt: NOON - 5 }),
      aMark({ key: "just due" }),
      aMark({ key: "later", dueAt: NOON + 9 }),
    ]);
    expect(await store().nextDueAt(workspaceId, SYNCS, NOON)).toBe(NOON + 9);
    expect(await store().nextDueAt(workspaceId, SYNCS, NOON + 9)).toBeUndefined();
  });
}

function describeSyncs({ store, lane }: Subject): void {
  test("S55 only keys of the syncs asked for are handed out, and count for the next time", async () => {
    const { workspaceId } = await lane();
    const going = Array.from({ length: 120 }, (_, place) => `sync-${place}`);
    await store().mark(workspaceId, [
      aMark({ key: "of-paused", syncId: "paused", dueAt: NOON - 9 }),
      aMark({ key: "first", syncId: "sync-119", priority: 2, dueAt: NOON }),
      aMark({ key: "second", syncId: "sync-0", priority: 2, dueAt: NOON + 1 }),
      aMark({ key: "third", syncId: "sync-60", priority: 4, dueAt: NOON - 5 }),
    ]);
    const keys = (await store().dueKeys(workspaceId, going, NOON + 1, 10)).map(({ key }) => key);
    expect(keys).toEqual(["first", "second", "third"]);
    expect((await store().dueKeys(workspaceId, going, NOON + 1, 2)).map(({ key }) => key)).toEqual(["first", "second"]);
    expect(await store().nextDueAt(workspaceId, going, 0)).toBe(NOON - 5);
    expect(await store().nextDueAt(workspaceId, ["paused"], 0)).toBe(NOON - 9);
    expect(await store().dueKeys(workspaceId, [], NOON + 1, 10)).toEqual([]);
    expect(await store().nextDueAt(workspaceId, [], 0)).toBeUndefined();
  });
}

function describeTrouble({ store, lane }: Subject): void {
  test("S17 waiting, retrying and dead keys are counted, but for listings, which always wait", async () => {
    const held = await lane();
    await store().apply(held, [
      marking({ key: "poll:contacts:left" }),
      marking({ key: "sweep:contacts:right" }),
      marking({ key: "waiting" }),
      marking({ key: "held" }),
      { kind: "postpone", key: "held", generation: 1, dueAt: NOON + 9, attempts: 0 },
      marking({ key: "retrying" }),
      { kind: "postpone", key: "retrying", generation: 1, dueAt: NOON + 9, attempts: 1, error: ERROR },
      marking({ key: "dead" }),
      { kind: "bury", key: "dead", generation: 1, attempts: 5, error: ERROR },
    ]);
    expect(await store().dueCounts(held.workspaceId, NOON)).toEqual({ waiting: 3, retrying: 1, dead: 1 });
  });

  test("S18 troubled keys are listed by state, newest failure first, page by page", async () => {
    const held = await lane();
    const buried = ["one", "two", "three"].flatMap((key, place): Effect[] => [
      marking({ key }),
      { kind: "bury", key, generation: 1, attempts: 1, error: { ...ERROR, at: NOON + Math.min(place, 1) } },
    ]);
    await store().apply(held, [...buried, marking({ key: "well" })]);
    const list = (before?: string) =>
      store().troubledKeys(held.workspaceId, { state: "dead", limit: 2, ...(before === undefined ? {} : { before }) });
    expect((await list()).map(({ key }) => key)).toEqual(["two", "three"]);
    expect((await list("three")).map(({ key }) => key)).toEqual(["one"]);
    expect(await store().troubledKeys(held.workspaceId, { state: "due", limit: 9 })).toEqual([]);
  });

  test("S57 a key is set aside in another's stead, unless it is due itself", async () => {
    const held = await lane();
    const { workspaceId } = held;
    const changes = {
      City: { kind: "set", value: "Rome" },
      Tags: { kind: "elements", add: ["vip"], remove: [] },
    } as const;
    const plan = [{ side: "right", act: "update", changes }] as const;
    const fresh = {
      key: KEY,
      syncId: "contacts",
      priority: 2,
      reason: "poll",
      attempts: 3,
      error: ERROR,
      plan,
    } as const;
    await store().apply(held, [{ kind: "setAside", ...fresh }]);
    const { dueAt: _when, ...letter } = (await store().dueKey(workspaceId, KEY)) ?? aDueKey();
    expect(letter).toEqual({ ...fresh, generation: 1, state: "dead" });
    await store().apply(held, [{ kind: "setAside", ...fresh, attempts: 4, plan: [] }]);
    const again = await store().dueKey(workspaceId, KEY);
    expect(again).toMatchObject({ attempts: 4, generation: 2, state: "dead" });
    expect(again).not.toHaveProperty("plan");
    await store().apply(held, [marking(), { kind: "setAside", ...fresh }]);
    const due = await store().dueKey(workspaceId, KEY);
    expect(due).toMatchObject({ state: "due", attempts: 0 });
    expect(due).not.toHaveProperty("plan");
  });

  test("S58 what was set aside is cleared away by name, or with its link; what is due stays", async () => {
    const held = await lane();
    const { workspaceId } = held;
    const bury = (key: string): Effect => ({ kind: "bury", key, generation: 1, attempts: 1, error: ERROR });
    expect(await store().hasDead(workspaceId)).toBe(false);
    for (const key of ["link:one", "link:two", "link:three", "link:well"])
      await store().apply(held, [marking({ key })]);
    await store().apply(held, ["link:one", "link:two", "link:three"].map(bury));
    expect(await store().hasDead(workspaceId)).toBe(true);
    await store().apply(held, [{ kind: "clearDead", keys: ["link:one", "link:well", "link:missing"] }]);
    await store().apply(held, [
      { kind: "dropLink", linkId: "two" },
      { kind: "dropLink", linkId: "well" },
    ]);
    const left = await store().troubledKeys(workspaceId, { state: "dead", limit: 9 });
    expect(left.map(({ key }) => key)).toEqual(["link:three"]);
    expect(await store().dueKey(workspaceId, "link:well")).toMatchObject({ state: "due" });
  });

  test("S19 dead letters are revived by name or all at once, and nothing else is", async () => {
    const held = await lane();
    const { workspaceId } = held;
    const buried = ["one", "two", "three"].flatMap((key): Effect[] => [
      marking({ key }),
      { kind: "bury", key, generation: 1, attempts: 1, error: ERROR },
    ]);
    await store().apply(held, [...buried, marking({ key: "well" })]);
    expect(await store().revive(workspaceId, ["one", "well", "missing"], NOON + 7)).toBe(1);
    expect(await store().dueKey(workspaceId, "one")).toEqual({
      ...{ key: "one", syncId: "contacts", priority: 0, dueAt: NOON + 7, reason: "person" },
      ...{ generation: 2, attempts: 0, state: "due" },
    });
    expect(await store().dueKey(workspaceId, "well")).toMatchObject({ generation: 1, dueAt: NOON });
    expect(await store().revive(workspaceId, [], NOON)).toBe(0);
    expect(await store().revive(workspaceId, undefined, NOON)).toBe(2);
  });
}

function describeIntents({ store, lane }: Subject): void {
  test("S20 a match key is claimed by one create at a time, per sync and side", async () => {
    const held = await lane();
    const first = anIntent({ claims: ["email:ana@example.com", "phone:+12015550123"] });
    expect(await store().openIntent(held, first)).toBeUndefined();
    const rival = anIntent({
      id: "intent-2",
      linkId: "link-2",
      claims: ["phone:+12015550123", "email:other@example.com"],
    });
    expect(await store().openIntent(held, rival)).toEqual(first);
    expect(await store().intentsOfLink(held.workspaceId, "link-2")).toEqual([]);
    expect(await store().openIntent(held, { ...rival, side: "left" })).toBeUndefined();
    await store().apply(held, [{ kind: "closeIntent", intentId: "intent-1" }]);
    expect(await store().intentsOfLink(held.workspaceId, "link-1")).toEqual([]);
    const later = { ...rival, id: "intent-3", linkId: "link-3" };
    expect(await store().openIntent(held, later)).toBeUndefined();
    expect(await store().intentsOfLink(held.workspaceId, "link-3")).toEqual([later]);
  });

  test("S20 of creates that claim the same key at once, exactly one is written", async () => {
    const held = await lane();
    const rivals = Array.from({ length: 10 }, (_, place) =>
      anIntent({ id: `intent-${place}`, linkId: `link-${place}` }),
    );
    const holders = await Promise.all(rivals.map((rival) => store().openIntent(held, rival)));
    expect(holders.filter((holder) => holder === undefined)).toHaveLength(1);
  });

  test("S20 an intent's state changes in place, and one without claims stands in nobody's way", async () => {
    const held = await lane();
    await store().openIntent(held, anIntent({ claims: [] }));
    expect(await store().openIntent(held, anIntent({ id: "intent-2", claims: [] }))).toBeUndefined();
    await store().apply(held, [
      { kind: "setIntentState", intentId: "intent-2", state: "unknown", horizonAt: NOON + 90_000 },
    ]);
    expect(await store().intentsOfLink(held.workspaceId, "link-1")).toEqual([
      anIntent({ claims: [] }),
      anIntent({ id: "intent-2", claims: [], state: "unknown", horizonAt: NOON + 90_000 }),
    ]);
  });

  test("S45 a create goes with its link, and its match keys are free again", async () => {
    const held = await lane();
    await store().openIntent(held, anIntent());
    const other = anIntent({ id: "intent-2", linkId: "link-2", claims: ["email:other@example.com"] });
    await store().openIntent(held, other);
    await store().apply(held, [{ kind: "dropLink", linkId: "link-1" }]);
    expect(await store().intentsOfLink(held.workspaceId, "link-1")).toEqual([]);
    expect(await store().openIntent(held, anIntent({ id: "intent-3", linkId: "link-3" }))).toBeUndefined();
    expect(await store().intentsOfLink(held.workspaceId, "link-2")).toEqual([other]);
  });

  test("S46 open creates are found by sync and side", async () => {
    const held = await lane();
    const nameless = anIntent({ claims: [], findBy: [], parentId: "R7" });
    const named = anIntent({ id: "intent-2" });
    const others = [
      anIntent({ ...nameless, id: "intent-3", side: "left" }),
      anIntent({ ...nameless, id: "intent-4", syncId: "other" }),
    ];
    for (const intent of [nameless, named, ...others]) await store().openIntent(held, intent);
    expect(await store().intentsToward(held.workspaceId, "contacts", "right")).toEqual([nameless, named]);
  });
}

function describeCheckpoints({ store, lane }: Subject): void {
  test("S21 a checkpoint replaces the one of its sync, side and kind; what it leaves out is gone", async () => {
    const held = await lane();
    const full = aCheckpoint({
      cursor: "p2",
      highWater: NOON,
      startedAt: NOON - 1,
      finishedAt: NOON,
      seen: 7,
      total: 9,
    });
    const get = () => store().checkpoint(held.workspaceId, "contacts", "left", "poll");
    expect(await get()).toBeUndefined();
    await store().apply(held, [{ kind: "checkpoint", checkpoint: full }]);
    expect(await get()).toEqual(full);
    await store().apply(held, [
      { kind: "checkpoint", checkpoint: aCheckpoint({ side: "right", seen: 1 }) },
      { kind: "checkpoint", checkpoint: aCheckpoint({ seen: 8 }) },
    ]);
    expect(await get()).toEqual(aCheckpoint({ seen: 8 }));
  });
}
