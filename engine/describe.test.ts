import { expect, test } from "vitest";
import type { Fields } from "../model/value.ts";
import { aBase, aContact, aLink, aSide, aSync } from "../test/builders.ts";
import { FAKE_FIELDS } from "../test/fakePartner.ts";
import { describeLink } from "./describe.ts";
import { compileMapping } from "./mapping/compile.ts";
import type { Link } from "./ports.ts";

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
