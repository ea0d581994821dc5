import { beforeEach, describe, expect, test } from "vitest";
import { HUB_ID } from "../model/book.ts";
import type { HubBook } from "./book.ts";

/** What the suite is handed: an empty book, and its clock. */
export interface BookWorld {
  readonly book: HubBook;
  /** Lets this much time pass, ms. */
  readonly advance: (ms: number) => void;
}

/** What every book must do, wherever it is kept. */
export function describeBook(name: string, open: () => Promise<BookWorld>): void {
  describe(`the book in ${name}`, () => {
    let book: HubBook;
    let advance: BookWorld["advance"];
    beforeEach(async () => {
      ({ book, advance } = await open());
    });

    const ANA = { firstName: "Ana", email: "Ana@Example.com", phone: "+44 7700 900123", tags: ["vip"], score: 4 };

    async function putAna() {
      const answer = await book.put({ resource: "contact", fields: ANA, origin: "hub" });
      if (answer.kind === "deleted") throw new Error("a new record cannot have been deleted");
      return answer.record;
    }

    async function idsOf(resource: string, parentId?: string): Promise<readonly string[]> {
      const { records } = await book.list(resource, parentId === undefined ? {} : { parentId });
      return records.map(({ externalId }) => externalId);
    }

    test("HK1 what is put into the book is read back as it was put, under an id of the hub's own or the one given", async () => {
      const made = await putAna();
      expect(made.externalId.startsWith(HUB_ID)).toBe(true);
      expect(await book.read("contact", made.externalId)).toEqual({ ...made, fields: ANA, origin: "hub" });
      const note = { resource: "note", externalId: "r1", parentId: made.externalId, fields: { body: "Fine" } } as const;
      const pageUrl = "https://acme.example/r1";
      expect((await book.put({ ...note, pageUrl, origin: "partner" })).kind).toBe("made");
      expect(await book.read("note", "r1")).toMatchObject({ ...note, pageUrl, origin: "partner" });
      expect(await book.read("contact", "r1")).toBeUndefined();
    });

    test("HK2 putting the same again changes nothing; another value makes a later version, and fields not named stay", async () => {
      const made = await putAna();
      const again = { resource: "contact", externalId: made.externalId, origin: "hub" } as const;
      advance(1_000);
      expect(await book.put({ ...again, fields: { firstName: "Ana", tags: ["vip"] } })).toEqual({
        kind: "same",
        record: made,
      });
      const answer = await book.put({ ...again, fields: { firstName: "Anna" } });
      expect(answer).toMatchObject({ kind: "changed", record: { fields: { ...ANA, firstName: "Anna" } } });
      const kept = await book.read("contact", made.externalId);
      expect(kept).toMatchObject({ createdAt: made.createdAt, changedAt: made.changedAt + 1_000 });
    });

    test("HK2 two changes of one moment are two versions, and the second is the later", async () => {
      const made = await putAna();
      const first = await book.update("contact", made.externalId, { firstName: { kind: "set", value: "B" } });
      const second = await book.update("contact", made.externalId, { firstName: { kind: "clear" } });
      expect(first?.changedAt).toBeGreaterThan(made.changedAt);
      expect(second?.changedAt).toBeGreaterThan(first?.changedAt ?? 0);
      expect(second?.fields).toEqual({ ...ANA, firstName: "" });
    });

    test("HK2 elements are added to and taken from what is there when the change is made", async () => {
      const { externalId } = await putAna();
      const tags = (add: string[], remove: string[]) => ({ tags: { kind: "elements", add, remove } as const });
      await Promise.all([
        book.update("contact", externalId, tags(["new"], [])),
        book.update("contact", externalId, tags([], ["VIP"])),
      ]);
      expect(await book.read("contact", externalId)).toMatchObject({ fields: { ...ANA, tags: ["new"] } });
    });

    test("HK3 what the hub deleted stays deleted, even when the partner shows it again", async () => {
      const note = {
        resource: "note",
        externalId: "r1",
        parentId: "p",
        fields: { body: "Bad" },
        origin: "partner",
      } as const;
      await book.put(note);
      await book.delete("note", "r1");
      await book.delete("note", "r1");
      expect(await book.put(note)).toEqual({ kind: "deleted" });
      expect(await book.read("note", "r1")).toBeUndefined();
      expect(await book.deletedBy("note", "r1")).toBe("hub");
      expect(await book.update("note", "r1", { body: { kind: "set", value: "Good" } })).toBeUndefined();
      expect(await idsOf("note")).toEqual([]);
    });

    test("HK3 what the partner took away is gone until the partner shows it again", async () => {
      const note = {
        resource: "note",
        externalId: "r1",
        parentId: "p",
        fields: { body: "Bad" },
        origin: "partner",
      } as const;
      await book.put(note);
      await book.delete("note", "r1", "partner");
      expect(await book.read("note", "r1")).toBeUndefined();
      expect(await book.put({ ...note, fields: { body: "Good" } })).toMatchObject({ kind: "made" });
      expect(await book.read("note", "r1")).toMatchObject({ fields: { body: "Good" } });
      expect(await book.deletedBy("note", "r1")).toBeUndefined();
    });

    test("HK4 a resource's pages show each of its records once, the least recently changed first", async () => {
      for (const externalId of ["a", "b", "c", "d", "e"]) {
        await book.put({ resource: "task", externalId, fields: { title: externalId }, origin: "hub" });
        if (externalId !== "c") advance(10);
      }
      await book.put({ resource: "note", externalId: "n", fields: {}, origin: "hub" });
      await book.put({ resource: "task", externalId: "a", fields: { title: "A" }, origin: "hub" });
      const first = await book.list("task", { limit: 2 });
      expect(first).toMatchObject({ total: 5, records: [{ externalId: "b" }, { externalId: "c" }] });
      const second = await book.list("task", { limit: 2, cursor: first.next ?? "" });
      expect(second.records).toMatchObject([{ externalId: "d" }, { externalId: "e" }]);
      const third = await book.list("task", { limit: 2, cursor: second.next ?? "" });
      expect(third.records).toMatchObject([{ externalId: "a", fields: { title: "A" } }]);
      expect(third.next).toBeUndefined();
    });

    test("HK4 a list since a moment shows what was changed at it or after, and one of a parent its own", async () => {
      for (const [externalId, parentId] of [
        ["a", "p"],
        ["b", "p"],
        ["c", "q"],
      ] as const) {
        advance(10);
        await book.put({ resource: "task", externalId, parentId, fields: {}, origin: "hub" });
      }
      const since = (await book.read("task", "b"))?.changedAt ?? 0;
      const { records } = await book.list("task", { since });
      expect(records.map(({ externalId }) => externalId)).toEqual(["b", "c"]);
      expect(await idsOf("task", "p")).toEqual(["a", "b"]);
      await expect(book.list("task", { cursor: "elsewhere" })).rejects.toMatchObject({ kind: "bug" });
    });

    test("HK5 a record is found by a field's value, however that is spaced, until it is changed or deleted", async () => {
      const { externalId } = await putAna();
      const found = [externalId];
      expect(await book.find("contact", "email", " ANA@example.com")).toEqual(found);
      expect(await book.find("contact", "phone", "+447700900123")).toEqual(found);
      expect(await book.find("contact", "score", 4)).toEqual(found);
      expect(await book.find("contact", "firstName", "")).toEqual([]);
      expect(await book.find("task", "email", "ana@example.com")).toEqual([]);
      advance(1);
      const twin = await putAna();
      expect(await book.find("contact", "email", "ana@example.com")).toEqual([externalId, twin.externalId]);
      await book.update("contact", externalId, { email: { kind: "set", value: "new@example.com" } });
      expect(await book.find("contact", "email", "new@example.com")).toEqual(found);
      await book.delete("contact", twin.externalId);
      expect(await book.find("contact", "email", "ana@example.com")).toEqual([]);
    });

    test("HK6 all of a parent's records move with it, and go with it", async () => {
      await book.put({ resource: "task", externalId: "t", parentId: "p", fields: {}, origin: "hub" });
      await book.put({ resource: "note", externalId: "n", parentId: "p", fields: {}, origin: "partner" });
      await book.put({ resource: "note", externalId: "other", parentId: "o", fields: {}, origin: "hub" });
      const before = await book.read("task", "t");
      await book.moveChildren("p", "q");
      expect([await idsOf("task", "q"), await idsOf("note", "q"), await idsOf("note", "p")]).toEqual([
        ["t"],
        ["n"],
        [],
      ]);
      expect((await book.read("task", "t"))?.changedAt).toBeGreaterThan(before?.changedAt ?? 0);
      await book.deleteChildren("q");
      expect([await idsOf("task"), await idsOf("note")]).toEqual([[], ["other"]]);
      expect(await book.deletedBy("note", "n")).toBe("hub");
    });

    test("HK7 a text put by under a name is there until another takes its place", async () => {
      expect(await book.bookmark("reviews")).toBeUndefined();
      await book.setBookmark("reviews", "page 1");
      await book.setBookmark("reviews", "page 2");
      await book.setBookmark("answers", "page 9");
      expect(await book.bookmark("reviews")).toBe("page 2");
    });
  });
}
