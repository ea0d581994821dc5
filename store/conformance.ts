import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Effect, KeptMapping, Lane } from "../engine/ports.ts";
import { SyncConfig } from "../model/sync.ts";
import { aDelivery, aJournalEntry, aKeptMapping, aLink, anIntent, NOON } from "../test/builders.ts";
import { describeGroups } from "./groups/conformance.ts";
import { describeAuth } from "./migrations/conformance.ts";
import type { ConnectionRow, HubStore } from "./port.ts";
import { describeBooks } from "./queries/books/conformance.ts";
import { describeDueKeys } from "./queries/conformance.ts";
import { describeDesk } from "./queries/desk/conformance.ts";
import { describeFieldWatches } from "./queries/fields/conformance.ts";
import { describeLinks } from "./queries/links/conformance.ts";
import { describeSecrets } from "./queries/secrets/conformance.ts";

/** What a section of the suite is handed: the open store, and workspaces that no other test has touched. */
export interface Subject {
  readonly store: () => HubStore;
  /** A new workspace with its lane taken. */
  readonly lane: () => Promise<Lane>;
}

/**
 * The rules that every store keeps, by their ids in docs/SPEC.md.
 * @param open opens an empty store; called once
 */
export function describeStore(name: string, open: () => Promise<HubStore>): void {
  describe(name, () => {
    let opened: HubStore | undefined;
    let workspaces = 0;
    const store = () => {
      if (opened === undefined) throw new Error("the store is open only while tests run");
      return opened;
    };
    const lane = () => {
      workspaces += 1;
      return store().takeLane(`workspace-${workspaces}`, "test", NOON);
    };
    beforeAll(async () => {
      opened = await open();
      await opened.migrate();
    });
    afterAll(() => opened?.close());

    describeTransactions({ store, lane });
    describeGroups({ store, lane });
    describeConfiguration({ store, lane });
    describeSecrets({ store, lane });
    describeDesk({ store, lane });
    describeBooks({ store, lane });
    describeIntake({ store, lane });
    describeDueKeys({ store, lane });
    describeFieldWatches({ store, lane });
    describeLinks({ store, lane });
    describeAuth({ store, lane });
  });
}

const LANE_TAKEN = { kind: "conflict", details: { isLaneTaken: true } };

function describeTransactions({ store, lane }: Subject): void {
  test("S1 taking a lane raises its epoch, and writes under an older one are refused whole", async () => {
    const old = await lane();
    const { workspaceId } = old;
    const present = await store().takeLane(workspaceId, "another", NOON);
    expect(present.epoch).toBe(old.epoch + 1);
    await expect(store().apply(old, [{ kind: "saveLink", link: aLink() }])).rejects.toMatchObject(LANE_TAKEN);
    await expect(store().openIntent(old, anIntent())).rejects.toMatchObject(LANE_TAKEN);
    expect(await store().link(workspaceId, "link-1")).toBeUndefined();
    expect(await store().intentsOfLink(workspaceId, "link-1")).toEqual([]);
    await store().apply(present, [{ kind: "saveLink", link: aLink() }]);
    expect(await store().link(workspaceId, "link-1")).toEqual(aLink());
  });

  test("S1 of writes that are under way together, those behind the taking of their lane are refused", async () => {
    const old = await lane();
    const journaled = (id: string) => store().apply(old, [{ kind: "journal", entry: aJournalEntry({ id }) }]);
    const outcomes = await Promise.allSettled([
      journaled("before"),
      store().takeLane(old.workspaceId, "another", NOON),
      journaled("after"),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(outcomes[2]).toMatchObject({ reason: LANE_TAKEN });
    const entries = await store().journal(old.workspaceId, { limit: 10 });
    expect(entries.map(({ id }) => id)).toEqual(["before"]);
  });

  test("S1 a lane that nobody has taken is held by nobody", async () => {
    await expect(store().apply({ workspaceId: "never-taken", epoch: 1 }, [])).rejects.toMatchObject({
      kind: "conflict",
    });
  });

  test("S2 all effects of one application are stored, or none", async () => {
    const held = await lane();
    const { workspaceId } = held;
    await store().apply(held, [{ kind: "saveLink", link: aLink() }]);
    const rival = aLink({ id: "link-2", title: "Rival" });
    const failing = store().apply(held, [
      { kind: "mark", mark: { key: "link:link-2", syncId: "contacts", priority: 0, dueAt: NOON, reason: "webhook" } },
      { kind: "journal", entry: aJournalEntry() },
      { kind: "saveLink", link: rival },
    ]);
    await expect(failing).rejects.toMatchObject({ kind: "conflict" });
    expect(await store().dueKey(workspaceId, "link:link-2")).toBeUndefined();
    expect(await store().journal(workspaceId, { limit: 10 })).toEqual([]);
  });

  test("S3 what one workspace holds is invisible to every other", async () => {
    const [one, other] = [await lane(), await lane()];
    await store().apply(one, [
      { kind: "saveLink", link: aLink(), keys: { left: ["email:ana.silva@example.com"] } },
      { kind: "mark", mark: { key: "link:link-1", syncId: "contacts", priority: 0, dueAt: NOON, reason: "webhook" } },
    ]);
    const { workspaceId } = other;
    expect(await store().link(workspaceId, "link-1")).toBeUndefined();
    expect(await store().dueKeys(workspaceId, ["contacts"], NOON, 10)).toEqual([]);
    expect(await store().linksByKeys(workspaceId, "contacts", "left", ["email:ana.silva@example.com"])).toEqual([]);
    await store().apply(other, [{ kind: "saveLink", link: aLink({ title: "Other" }) }]);
    expect(await store().link(one.workspaceId, "link-1")).toMatchObject({ title: "Ana Silva" });
  });
}

function aConnection(workspaceId: string, connection: Partial<ConnectionRow> = {}): ConnectionRow {
  return {
    workspaceId,
    id: "highlevel",
    connectorId: "highlevel",
    name: "Main location",
    settings: { locationId: "loc-1" },
    baseUrls: { api: "http://127.0.0.1:4010" },
    isPaused: false,
    health: { status: "unknown", message: "", since: NOON },
    createdAt: NOON,
    isFromFile: true,
    ...connection,
  };
}

function describeConfiguration({ store, lane }: Subject): void {
  test("S6 workspaces and connections read back as they were put, and putting again keeps when they were made", async () => {
    const { workspaceId } = await lane();
    await store().putWorkspace({ id: workspaceId, name: "Acme", createdAt: NOON });
    await store().putWorkspace({ id: workspaceId, name: "Acme Ltd", createdAt: NOON + 1 });
    expect(await store().workspaces()).toContainEqual({
      id: workspaceId,
      name: "Acme Ltd",
      isPaused: false,
      createdAt: NOON,
    });
    const connection = aConnection(workspaceId);
    await store().putConnection(connection);
    await store().putConnection({ ...connection, isPaused: true, createdAt: NOON + 1 });
    expect(await store().connection(workspaceId, "highlevel")).toEqual({ ...connection, isPaused: true });
    expect(await store().connections(workspaceId)).toEqual([{ ...connection, isPaused: true }]);
    expect(await store().connection(workspaceId, "salesmate")).toBeUndefined();
  });

  test("S6 pausing a workspace or a connection changes nothing else, and putting it again does not resume it", async () => {
    const { workspaceId } = await lane();
    await store().putWorkspace({ id: workspaceId, name: "Acme", createdAt: NOON });
    await store().setWorkspacePaused(workspaceId, true);
    await store().putWorkspace({ id: workspaceId, name: "Acme Ltd", createdAt: NOON });
    const paused = { id: workspaceId, name: "Acme Ltd", isPaused: true, createdAt: NOON };
    expect(await store().workspaces()).toContainEqual(paused);
    await store().setWorkspacePaused(workspaceId, false);
    expect(await store().workspaces()).toContainEqual({ ...paused, isPaused: false });
    const connection = aConnection(workspaceId);
    await store().putConnection(connection);
    await store().setConnectionPaused(workspaceId, "highlevel", true);
    expect(await store().connection(workspaceId, "highlevel")).toEqual({ ...connection, isPaused: true });
  });

  test("S42 the connections of one connector are found in every workspace, and their health changes alone", async () => {
    const [one, other] = [await lane(), await lane()];
    for (const { workspaceId } of [one, other]) {
      await store().putConnection(aConnection(workspaceId, { connectorId: "everywhere" }));
    }
    const health = { status: "broken", message: "The token was refused. Paste a new one.", since: NOON } as const;
    await store().setConnectionHealth(other.workspaceId, "highlevel", health);
    const found = await store().connectionsOf("everywhere");
    expect(found.map(({ workspaceId, health: { status } }) => [workspaceId, status]).sort()).toEqual(
      [
        [one.workspaceId, "unknown"],
        [other.workspaceId, "broken"],
      ].sort(),
    );
    expect(await store().connection(other.workspaceId, "highlevel")).toMatchObject({ health, name: "Main location" });
  });

  test("S6 syncs read back with every default, and pausing changes nothing else", async () => {
    const { workspaceId } = await lane();
    const config = SyncConfig.parse({ id: "contacts", name: "C", left: "a", right: "b", resource: "contact" });
    await store().putSync({ workspaceId, config, version: "v1", isPaused: false, createdAt: NOON });
    await store().setSyncPaused(workspaceId, "contacts", true);
    expect(await store().syncs(workspaceId)).toEqual([
      { workspaceId, config, version: "v1", isPaused: true, createdAt: NOON },
    ]);
  });

  test("S47 what a connection used reads back as it was put, and is replaced whole", async () => {
    const { workspaceId } = await lane();
    const calls = { burst: [{ at: NOON, count: 3 }], hourly: [] };
    expect(await store().allowance(workspaceId, "highlevel")).toBeUndefined();
    await store().putAllowance(workspaceId, "highlevel", { calls: {}, ahead: 10 });
    await store().putAllowance(workspaceId, "highlevel", { calls, ahead: 0 });
    await store().putAllowance(workspaceId, "other", { calls: {}, ahead: 1 });
    expect(await store().allowance(workspaceId, "highlevel")).toEqual({ calls, ahead: 0 });
  });
}

function describeIntake({ store, lane }: Subject): void {
  const mark = {
    key: "record:contacts:left:L1",
    syncId: "contacts",
    priority: 0,
    dueAt: NOON,
    reason: "webhook",
  } as const;

  test("S7 a delivery is accepted once per connection, with its marks, and each copy is counted", async () => {
    const { workspaceId } = await lane();
    const delivery = aDelivery({ occurredAt: NOON - 5 });
    expect(await store().acceptDelivery(workspaceId, delivery, [mark])).toBe("accepted");
    const again = aDelivery({ id: "delivery-2" });
    expect(await store().acceptDelivery(workspaceId, again, [mark])).toBe("duplicate");
    expect(await store().dueKey(workspaceId, mark.key)).toMatchObject({ generation: 1 });
    expect(await store().deliveries(workspaceId, { limit: 10 })).toEqual([{ ...delivery, repeats: 1 }]);
    const elsewhere = aDelivery({ id: "delivery-3", connectionId: "salesmate" });
    expect(await store().acceptDelivery(workspaceId, elsewhere, [])).toBe("accepted");
  });

  test("S7 of many copies that arrive at once, exactly one is accepted", async () => {
    const { workspaceId } = await lane();
    const copies = Array.from({ length: 20 }, (_, copy) => aDelivery({ id: `delivery-${copy}` }));
    const verdicts = await Promise.all(copies.map((copy) => store().acceptDelivery(workspaceId, copy, [mark])));
    expect(verdicts.filter((verdict) => verdict === "accepted")).toHaveLength(1);
    expect(await store().dueKey(workspaceId, mark.key)).toMatchObject({ generation: 1 });
  });

  test("S87 when a delivery of a connection last came is told, whatever came of other connections", async () => {
    const { workspaceId } = await lane();
    const came = [
      { deliveryId: "1", receivedAt: NOON + 5 },
      { deliveryId: "2", receivedAt: NOON + 9 },
      { deliveryId: "3", receivedAt: NOON + 7 },
      { deliveryId: "4", receivedAt: NOON + 20, connectionId: "salesmate" },
    ];
    for (const one of came) await store().acceptDelivery(workspaceId, aDelivery({ id: one.deliveryId, ...one }), []);
    const { connectionId } = aDelivery({});
    expect(await store().lastDeliveryAt(workspaceId, connectionId)).toBe(NOON + 9);
    expect(await store().lastDeliveryAt(workspaceId, "salesmate")).toBe(NOON + 20);
    expect(await store().lastDeliveryAt(workspaceId, "nobody")).toBeUndefined();
  });

  test("S8 deliveries and journal entries are listed newest first, page by page", async () => {
    const held = await lane();
    const ids = ["1", "2", "3"];
    for (const id of ids) await store().acceptDelivery(held.workspaceId, aDelivery({ id, deliveryId: id }), []);
    await store().apply(
      held,
      ids.map((id) => ({ kind: "journal", entry: aJournalEntry({ id }) })),
    );
    for (const list of [store().deliveries, store().journal]) {
      const first = await list(held.workspaceId, { limit: 2 });
      expect(first.map(({ id }) => id)).toEqual(["3", "2"]);
      const second = await list(held.workspaceId, { limit: 2, before: "2" });
      expect(second.map(({ id }) => id)).toEqual(["1"]);
    }
  });

  test("S9 activity counts journal entries by minute and verdict, and leaves out what is older", async () => {
    const held = await lane();
    const at = [NOON - 60_000, NOON + 1, NOON + 59_999, NOON + 60_000];
    const entries = at.map((time, place) => aJournalEntry({ id: `${place}`, at: time }));
    const failed = aJournalEntry({ id: "failed", at: NOON + 2, verdict: "failed" });
    await store().apply(
      held,
      [...entries, failed].map((entry) => ({ kind: "journal", entry })),
    );
    expect(await store().activity(held.workspaceId, NOON)).toEqual([
      { minute: NOON, verdict: "failed", count: 1 },
      { minute: NOON, verdict: "updated", count: 2 },
      { minute: NOON + 60_000, verdict: "updated", count: 1 },
    ]);
  });

  test("S41 a journal entry reads back whole, also in the history of its link", async () => {
    const held = await lane();
    const detail = {
      fields: [{ field: "phone", base: ["a", "b"], rule: "M3", write: "right" }],
      note: "\u0000 é",
    } as const;
    const entry = aJournalEntry({ detail, durationMs: 1.5 });
    const { linkId: _, ...loose } = aJournalEntry({ id: "loose" });
    await store().apply(
      held,
      [entry, loose].map((each) => ({ kind: "journal", entry: each })),
    );
    expect(await store().journalOfLink(held.workspaceId, "link-1", 10)).toEqual([entry]);
    expect(await store().journal(held.workspaceId, { limit: 10 })).toEqual([loose, entry]);
  });

  test("S41 what a decision was made from reads back whole, in the same order", async () => {
    const held = await lane();
    const fields = [
      { field: "tags", base: [[], ["a"]], left: ["a", "b"], right: ["a"], rule: "M10", write: "right" },
      { field: "city", left: "\u0000", right: "", rule: "M6" },
    ] as const;
    const inputs = {
      left: { fields: { tags: ["A", "b"], city: "\u0000" }, folded: ["tags"], changedAt: NOON },
      right: { fields: { their_tags: ["a"], size: 0, isOpen: false } },
      choices: { city: "left" },
      asked: ["city"],
    } as const;
    const sent = { side: "left", fields: { city: "Rome", size: 0 } } as const;
    const calls = [
      { side: "right", method: "GET", path: "/contacts/1", status: 200, ms: 1.5 },
      { method: "GET", path: "/old", status: 0, ms: 0 },
    ] as const;
    const error = { kind: "rejected", message: "no" };
    const entry = aJournalEntry({ detail: { mapping: "v1", fields, inputs, sent, calls, error, note: "n" } });
    await store().apply(held, [{ kind: "journal", entry }]);
    const [read] = await store().journal(held.workspaceId, { limit: 1 });
    expect(read).toEqual(entry);
    expect(JSON.stringify(read?.detail.fields)).toBe(JSON.stringify(fields));
  });

  test("S48 a mapping is kept once per version, with the entry that names it, and found by version", async () => {
    const held = await lane();
    const { workspaceId } = held;
    const mapping = aKeptMapping();
    const entries = ["1", "2"].map((id): Effect => ({ kind: "journal", entry: aJournalEntry({ id }), mapping }));
    await store().apply(held, entries);
    await store().apply(held, [entryUnder("3", aKeptMapping({ version: "v2", left: { fields: [], country: "PT" } }))]);
    expect(await store().mappings(workspaceId, ["v1", "v1", "missing"])).toEqual([mapping]);
    expect(await store().mappings(workspaceId, ["v1", "v2"])).toHaveLength(2);
    expect(await store().mappings(workspaceId, [])).toEqual([]);
    const stale = { ...held, epoch: held.epoch - 1 };
    await expect(store().apply(stale, [entryUnder("4", aKeptMapping({ version: "v3" }))])).rejects.toThrow();
    expect(await store().mappings(workspaceId, ["v3"])).toEqual([]);
  });

  test("S49 the journal of one link is listed page by page", async () => {
    const held = await lane();
    const { workspaceId } = held;
    await store().apply(
      held,
      ["1", "2", "3", "4"].map((id) => ({
        kind: "journal",
        entry: aJournalEntry({ id, linkId: id === "3" ? "other" : "link-1" }),
      })),
    );
    const idsOf = async (before?: string) => {
      const query = { linkId: "link-1", limit: 2, ...(before === undefined ? {} : { before }) };
      return (await store().journal(workspaceId, query)).map(({ id }) => id);
    };
    expect(await idsOf()).toEqual(["4", "2"]);
    expect(await idsOf("2")).toEqual(["1"]);
  });

  test("S10 pruning removes what is older and only that", async () => {
    const held = await lane();
    const { workspaceId } = held;
    for (const [id, at] of [["old", NOON - 1] as const, ["new", NOON] as const]) {
      await store().acceptDelivery(workspaceId, aDelivery({ id, deliveryId: id, receivedAt: at }), []);
      await store().apply(held, [{ kind: "journal", entry: aJournalEntry({ id, at }) }]);
    }
    expect(await store().prune(workspaceId, NOON, 10)).toBe(2);
    expect((await store().journal(workspaceId, { limit: 9 })).map(({ id }) => id)).toEqual(["new"]);
    expect((await store().deliveries(workspaceId, { limit: 9 })).map(({ id }) => id)).toEqual(["new"]);
  });

  test("J7 pruning takes the oldest first, and no more at once than it was asked for", async () => {
    const held = await lane();
    const { workspaceId } = held;
    for (const [place, id] of ["e", "d", "c", "b", "a"].entries()) {
      const at = NOON + place;
      await store().acceptDelivery(workspaceId, aDelivery({ id, deliveryId: id, receivedAt: at }), []);
      await store().apply(held, [{ kind: "journal", entry: aJournalEntry({ id, at }) }]);
    }
    expect(await store().prune(workspaceId, NOON + 3, 2)).toBe(4);
    expect((await store().journal(workspaceId, { limit: 9 })).map(({ id }) => id)).toEqual(["c", "b", "a"]);
    expect(await store().prune(workspaceId, NOON + 3, 2)).toBe(2);
    expect(await store().prune(workspaceId, NOON + 3, 2)).toBe(0);
    expect((await store().deliveries(workspaceId, { limit: 9 })).map(({ id }) => id)).toEqual(["b", "a"]);
  });

  test("J7 a mapping goes once its last entries are forgotten; the one in use stays, however old", async () => {
    const held = await lane();
    const { workspaceId } = held;
    const [first, second] = [aKeptMapping({ version: "first" }), aKeptMapping({ version: "second" })];
    const other = aKeptMapping({ version: "other", syncId: "other" });
    await store().apply(held, [entryUnder("1", first, NOON), entryUnder("2", other, NOON)]);
    await store().apply(held, [entryUnder("3", second, NOON + DAY_MS)]);
    const kept = async () => {
      const found = await store().mappings(workspaceId, ["first", "second", "other"]);
      return found.map(({ version }) => version).sort();
    };
    await store().prune(workspaceId, NOON + DAY_MS, 9);
    expect(await kept()).toEqual(["first", "other", "second"]);
    await store().prune(workspaceId, NOON + 2 * DAY_MS, 9);
    expect(await kept()).toEqual(["other", "second"]);
    await store().apply(held, [entryUnder("4", first, NOON + 3 * DAY_MS)]);
    await store().prune(workspaceId, NOON + 9 * DAY_MS, 9);
    expect(await kept()).toEqual(["first", "other"]);
  });
}

const DAY_MS = 86_400_000;

/** An entry that is stored together with the mapping it was decided under. */
function entryUnder(id: string, mapping: KeptMapping, at = NOON): Effect {
  return { kind: "journal", entry: aJournalEntry({ id, at, detail: { mapping: mapping.version } }), mapping };
}
