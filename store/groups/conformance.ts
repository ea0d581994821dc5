import { expect, test } from "vitest";
import type { Effect } from "../../engine/ports.ts";
import { aJournalEntry, aLink, NOON } from "../../test/builders.ts";
import type { Subject } from "../conformance.ts";

/** Applications that arrive at the same moment and share a transaction. */
export function describeGroups({ store, lane }: Subject): void {
  test("S4 two hundred applications at once are each stored exactly once", async () => {
    const held = await lane();
    const numbers = Array.from({ length: 200 }, (_, number) => number);
    await Promise.all(
      numbers.map((number) =>
        store().apply(held, [
          { kind: "journal", entry: aJournalEntry({ id: `entry-${String(number).padStart(3, "0")}` }) },
          {
            kind: "mark",
            mark: { key: "link:shared", syncId: "contacts", priority: 2, dueAt: NOON + number, reason: "poll" },
          },
        ]),
      ),
    );
    const entries = await store().journal(held.workspaceId, { limit: 500 });
    expect(new Set(entries.map(({ id }) => id)).size).toBe(200);
    expect(await store().dueKey(held.workspaceId, "link:shared")).toMatchObject({ generation: 200, dueAt: NOON });
  });

  test("S64 of many applications at once that write their rows again and again, the last word counts", async () => {
    const held = await lane();
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    const link = (number: number, title: string) => {
      const of = aLink({ id: `link-${number}`, title });
      const left = of.left && { ...of.left, externalId: `L${number}` };
      const right = of.right && { ...of.right, externalId: `R${number}` };
      return { ...of, ...(left && { left }), ...(right && { right }) };
    };
    const mark = (number: number, dueAt: number): Effect => ({
      kind: "mark",
      mark: { key: `link:link-${number}`, syncId: "contacts", priority: 2, dueAt, reason: "poll" },
    });
    const effects = (number: number): readonly Effect[] => [
      { kind: "saveLink", link: link(number, "first"), keys: { left: [`email:${number}`, "phone:1"] } },
      mark(number, NOON),
      { kind: "saveLink", link: link(number, "last"), keys: { left: [`email:${number}`, "phone:2"] } },
      { kind: "settle", key: `link:link-${number}`, generation: 1 },
      mark(number, NOON + 5),
    ];
    await Promise.all(numbers.map((number) => store().apply(held, effects(number))));
    const found = await Promise.all(numbers.map((number) => store().link(held.workspaceId, `link-${number}`)));
    expect(found).toEqual(numbers.map((number) => link(number, "last")));
    const due = await Promise.all(numbers.map((number) => store().dueKey(held.workspaceId, `link:link-${number}`)));
    expect(due.map((key) => [key?.generation, key?.dueAt])).toEqual(numbers.map(() => [1, NOON + 5]));
    expect(await store().linksByKeys(held.workspaceId, "contacts", "left", ["phone:1"])).toEqual([]);
    const carrying = await store().linksByKeys(held.workspaceId, "contacts", "left", ["phone:2"]);
    expect(carrying).toHaveLength(20);
    expect(carrying.every(({ keys }) => keys.length === 2)).toBe(true);
  });

  test("S65 records and links asked for at one moment are each found, and those of others are not", async () => {
    const [held, other] = [await lane(), await lane()];
    await store().apply(held, [{ kind: "saveLink", link: aLink() }]);
    const ask = (workspaceId: string, syncId: string, externalId: string) =>
      store().linkByRecord(workspaceId, syncId, "left", externalId);
    const found = await Promise.all([
      ask(held.workspaceId, "contacts", "L1"),
      ask(held.workspaceId, "contacts", "L2"),
      ask(held.workspaceId, "deals", "L1"),
      ask(other.workspaceId, "contacts", "L1"),
      store().linkByRecord(held.workspaceId, "contacts", "right", "R1"),
    ]);
    expect(found).toEqual([aLink(), undefined, undefined, undefined, aLink()]);
    const links = await Promise.all(
      [held, held, other].map(({ workspaceId }, place) => store().link(workspaceId, place === 1 ? "link-2" : "link-1")),
    );
    expect(links).toEqual([aLink(), undefined, undefined]);
  });

  test("S5 one that fails in a shared transaction takes none of the others with it", async () => {
    const held = await lane();
    const stale = { ...held, epoch: held.epoch - 1 };
    const outcomes = await Promise.allSettled(
      ["before", "stale", "after"].map((id) =>
        store().apply(id === "stale" ? stale : held, [{ kind: "journal", entry: aJournalEntry({ id }) }]),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const entries = await store().journal(held.workspaceId, { limit: 10 });
    expect(entries.map(({ id }) => id)).toEqual(["before", "after"]);
  });

  test("S5 of two that want the same record in one transaction, the first gets it", async () => {
    const held = await lane();
    const outcomes = await Promise.allSettled(
      ["link-1", "link-2"].map((id) => store().apply(held, [{ kind: "saveLink", link: aLink({ id }) }])),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(await store().linkByRecord(held.workspaceId, "contacts", "left", "L1")).toMatchObject({ id: "link-1" });
  });
}
