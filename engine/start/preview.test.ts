import { expect, test } from "vitest";
import type { PreviewKind } from "../../model/api/previews.ts";
import type { StartMode } from "../../model/sync.ts";
import type { Fields } from "../../model/value.ts";
import { aContact, aField, aHalfLink, aLink, aSide, aSync } from "../../test/builders.ts";
import { FAKE_FIELDS } from "../../test/fakePartner.ts";
import { aRunningWorld } from "../../test/world.ts";
import { compileMapping } from "../mapping/compile.ts";
import type { Link } from "../ports.ts";
import { countPreview, pagePreview } from "./dryRun.ts";
import { previewLink } from "./preview.ts";

const SHORT = aField("companyName", { maxLength: 8 });
const RIGHT_FIELDS = FAKE_FIELDS.map((field) => (field.key === "companyName" ? SHORT : field));
const ROWS = [{ left: "city", right: "city", direction: "both", conflict: "ask", clear: "carry" }] as const;
const MAPPING = compileMapping(
  aSync({ mapping: [...ROWS] }),
  { fields: FAKE_FIELDS, country: "US" },
  { fields: RIGHT_FIELDS, country: "US" },
);

function person(fields: Fields = {}): Fields {
  return aContact({ companyName: "Silva", city: "", ...fields });
}

/** Two records as first read, nothing agreed on yet. */
function aPair(left: Fields, right: Fields): Link {
  return aLink({
    base: {},
    left: aSide({ fields: person(left) }),
    right: aSide({ externalId: "R1", fields: person(right) }),
  });
}

function aLone(fields: Fields = {}): Link {
  return aHalfLink("left", { left: aSide({ fields: person(fields) }) });
}

test.each<readonly [string, Link, StartMode, readonly PreviewKind[]]>([
  ["T8 an equal pair", aPair({}, {}), "full", ["same"]],
  ["T8 a pair of which one lacks a value", aPair({ city: "Rome" }, {}), "full", ["update"]],
  ["T8 a pair that differs", aPair({ firstName: "Anna" }, {}), "full", ["update"]],
  ["T8 a pair that differs where a person is asked", aPair({ city: "Rome" }, { city: "Oslo" }), "full", ["conflict"]],
  ["T8 a value that the other side can not hold", aPair({ companyName: "Silva and Sons" }, {}), "full", ["problem"]],
  ["T8 a record without counterpart", aLone(), "full", ["createRight"]],
  [
    "T8 a record of which not all can be carried",
    aLone({ companyName: "Silva and Sons" }),
    "full",
    ["createRight", "problem"],
  ],
  ["T8 an unclear record", { ...aLone(), state: "ambiguous" }, "full", ["ambiguous"]],
  ["T8 a pair that differs, new records only", aPair({ city: "Rome" }, { city: "Oslo" }), "newOnly", ["apart"]],
  ["T8 a record without counterpart, new records only", aLone(), "newOnly", ["leftAlone"]],
  ["T8 a pair that differs, empty fields only", aPair({ city: "Rome" }, { city: "Oslo" }), "fillEmpty", ["apart"]],
  ["T8 a pair of which one lacks a value, empty fields only", aPair({ city: "Rome" }, {}), "fillEmpty", ["update"]],
])("%s counts as what it is", (_what, link, mode, kinds) => {
  expect(previewLink(MAPPING, link, mode).kinds).toEqual(kinds);
});

test("T8 each field is shown with what it is and what it would become", () => {
  const { fields } = previewLink(MAPPING, aPair({ firstName: "Anna", tags: ["a"] }, { tags: ["b"] }), "full");
  expect(fields).toEqual([
    { field: "firstName", label: "firstName", kind: "write", left: "Anna", right: "Ana", side: "right", value: "Anna" },
    { field: "tags", label: "tags", kind: "write", left: ["a"], right: ["b"], side: "left", value: ["a", "b"] },
    { field: "tags", label: "tags", kind: "write", left: ["a"], right: ["b"], side: "right", value: ["b", "a"] },
  ]);
});

test("T8 what a listing shows in lower case only is no difference by itself", () => {
  const pair = aPair({ firstName: "ana" }, {});
  const folded = { ...pair, left: aSide({ fields: person({ firstName: "ana" }), folded: ["firstName"] }) };
  expect(previewLink(MAPPING, folded, "full").kinds).toEqual(["same"]);
});

test("T8 why a value can not be carried over is said", () => {
  const [field] = previewLink(MAPPING, aLone({ companyName: "Silva and Sons" }), "full").fields.filter(
    ({ kind }) => kind === "problem",
  );
  expect(field).toMatchObject({ side: "right", note: expect.stringContaining("at most 8 characters") });
});

test("T8 what is shown is what is then done, and showing it asks for no record", async () => {
  const left = [person(), person({ firstName: "Bo", email: "bo@example.com", phone: "+12015550199" })];
  const world = await aRunningWorld(
    { sync: { start: { mode: "full", isReviewed: false } } },
    { left, right: [person({ city: "Oslo" })] },
  );
  world.forgetCalls();
  const partnerOf = (_workspace: string, id: string) => (id === world.left.connectionId ? world.left : world.right);
  const options = { sync: world.sync(), store: world.store, partnerOf, mode: "full" } as const;
  const { counts, matched } = await countPreview(options);
  expect(matched).toBe(1);
  expect(counts).toMatchObject({ update: 1, createRight: 1, createLeft: 0, same: 0, conflict: 0 });
  const first = await pagePreview(options, { limit: 1 });
  const second = await pagePreview(options, { limit: 1, ...(first.next === undefined ? {} : { after: first.next }) });
  const shown = [...first.rows, ...second.rows].flatMap(({ fields }) => fields.filter(({ kind }) => kind === "write"));
  expect([world.left, world.right].flatMap((one) => one.callsOf("list", "read", "find", "create", "update"))).toEqual(
    [],
  );
  await world.mark("start:contacts:full", "person");
  await world.advance(10_000);
  for (const { field, side = "left", value } of shown) {
    expect(world[side].ids().map((id) => world[side].fieldsOf(id)?.[field])).toContainEqual(value);
  }
  expect(
    world
      .writes()
      .map(({ verb }) => verb)
      .sort(),
  ).toEqual(["create", "update"]);
});
