import { describe, expect, test } from "vitest";
import type { HubBook } from "../../../kit/book.ts";
import { describeBook } from "../../../kit/bookConformance.ts";
import { idMaker } from "../../../model/ids.ts";
import { NOON } from "../../../test/builders.ts";
import { bookOn } from "../../books.ts";
import type { Subject } from "../../conformance.ts";
import type { BookOf } from "../../port.ts";

/** The rules of what the hub keeps itself. */
export function describeBooks({ store, lane }: Subject): void {
  const newId = idMaker(
    () => NOON,
    () => 0.5,
  );
  const bookOf = (of: BookOf, now: () => number = () => NOON): HubBook =>
    bookOn({ books: store().books, of, now, newId });

  describeBook("the store", async () => {
    const { workspaceId } = await lane();
    let now = NOON;
    const book = bookOf({ workspaceId, connectionId: "trint" }, () => now);
    return {
      book,
      advance: (ms) => {
        now += ms;
      },
    };
  });

  describe("of several connections", () => {
    const REVIEW = { resource: "note", externalId: "r1", parentId: "p", fields: { body: "Fine" } } as const;

    test("S80 each connection of each workspace has a book of its own", async () => {
      const [here, there] = [await lane(), await lane()];
      const book = bookOf({ workspaceId: here.workspaceId, connectionId: "trint" });
      const others = [
        bookOf({ workspaceId: here.workspaceId, connectionId: "trustpilot" }),
        bookOf({ workspaceId: there.workspaceId, connectionId: "trint" }),
      ];
      await book.put({ ...REVIEW, origin: "partner" });
      await book.setBookmark("reviews", "page 1");
      for (const other of others) {
        expect((await other.list("note")).records).toEqual([]);
        expect(await other.read("note", "r1")).toBeUndefined();
        expect(await other.find("note", "body", "Fine")).toEqual([]);
        expect(await other.bookmark("reviews")).toBeUndefined();
        await other.delete("note", "r1");
        await other.deleteChildren("p");
      }
      expect(await book.read("note", "r1")).toMatchObject(REVIEW);
    });

    test("S81 a connection that is forgotten takes its book with it, and no other", async () => {
      const { workspaceId } = await lane();
      const [book, other] = ["trint", "trustpilot"].map((connectionId) => bookOf({ workspaceId, connectionId }));
      for (const one of [book, other]) {
        await one?.put({ ...REVIEW, origin: "partner" });
        await one?.setBookmark("reviews", "page 1");
      }
      await store().dropConnection(workspaceId, "trint", "connection:trint");
      expect((await book?.list("note"))?.records).toEqual([]);
      expect(await book?.find("note", "body", "Fine")).toEqual([]);
      expect(await book?.bookmark("reviews")).toBeUndefined();
      expect(await other?.read("note", "r1")).toMatchObject(REVIEW);
    });

    test("S82 what was deleted is forgotten after its time, but not where the partner could show it again", async () => {
      const { workspaceId } = await lane();
      const of = { workspaceId, connectionId: "trint" };
      const book = bookOf(of);
      const ids = [];
      for (const _ of [1, 2, 3]) {
        const made = await book.put({ resource: "task", fields: { title: "Call" }, origin: "hub" });
        if (made.kind !== "deleted") ids.push(made.record.externalId);
      }
      await book.put({ ...REVIEW, origin: "partner" });
      const [first = "", second = "", living = ""] = ids;
      for (const id of [first, second]) await book.delete("task", id);
      await book.delete("note", "r1");
      const long = NOON + 1_000;
      expect(await store().books.prune(workspaceId, NOON, 10)).toBe(0);
      expect(await store().books.prune(workspaceId, long, 1)).toBe(1);
      expect(await store().books.prune(workspaceId, long, 10)).toBe(1);
      expect(await book.deletedBy("task", first)).toBeUndefined();
      expect(await book.deletedBy("note", "r1")).toBe("hub");
      expect((await book.list("task")).records).toMatchObject([{ externalId: living }]);
    });

    test("S83 what is written and what that makes due are stored together", async () => {
      const { workspaceId } = await lane();
      const of = { workspaceId, connectionId: "trint" };
      const mark = (key: string) => [{ key, syncId: "notes", priority: 1, dueAt: NOON, reason: "person" } as const];
      await store().books.put(of, { ...REVIEW, origin: "hub" }, NOON, mark("record:notes:right:r1"));
      expect(await store().dueKey(workspaceId, "record:notes:right:r1")).toMatchObject({ generation: 1 });
      const changes = { body: { kind: "set", value: "Good" } } as const;
      await store().books.update(of, "note", "r1", changes, NOON, mark("link:1"));
      await store().books.delete(of, "note", "r1", "hub", NOON, mark("link:2"));
      expect(await store().dueKey(workspaceId, "link:1")).toBeDefined();
      expect(await store().dueKey(workspaceId, "link:2")).toBeDefined();
      await store().books.delete(of, "note", "r1", "hub", NOON, mark("link:3"));
      await store().books.put(of, { ...REVIEW, origin: "partner" }, NOON, mark("link:3"));
      expect(await store().dueKey(workspaceId, "link:3")).toBeUndefined();
    });

    test("S84 a book is looked through by words in any field, newest change first, with how many there are", async () => {
      const { workspaceId } = await lane();
      const of = { workspaceId, connectionId: "trint" };
      let now = NOON;
      const book = bookOf(of, () => now);
      for (const [externalId, name, tags] of [
        ["1", "Ána Lima", ["50%"]],
        ["2", "Bo Lima", ["vip"]],
        ["3", 'Cy "the cat"', ["VIP"]],
      ] as const) {
        now += 1;
        await book.put({
          resource: "contact",
          externalId,
          parentId: `of ${externalId}`,
          fields: { name, tags },
          origin: "hub",
        });
      }
      await book.put({ resource: "contact", externalId: "4", fields: { name: "Lima" }, origin: "hub" });
      await book.delete("contact", "4");
      const look = async (query: object) => {
        const found = await store().books.browse(of, "contact", { offset: 0, limit: 10, ...query });
        return [found.records.map(({ externalId }) => externalId).join(), found.total];
      };
      expect(await look({})).toEqual(["3,2,1", 3]);
      expect(await look({ text: " lima  vip" })).toEqual(["2", 1]);
      expect(await look({ text: '"The' })).toEqual(["3", 1]);
      expect(await look({ text: "0% ANA" })).toEqual(["1", 1]);
      expect(await look({ parentId: "of 2" })).toEqual(["2", 1]);
      expect(await look({ offset: 1, limit: 1 })).toEqual(["2", 3]);
      expect(await store().books.counts(of)).toEqual([{ resource: "contact", count: 3 }]);
    });

    test("S85 many who put the same record, add to it and delete it at one moment leave it as the last of them", async () => {
      const { workspaceId } = await lane();
      const book = bookOf({ workspaceId, connectionId: "trint" });
      const tags = Array.from({ length: 30 }, (_, place) => `tag-${place}`);
      await Promise.all(tags.map(() => book.put({ ...REVIEW, fields: { body: "Fine", tags: [] }, origin: "partner" })));
      const elements = (tag: string) => ({ tags: { kind: "elements", add: [tag], remove: [] } as const });
      await Promise.all(tags.map((tag) => book.update("note", "r1", elements(tag))));
      const after = await book.read("note", "r1");
      expect(new Set(after?.fields.tags as readonly string[])).toEqual(new Set(tags));
      expect(after?.changedAt).toBe(NOON + tags.length);
    });
  });
}
