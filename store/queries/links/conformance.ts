import { expect, test } from "vitest";
import type { Effect, Link } from "../../../engine/ports.ts";
import { aHalfLink, aLink, aSide, NOON } from "../../../test/builders.ts";
import type { Subject } from "../../conformance.ts";

const EMAIL = "email:ana.silva@example.com";
const PHONE = "phone:+12015550123";

/** Links whose sides have ids of their own, in id order. */
function manyLinks(count: number, link: (number: number) => Partial<Link> = () => ({})): Link[] {
  return Array.from({ length: count }, (_, number) =>
    aLink({
      id: `link-${number}`,
      left: aSide({ externalId: `L${number}` }),
      right: aSide({ externalId: `R${number}` }),
      ...link(number),
    }),
  );
}

const saving = (link: Link): Effect => ({ kind: "saveLink", link });
const idsOf = (links: readonly Link[]) => links.map(({ id }) => id);

/** Rules about links. */
export function describeLinks(subject: Subject): void {
  describeSaving(subject);
  describeFinding(subject);
  describeListing(subject);
  describeSearching(subject);
}

function describeSaving({ store, lane }: Subject): void {
  test("S22 a link reads back as it was saved, and saving again replaces all of it", async () => {
    const held = await lane();
    const full = aLink({
      left: aSide({
        fields: { note: "\u0000 😀 'q' \\", size: 4.5, vip: false, tags: [] },
        folded: ["note"],
        version: "7",
      }),
      right: aSide({ externalId: "R1", goneAt: NOON, goneReads: 1 }),
      conflicts: [{ field: "phone", left: "1", right: "", since: NOON }],
      findings: [{ field: "source", side: "right", kind: "notKept", message: "Not kept.", wanted: "web" }],
      ambiguity: { cause: "lostCreate", candidates: [{ linkId: "link-9", evidence: ["same e-mail"] }], since: NOON },
      refused: ["R9"],
      parentLinkId: "link-7",
      beforeStart: "newOnly",
      keptAloneAt: NOON - 5,
    });
    await store().apply(held, [saving(full)]);
    expect(await store().link(held.workspaceId, "link-1")).toEqual(full);
    const bare = aHalfLink("right", { id: "link-1", title: "Ana", updatedAt: NOON + 1 });
    await store().apply(held, [saving(bare)]);
    expect(await store().link(held.workspaceId, "link-1")).toEqual(bare);
    expect(await store().link(held.workspaceId, "link-2")).toBeUndefined();
  });

  test("S23 a record belongs to one link of its sync, on either side", async () => {
    const held = await lane();
    await store().apply(held, [saving(aLink())]);
    for (const side of ["left", "right"] as const) {
      const rival = aHalfLink(side, { id: "link-2" });
      await expect(store().apply(held, [saving(rival)])).rejects.toMatchObject({ kind: "conflict" });
      await store().apply(held, [saving({ ...rival, id: `other-${side}`, syncId: "other" })]);
    }
    await store().apply(held, [{ kind: "dropLink", linkId: "link-1" }, saving(aLink({ id: "link-2" }))]);
    expect(await store().linkByRecord(held.workspaceId, "contacts", "right", "R1")).toMatchObject({ id: "link-2" });
  });

  test("S70 a link that has joined others one after the other leads to the last, until that is forgotten", async () => {
    const held = await lane();
    const half = (id: string) => aHalfLink("left", { id, left: aSide({ externalId: id }) });
    await store().apply(held, ["a", "b", "c"].map(half).map(saving));
    const joined = (linkId: string) => store().joinedInto(held.workspaceId, linkId);
    await store().apply(held, [{ kind: "dropLink", linkId: "a", into: "b" }]);
    expect(await joined("a")).toBe("b");
    await store().apply(held, [{ kind: "dropLink", linkId: "b", into: "c" }]);
    expect([await joined("a"), await joined("b"), await joined("c")]).toEqual(["c", "c", undefined]);
    await store().apply(held, [saving({ ...half("c"), state: "tombstone", updatedAt: NOON - 9 })]);
    expect(await store().pruneTombstones(held.workspaceId, NOON, 9)).toBe(1);
    expect([await joined("a"), await joined("b")]).toEqual([undefined, undefined]);
  });

  test("D10 old tombstones are forgotten, at most as many as asked for, and nothing else is", async () => {
    const held = await lane();
    const buried = (id: string, updatedAt: number) =>
      aHalfLink("left", { id, state: "tombstone", updatedAt, left: aSide({ externalId: id }) });
    const kept = aHalfLink("right", { id: "half", updatedAt: NOON - 9, right: aSide({ externalId: "half" }) });
    const all = [buried("old-1", NOON - 3), buried("old-2", NOON - 2), buried("new", NOON), kept];
    await store().apply(held, all.map(saving));
    expect(await store().pruneTombstones(held.workspaceId, NOON, 1)).toBe(1);
    expect(await store().pruneTombstones(held.workspaceId, NOON, 9)).toBe(1);
    const left = await store().linksAfter(held.workspaceId, "contacts", { limit: 9 });
    expect(left.map(({ id }) => id).sort()).toEqual(["half", "new"]);
  });

  test("S24 match keys of a side are replaced when given, kept when not, and go with the link", async () => {
    const held = await lane();
    const find = (side: "left" | "right", ...keys: string[]) =>
      store().linksByKeys(held.workspaceId, "contacts", side, keys);
    await store().apply(held, [
      { kind: "saveLink", link: aLink(), keys: { left: [EMAIL, PHONE, PHONE], right: [EMAIL] } },
    ]);
    await store().apply(held, [{ kind: "saveLink", link: aLink(), keys: { left: [PHONE] } }]);
    expect(await find("left", EMAIL)).toEqual([]);
    expect(await find("left", EMAIL, PHONE)).toEqual([{ link: aLink(), keys: [PHONE] }]);
    expect(await find("right", EMAIL)).toEqual([{ link: aLink(), keys: [EMAIL] }]);
    expect(await find("right", PHONE)).toEqual([]);
    await store().apply(held, [{ kind: "dropLink", linkId: "link-1" }]);
    expect(await find("right", EMAIL)).toEqual([]);
    expect(await store().link(held.workspaceId, "link-1")).toBeUndefined();
  });

  test("S24 several links may carry the same key, and each is found with all its keys on that side", async () => {
    const held = await lane();
    const [one, two] = manyLinks(2);
    if (one === undefined || two === undefined) throw new Error("two links were made");
    await store().apply(held, [
      { kind: "saveLink", link: one, keys: { left: [EMAIL] } },
      { kind: "saveLink", link: two, keys: { left: [EMAIL, PHONE] } },
    ]);
    const found = await store().linksByKeys(held.workspaceId, "contacts", "left", [EMAIL]);
    expect(found.map(({ link, keys }) => [link.id, [...keys].sort()]).sort()).toEqual([
      ["link-0", [EMAIL]],
      ["link-1", [EMAIL, PHONE]],
    ]);
    expect(await store().linksByKeys(held.workspaceId, "other", "left", [EMAIL])).toEqual([]);
    expect(await store().linksByKeys(held.workspaceId, "contacts", "left", [])).toEqual([]);
  });
}

function describeFinding({ store, lane }: Subject): void {
  test("S25 links are found by id and by record, one or many thousands at a time", async () => {
    const held = await lane();
    const { workspaceId } = held;
    await store().apply(held, manyLinks(1_200).map(saving));
    expect(await store().linkByRecord(workspaceId, "contacts", "left", "L7")).toMatchObject({ id: "link-7" });
    expect(await store().linkByRecord(workspaceId, "contacts", "right", "L7")).toBeUndefined();
    expect(await store().linkByRecord(workspaceId, "other", "left", "L7")).toBeUndefined();
    const numbers = Array.from({ length: 1_300 }, (_, number) => number);
    const byIds = await store().links(
      workspaceId,
      numbers.map((number) => `link-${number}`),
    );
    expect(new Set(idsOf(byIds)).size).toBe(1_200);
    const records = numbers.map((number) => `R${number}`);
    expect(await store().linksByRecords(workspaceId, "contacts", "right", records)).toHaveLength(1_200);
    expect(await store().links(workspaceId, [])).toEqual([]);
  });
}

function describeListing({ store, lane }: Subject): void {
  test("S26 links are walked in id order, all or only those in some states", async () => {
    const held = await lane();
    const links = manyLinks(5, (number) => ({ state: number % 2 === 0 ? "linked" : "tombstone" }));
    await store().apply(held, links.map(saving));
    const walk = (query: { afterId?: string; states?: Link["state"][] }) =>
      store().linksAfter(held.workspaceId, "contacts", { limit: 2, ...query });
    expect(idsOf(await walk({}))).toEqual(["link-0", "link-1"]);
    expect(idsOf(await walk({ afterId: "link-1" }))).toEqual(["link-2", "link-3"]);
    expect(idsOf(await walk({ afterId: "link-0", states: ["linked"] }))).toEqual(["link-2", "link-4"]);
    expect(idsOf(await walk({ afterId: "link-4" }))).toEqual([]);
    expect(await walk({ states: [] })).toEqual([]);
  });

  test("S50 the links under a contact's link are found, and links are counted by state", async () => {
    const held = await lane();
    const { workspaceId } = held;
    const child = (number: number): Partial<Link> => ({
      syncId: "notes",
      ...(number === 0 ? {} : { parentLinkId: number < 3 ? "ana" : "ben" }),
      state: number === 1 ? "tombstone" : "linked",
    });
    await store().apply(held, manyLinks(5, child).map(saving));
    expect(idsOf(await store().linksByParent(workspaceId, "notes", "ana"))).toEqual(["link-1", "link-2"]);
    expect(await store().linksByParent(workspaceId, "notes", "nobody")).toEqual([]);
    expect(await store().linksByParent(workspaceId, "contacts", "ana")).toEqual([]);
    expect(await store().countLinks(workspaceId, "notes", "linked")).toBe(4);
    expect(await store().countLinks(workspaceId, "notes", "half")).toBe(0);
  });

  test("S27 a record counts as unseen that was neither read nor on a page, and is not known to be gone", async () => {
    const held = await lane();
    const old = NOON - 10;
    await store().apply(held, [
      ...manyLinks(3, (number) => ({ left: aSide({ externalId: `L${number}`, asOf: old }) })).map(saving),
      saving(
        aLink({ id: "read", left: aSide({ externalId: "read", asOf: NOON }), right: aSide({ externalId: "r1" }) }),
      ),
      saving(aHalfLink("left", { id: "gone", left: aSide({ externalId: "gone", asOf: old, goneAt: old }) })),
      saving(aHalfLink("left", { id: "dead", state: "tombstone", left: aSide({ externalId: "dead", asOf: old }) })),
      saving(aHalfLink("right", { id: "right-only", right: aSide({ externalId: "r2", asOf: old }) })),
      { kind: "seen", syncId: "contacts", side: "left", externalIds: ["L1", "unknown"], at: NOON },
      { kind: "seen", syncId: "contacts", side: "left", externalIds: ["L2"], at: old },
      { kind: "seen", syncId: "contacts", side: "left", externalIds: [], at: NOON },
    ]);
    const unseen = (query: { afterId?: string; limit: number }) =>
      store().linksUnseenSince(held.workspaceId, "contacts", "left", { before: NOON, ...query });
    expect(idsOf(await unseen({ limit: 10 }))).toEqual(["link-0", "link-2"]);
    expect(idsOf(await unseen({ limit: 1, afterId: "link-0" }))).toEqual(["link-2"]);
  });

  test("S27 a sighting is never taken back, neither by an older one nor by saving the link", async () => {
    const held = await lane();
    const link = aHalfLink("left", { left: aSide({ asOf: NOON - 10 }) });
    const seen = (at: number): Effect => ({ kind: "seen", syncId: "contacts", side: "left", externalIds: ["L1"], at });
    await store().apply(held, [saving(link), seen(NOON), seen(NOON - 5), saving(link)]);
    const query = { before: NOON, limit: 10 };
    expect(await store().linksUnseenSince(held.workspaceId, "contacts", "left", query)).toEqual([]);
  });

  test("S28 deletions are counted from the moment asked about", async () => {
    const held = await lane();
    const states = ["tombstone", "unlinked", "linked", "tombstone"] as const;
    const links = manyLinks(4, (number) => ({ state: states[number] ?? "linked", updatedAt: NOON - number }));
    await store().apply(held, links.map(saving));
    expect(await store().countDeletesSince(held.workspaceId, "contacts", NOON - 1)).toBe(2);
    expect(await store().countDeletesSince(held.workspaceId, "contacts", 0)).toBe(3);
    expect(await store().countDeletesSince(held.workspaceId, "other", 0)).toBe(0);
  });

  test("S28 of children that ended, those proved to be deleted are counted, not those that went with their contact", async () => {
    const held = await lane();
    const reads = [undefined, 1, 2] as const;
    const links = manyLinks(3, (number) => {
      const goneReads = reads[number];
      const left = aSide({ externalId: `L${number}`, ...(goneReads && { goneAt: NOON, goneReads }) });
      return { state: "tombstone", parentLinkId: "link-of-contact", left };
    });
    await store().apply(held, links.map(saving));
    expect(await store().countDeletesSince(held.workspaceId, "contacts", 0)).toBe(1);
  });
}

function describeSearching({ store, lane }: Subject): void {
  const contacts = [
    ["Zoë 100% Ålund", "zoe_1@example.com", "+46 8 123 456"],
    ["ana", "ANA.SILVA@example.com", "(201) 555-0123"],
    ["Back\\slash", "zoex1@example.com", ""],
  ] as const;

  async function seeded() {
    const held = await lane();
    const links = manyLinks(3, (number) => {
      const [title = "", email = "", phone = ""] = contacts[number] ?? [];
      return { title, updatedAt: NOON + number, right: aSide({ externalId: `R${number}`, fields: { email, phone } }) };
    });
    // The left sides say nothing that could be found.
    const silent = links.map((link) => ({ ...link, left: aSide({ externalId: `L${link.id}`, fields: {} }) }));
    await store().apply(held, silent.map(saving));
    return (text: string) => store().searchLinks(held.workspaceId, { text, sort: "title", offset: 0, limit: 10 });
  }

  test.each([
    ["zoë", ["link-2", "link-0"]],
    ["ÅLUND", ["link-0"]],
    ["100%", ["link-0"]],
    ["%", ["link-0"]],
    ["zoe_1", ["link-0"]],
    ["back\\s", ["link-2"]],
    ["ana.silva@EXAMPLE", ["link-1"]],
    ["2015550123", ["link-1"]],
    ["+46 8 123", ["link-0"]],
    ["  ", ["link-1", "link-2", "link-0"]],
    ["nobody", []],
  ])("S29 searching for %j finds %j, and every character means itself", async (text, expected) => {
    const search = await seeded();
    const { links, total } = await search(text);
    expect(idsOf(links)).toEqual(expected);
    expect(total).toBe(expected.length);
  });

  test.each([
    ["alund", ["link-0"]],
    ["Zoe Ålund", ["link-0"]],
    ["ålund zoe_1", ["link-0"]],
    ["example.com back", ["link-2"]],
    ["ålund back", []],
    ["ana 201", ["link-1"]],
    ["ana q", []],
  ])("S60 searching for %j pays no regard to accents and order, and finds %j", async (text, expected) => {
    const search = await seeded();
    expect(idsOf((await search(text)).links)).toEqual(expected);
  });

  test("S29 a search is narrowed by sync, state and need of attention, sorted, and paged with its total", async () => {
    const held = await lane();
    const conflicts = [{ field: "phone", left: "1", right: "2", since: NOON }];
    const links = manyLinks(5, (number) => ({
      updatedAt: NOON + number,
      title: `${9 - number}`,
      state: number === 0 ? "tombstone" : "linked",
      conflicts: number === 3 ? conflicts : [],
    }));
    await store().apply(held, links.map(saving));
    const search = (query: object) =>
      store().searchLinks(held.workspaceId, { sort: "updated", offset: 0, limit: 2, ...query });
    expect(await search({})).toMatchObject({ total: 5, links: [{ id: "link-4" }, { id: "link-3" }] });
    expect(await search({ offset: 4 })).toMatchObject({ total: 5, links: [{ id: "link-0" }] });
    expect(await search({ sort: "title" })).toMatchObject({ links: [{ id: "link-4" }, { id: "link-3" }] });
    expect(await search({ states: ["tombstone"] })).toMatchObject({ total: 1, links: [{ id: "link-0" }] });
    expect(await search({ attention: true })).toMatchObject({ total: 1, links: [{ id: "link-3" }] });
    expect(await search({ syncId: "other" })).toEqual({ total: 0, links: [] });
  });

  test("S30 links are counted by state, with those that carry conflicts or findings", async () => {
    const held = await lane();
    const conflicts = [{ field: "phone", left: "1", right: "2", since: NOON }];
    const findings = [{ field: "source", side: "left", kind: "notKept", message: "Not kept.", wanted: "" }] as const;
    const links = manyLinks(6, (number) => ({
      state: number < 3 ? "linked" : "half",
      conflicts: number === 0 ? conflicts : [],
      findings: number < 2 ? findings : [],
      ...(number === 3 || number === 4 ? { beforeStart: "newOnly" as const } : {}),
      ...(number >= 4 ? { keptAloneAt: NOON } : {}),
    }));
    await store().apply(held, links.map(saving));
    expect(await store().linkCounts(held.workspaceId, "contacts")).toEqual({
      byState: { half: 3, linked: 3, ambiguous: 0, unlinked: 0, tombstone: 0 },
      withConflicts: 1,
      withFindings: 2,
      leftAlone: 1,
      keptAlone: 2,
    });
    expect(await store().linkCounts(held.workspaceId, "other")).toMatchObject({ withConflicts: 0, withFindings: 0 });
  });
}
