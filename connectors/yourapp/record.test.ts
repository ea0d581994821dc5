import fc from "fast-check";
import { expect, test } from "vitest";
import { AppDeclaration, DeclaredField, DeclaredResourceShape } from "../../model/declaration.ts";
import { DAYBOOK } from "../../test/daybook.ts";
import { createFields, snapshotOf, updateFields } from "./record.ts";
import { fromModel, toModel } from "./values.ts";

function field(more: Partial<DeclaredField>): DeclaredField {
  return DeclaredField.parse({ key: "one", label: "One", path: "one", type: "text", ...more });
}

const DUE = "2031-03-04T09:30:00.000Z";
const VALUES: readonly [string, Partial<DeclaredField>, unknown, unknown][] = [
  ["a text as it stands", {}, "Ana ", "Ana "],
  ["a moment in seconds", { type: "dateTime", written: "epochSeconds" }, 1_930_383_000, DUE],
  ["a moment in milliseconds", { type: "dateTime", written: "epochMs" }, 1_930_383_000_000, DUE],
  ["a list in one text", { type: "set", written: "commaText" }, "one, two", ["one", "two"]],
  ["a list", { type: "set" }, ["one", "two"], ["one", "two"]],
  ["a word of the app for yes", { type: "boolean", values: [{ theirs: "done", ours: true }] }, "done", true],
  ["a number", { type: "number" }, 12.5, 12.5],
  ["nothing", {}, null, ""],
];

test.each(VALUES)("YA4 %s is read and written back the same", (_what, more, theirs, ours) => {
  expect(toModel(field(more), theirs)).toEqual(ours);
  expect(fromModel(field(more), ours as string)).toEqual(theirs);
});

test("YA4 what a field shows after any value was written is what was written, for every type", () => {
  const types = ["text", "longText", "number", "boolean", "dateTime", "set", "date", "option"] as const;
  const values = {
    text: fc.string({ minLength: 1 }),
    longText: fc.string({ minLength: 1 }),
    option: fc.string({ minLength: 1 }),
    number: fc.double({ noNaN: true, noDefaultInfinity: true }),
    boolean: fc.boolean(),
    dateTime: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
    date: fc.constantFrom("1990-05-01", "2027-12-31"),
    set: fc.array(fc.stringMatching(/^[a-z]{1,8}$/)),
  };
  fc.assert(
    fc.property(
      fc.constantFrom(...types).chain((type) => fc.record({ type: fc.constant(type), value: values[type] })),
      ({ type, value }) => {
        const one = field({ type });
        expect(toModel(one, JSON.parse(JSON.stringify(fromModel(one, value))))).toEqual(value === 0 ? 0 : value);
      },
    ),
  );
});

const SHAPE = DeclaredResourceShape.parse({
  list: { path: "/people" },
  read: { path: "/people/{id}" },
  deleted: { path: "state", is: "removed" },
  fields: [
    { key: "name", label: "Name", path: "name", type: "text" },
    { key: "city", label: "City", path: "address.city", type: "text" },
    { key: "zip", label: "Zip", path: "address.zip", type: "text" },
    { key: "seen", label: "Seen", path: "seen", type: "number", isWritable: false },
  ],
});
const KNOWN = { name: "Ana", city: "Porto", zip: "4000", seen: 3 };

test("YA5 an update sends what changed with the rest of the same inner object, or the whole record", () => {
  const changes = { city: { kind: "set", value: "Faro" } } as const;
  expect(updateFields(SHAPE, changes, KNOWN, "changes")).toEqual({ address: { city: "Faro", zip: "4000" } });
  const whole = { name: "Ana", address: { city: "Faro", zip: "4000" } };
  expect(updateFields(SHAPE, changes, KNOWN, "whole")).toEqual(whole);
  expect(updateFields(SHAPE, { name: { kind: "clear" } }, KNOWN, "changes")).toEqual({ name: null });
});

test("YA5 a create sends what is not empty, and nothing that can not be written", () => {
  expect(createFields(SHAPE, { ...KNOWN, city: "" })).toEqual({ name: "Ana", address: { zip: "4000" } });
});

test("YA7 a record that says of itself that it is deleted is gone", () => {
  expect(snapshotOf(SHAPE, false, { id: 1, state: "removed" })).toBe("deleted");
  expect(snapshotOf(SHAPE, false, { id: 1, state: "active" })).toMatchObject({ externalId: "1" });
  expect(snapshotOf(SHAPE, false, { name: "nobody" })).toBeUndefined();
});

test("YA1 what is wrong with a declaration is named with its place", () => {
  const contact = { list: { path: "/people" }, read: { path: "/people" }, fields: [{ ...SHAPE.fields[0] }] };
  const twice = { ...contact.fields[0], standard: "firstName", type: "email" };
  const note = { list: { path: "/notes" }, read: { path: "/notes/{id}" }, fields: [{ ...twice, standard: "due" }] };
  const resources = { contact: { ...contact, fields: [...contact.fields, twice] }, note };
  const parsed = AppDeclaration.safeParse({ name: "A", baseUrl: "https://a.example", resources });
  expect(parsed.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual([
    "resources.contact.fields.1.key: there are two fields name",
    "resources.contact.fields.1.type: firstName is compared as text",
    "resources.contact.read.path: must hold {id}",
    "resources.note.fields.0.standard: a note has no due",
    "resources.note.parentId: is missing: where the contact's id stands in a record",
  ]);
});

test("YA2 a declaration that was written to a file and read back is the same", () => {
  expect(AppDeclaration.parse(JSON.parse(JSON.stringify(DAYBOOK)))).toEqual(DAYBOOK);
});
