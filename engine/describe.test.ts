import { expect, test } from "vitest";
import { Failure } from "../model/errors.ts";
import type { Fields } from "../model/value.ts";
import { aBase, aContact, aLink, aSide, aSync } from "../test/builders.ts";
import { FAKE_FIELDS, fakePartner } from "../test/fakePartner.ts";
import { worldClock } from "../test/world.ts";
import { openSync } from "./context.ts";
import { describeLink, namesFor } from "./describe.ts";
import { newWatch } from "./fields/watch.ts";
import { compileMapping } from "./mapping/compile.ts";
import type { Link, Partner } from "./ports.ts";

const SIDE = { fields: FAKE_FIELDS, country: "US" };
const MAPPING = compileMapping(aSync(), SIDE, SIDE);

function companyOf(link: Link) {
  return describeLink(MAPPING, link).find((view) => view.field === "companyName");
}

function linkWith(left: string | undefined, right: string | undefined, link: Partial<Link> = {}): Link {
  const fields = (companyName: string | undefined): Fields => (companyName === undefined ? {} : { companyName });
  return aLink({
    left: aSide({ externalId: "L1", fields: fields(left) }),
    right: aSide({ externalId: "R1", fields: fields(right) }),
    ...link,
  });
}

test("both sides stand beside each other, with what they last agreed on", () => {
  expect(companyOf(aLink())).toEqual({
    field: "companyName",
    label: "companyName",
    left: "Silva Tiles",
    right: "Silva Tiles",
    base: ["Silva Tiles", "Silva Tiles"],
    state: "same",
  });
});

test("fields that are empty on both sides are left out", () => {
  const views = describeLink(MAPPING, aLink());
  expect(views.map((view) => view.field)).toEqual(["firstName", "lastName", "email", "phone", "companyName", "tags"]);
});

test.each<[what: string, link: Link, state: string]>([
  ["the same in two writings", linkWith("Silva", " Silva"), "same"],
  ["different", linkWith("Silva", "Berg"), "differs"],
  [
    "agreed in two forms",
    linkWith("Straße", "Str.", { base: { "companyName>companyName:text": ["Straße", "Str."] } }),
    "same",
  ],
  ["known on one side only", linkWith("Silva", undefined), "unknown"],
  [
    "a conflict",
    linkWith("Silva", "Berg", { conflicts: [{ field: "companyName", left: "Silva", right: "Berg", since: 0 }] }),
    "conflict",
  ],
  [
    "a finding",
    linkWith("Silva", "", {
      findings: [{ field: "companyName", side: "right", kind: "notKept", message: "was not kept", wanted: "Silva" }],
    }),
    "finding",
  ],
])("a field is shown as %s", (_what, link, state) => {
  expect(companyOf(link)?.state).toBe(state);
});

test("what waits for a person says so in words", () => {
  const conflicts = [{ field: "companyName", left: "Silva", right: "Berg", since: 0 }];
  expect(companyOf(linkWith("Silva", "Berg", { conflicts }))?.note).toContain("choose");
});

test("a record without counterpart is shown by itself", () => {
  const { right: _none, ...half } = aLink({ state: "half", base: aBase({}) });
  expect(companyOf({ ...half, left: aSide({ fields: aContact() }) })).toMatchObject({
    left: "Silva Tiles",
    state: "unknown",
  });
});

test("HL191 a value that has a name is shown by it, on the side whose name it is", () => {
  const names = { left: { companyName: { "Silva Tiles": "Ana's" } }, right: {} };
  const view = describeLink(MAPPING, aLink(), names).find(({ field }) => field === "companyName");
  expect(view).toMatchObject({ left: "Ana's", right: "Silva Tiles", base: ["Ana's", "Silva Tiles"], state: "same" });
});

test("HL191 names are asked for where a mapped field has any, and do without where they can not be had", async () => {
  const asked: string[] = [];
  const partner = (key: string, read: () => Promise<Readonly<Record<string, string>>>) => ({
    ...fakePartner(worldClock(0), "L"),
    named: {
      keys: [key],
      read: () => {
        asked.push(key);
        return read();
      },
    },
  });
  const open = (left: Partner, right: Partner) =>
    openSync("acme", aSync(), (_workspaceId, id) => (id === "highlevel" ? left : right), {
      isCurrent: () => true,
      look: async () => newWatch("contacts"),
    });
  const context = { priority: 0 as const, calls: [] };
  const some = open(
    partner("companyName", async () => ({ a: "A" })),
    partner("nothing", async () => ({})),
  );
  expect(await namesFor(MAPPING, some, context)).toEqual({ left: { companyName: { a: "A" } }, right: {} });
  expect(asked).toEqual(["companyName"]);
  const away = () => Promise.reject(new Failure("unavailable", "no answer"));
  const none = open(partner("companyName", away), partner("nothing", away));
  expect(await namesFor(MAPPING, none, context)).toEqual({ left: {}, right: {} });
});
