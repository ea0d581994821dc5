import { expect, test } from "vitest";
import { DEAL, steppedChanges, steppedFields } from "./deal.ts";
import { Settings } from "./settings.ts";

const settings = Settings.parse({ linkname: "harbourlight", ownerId: 2 });
const KNOWN = [
  { name: "Sales", stages: ["New", "Talked"] },
  { name: "Rentals", stages: ["Asked", "Talked"] },
];
const BEFORE = { pipeline: "Sales", stage: "Talked", status: "Open" };
const set = (value: string) => ({ kind: "set", value }) as const;

const seen = (deal: object) => DEAL.snapshotsOf([], settings)({ id: 7, ...deal }, "direct");

test("SM82 a deal comes out with its contact, and one of no contact is none to the hub", () => {
  expect(seen({ title: "Roof", PrimaryContact: { id: 12 }, status: "Open", dealValue: "900.5" })).toMatchObject({
    externalId: "7",
    parentId: "12",
    fields: { name: "Roof", status: "Open", value: 900.5 },
  });
  expect(seen({ title: "Roof", primaryContact: null })).toBeUndefined();
});

test("SM82 a value of 0 is no value, and Close is Won", () => {
  const fields = { value: "", status: "Won" };
  expect(seen({ primaryContact: 12, dealValue: 0, status: "Close" })?.fields).toMatchObject(fields);
});

test.each([
  [
    "known ones in the account's letters",
    { pipeline: "rentals", stage: "ASKED" },
    { pipeline: "Rentals", stage: "Asked" },
  ],
  [
    "the first stage of a known pipeline",
    { pipeline: "Rentals", stage: "Gone" },
    { pipeline: "Rentals", stage: "Asked" },
  ],
  [
    "the first of all for an unknown one",
    { pipeline: "Else", stage: "Talked" },
    { pipeline: "Sales", stage: "Talked" },
  ],
  ["the first of all for none", {}, { pipeline: "Sales", stage: "New" }],
])("SM83 a deal is made in %s", (_what, wanted, expected) => {
  expect(steppedFields(wanted, KNOWN)).toEqual({ status: "Open", ...expected });
});

test.each([
  ["another pipeline takes the stage along", { pipeline: set("rentals") }, { pipeline: set("Rentals") }],
  ["an unknown pipeline is left out", { pipeline: set("Else") }, {}],
  ["an unknown stage is left out", { stage: set("Else"), name: set("Roof") }, { name: set("Roof") }],
  ["a known stage is written in the account's letters", { stage: set("new") }, { stage: set("New") }],
])("SM84 of an update, %s", (_what, changes, expected) => {
  expect(steppedChanges(changes, BEFORE, KNOWN)).toEqual(expected);
});

test("SM84 another pipeline without that stage begins with its first", () => {
  const before = { ...BEFORE, stage: "New" };
  const sent = { pipeline: set("Rentals"), stage: set("Asked") };
  expect(steppedChanges({ pipeline: set("Rentals") }, before, KNOWN)).toEqual(sent);
});

test("SM83 an update repeats title, contact, pipeline, stage and state", () => {
  const known = { ...BEFORE, name: "Roof", ownerId: 9 };
  const body = DEAL.updateBody({ value: { kind: "set", value: 5 } }, known, [], settings, "12");
  expect(body).toEqual({
    dealValue: 5,
    title: "Roof",
    ...{ pipeline: "Sales", stage: "Talked", status: "Open" },
    primaryContact: 12,
    owner: 9,
  });
});
