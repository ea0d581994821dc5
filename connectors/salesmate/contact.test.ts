import { expect, test } from "vitest";
import type { Change, Value } from "../../model/value.ts";
import { CONTACT } from "./contact.ts";
import { customFieldsIn } from "./customFields.ts";
import { Settings } from "./settings.ts";
import { Contact } from "./wire.ts";

const { createBody, describe: describeContact, displayingFields, snapshotsOf, updateBody } = CONTACT;
const settings = Settings.parse({ linkname: "harbourlight", ownerId: 2, timeZone: "Europe/London" });
const custom = customFieldsIn([
  { fieldName: "textCustomField3", displayName: "Colour", fieldOptions: "{}" },
  { fieldName: "contact.dateCustomField1", displayName: "Renewal", fieldOptions: null },
  { fieldName: "selectCustomField1", displayName: "Stage", fieldOptions: '{"values":["New",{"value":"Old"}]}' },
  { fieldName: "multiSelectCustomField1", displayName: "Likes", fieldOptions: '{"values":["A","B"]}' },
  { fieldName: "multiSelectCustomField2", displayName: "Odd", fieldOptions: '{"values":["A, or so","B"]}' },
  { fieldName: "hologramCustomField1", displayName: "Future", fieldOptions: "not json" },
  { fieldName: "checkboxCustomField1", displayName: "", fieldOptions: undefined },
  { fieldName: "firstName", displayName: "First Name", fieldOptions: "{}" },
]);

/** The data of a direct read, with the fields of the published catalogue; its person is invented. */
const DIRECT = {
  id: 1588,
  name: "Zoë -",
  firstName: "Zoë",
  lastName: "-",
  owner: { id: 7, name: "A user" },
  email: "Zoe@example.com",
  mobile: "(201) 555-0123",
  phone: "201-555-0124",
  otherPhone: null,
  designation: "Tiler",
  website: "https://zoe.example.com",
  description: "Likes tiles.",
  tags: "VIP, Customer,,vip",
  billingAddressLine1: "12 Harbour Lane",
  billingCity: "Porto",
  billingState: "Norte",
  billingZipCode: "4000-001",
  billingCountry: "Portugal",
  textCustomField3: "green",
  dateCustomField1: "2027-01-31",
  selectCustomField1: "New",
  multiSelectCustomField1: "A,B",
  checkboxCustomField1: true,
  createdAt: "2026-05-01T10:00:00.000Z",
  lastModifiedAt: "2026-05-04T09:12:33.123Z",
  isDeleted: false,
};

function seen(body: object, sighting: "direct" | "row" = "direct") {
  return snapshotsOf(custom, settings)(Contact.parse(body), sighting);
}

test("SM10 a contact of a direct read comes out in model form, the surname's placeholder as empty", () => {
  expect(seen(DIRECT)).toEqual({
    externalId: "1588",
    version: "1777885953123",
    fields: {
      firstName: "Zoë",
      lastName: "",
      email: "Zoe@example.com",
      phone: "(201) 555-0123",
      workPhone: "201-555-0124",
      otherPhone: "",
      jobTitle: "Tiler",
      website: "https://zoe.example.com",
      description: "Likes tiles.",
      tags: ["VIP", "Customer"],
      addressLine1: "12 Harbour Lane",
      addressLine2: "",
      city: "Porto",
      state: "Norte",
      postalCode: "4000-001",
      country: "Portugal",
      ownerId: 7,
      "custom.textCustomField3": "green",
      "custom.dateCustomField1": "2027-01-31",
      "custom.selectCustomField1": "New",
      "custom.multiSelectCustomField1": ["A", "B"],
      "custom.multiSelectCustomField2": [],
      "custom.hologramCustomField1": "",
      "custom.checkboxCustomField1": true,
    },
  });
});

test.each([
  ["an object", { owner: { id: 7 } }, 7],
  ["an object with a capital", { Owner: { id: "7" } }, 7],
  ["a number", { owner: 7 }, 7],
  ["nothing", {}, undefined],
  ["null", { owner: null }, undefined],
])("SM11 the owner is read from %s", (_form, body, expected) => {
  expect(seen({ id: 1, ...body })?.fields.ownerId).toBe(expected);
});

test("SM12 a row says nothing of what it does not show, and has no version, its times being minutes", () => {
  const row = { id: "12", firstName: "Ana", lastName: "Silva", email: null, lastModifiedAt: "May 04, 2026 10:12 AM" };
  expect(seen(row, "row")).toEqual({ externalId: "12", fields: { firstName: "Ana", lastName: "Silva", email: "" } });
});

test.each([
  ["May 04, 2026 10:12 AM", undefined],
  ["2026-05-04T09:12:33Z", "1777885953000"],
  [1_777_885_953_123, "1777885953123"],
  [null, undefined],
])("SM12 a direct read changed at %j has the version %s", (lastModifiedAt, version) => {
  expect(seen({ id: 1, lastModifiedAt })?.version).toBe(version);
});

test("SM13 a row is asked to show every field, custom ones included", () => {
  const wanted = displayingFields(custom);
  expect(wanted).toEqual(
    expect.arrayContaining(["contact.id", "contact.owner.id", "contact.textCustomField3", "contact.billingZipCode"]),
  );
  expect(new Set(wanted).size).toBe(wanted.length);
});

test("SM14 a create carries owner and surname always, and nothing empty", () => {
  expect(
    createBody({ firstName: "Ana", lastName: "", city: "", phone: "+12015550123", tags: ["a", "b"] }, custom, settings),
  ).toEqual({
    firstName: "Ana",
    lastName: "-",
    owner: 2,
    mobile: "+12015550123",
    tags: "a,b",
  });
});

const set = (value: Value): Change => ({ kind: "set", value });

test("SM15 an update repeats owner and surname as they are, and the whole list of tags", () => {
  const known = { lastName: "Silva", ownerId: 7, tags: ["VIP", "Customer"], city: "Braga" };
  const changes: Record<string, Change> = {
    city: set("Porto"),
    tags: { kind: "elements", add: ["new"], remove: ["vip"] },
  };
  expect(updateBody(changes, known, custom, settings)).toEqual({
    lastName: "Silva",
    owner: 7,
    billingCity: "Porto",
    tags: "Customer,new",
  });
});

test.each([
  ["cleared", { kind: "clear" } as const, "-"],
  ["set to nothing", set(""), "-"],
  ["set", set("Sousa"), "Sousa"],
])("SM15 a surname that is %s is sent as %j says", (_what, change, expected) => {
  expect(updateBody({ lastName: change }, { lastName: "Silva" }, custom, settings)).toEqual({
    lastName: expected,
    owner: 2,
  });
});

test("SM16 clearing sends the empty text, or null where a text is none", () => {
  const clear = { kind: "clear" } as const;
  const changes = { email: clear, tags: clear, "custom.dateCustomField1": clear, "custom.textCustomField3": clear };
  expect(updateBody(changes, { tags: ["a"] }, custom, settings)).toMatchObject({
    email: "",
    tags: "",
    dateCustomField1: null,
    textCustomField3: "",
  });
});

test("SM17 a tag with a comma is left out, since it would come back as two", () => {
  expect(createBody({ tags: ["a, b", "c"] }, custom, settings)).toMatchObject({ tags: "c" });
});

test.each([
  ["custom.nothing", /no such field/],
  ["custom.hologramCustomField1", /cannot be written/],
  ["companyName", /no such field/],
])("SM18 writing %s is refused with what to correct", (key, words) => {
  expect(() => createBody({ [key]: "x" }, custom, settings)).toThrow(
    expect.objectContaining({ kind: "misconfigured", message: expect.stringMatching(words) }),
  );
});

test("SM19 custom fields are described by the word in their key, options included", () => {
  const byKey = new Map(describeContact(custom).map((field) => [field.key, field]));
  expect(byKey.get("custom.selectCustomField1")).toMatchObject({
    label: "Stage",
    type: "option",
    options: ["New", "Old"],
  });
  expect(byKey.get("custom.multiSelectCustomField1")).toMatchObject({ type: "set", isWritable: true });
  expect(byKey.get("custom.multiSelectCustomField2")).toMatchObject({ type: "set", isWritable: false });
  expect(byKey.get("custom.hologramCustomField1")).toMatchObject({ type: "json", isWritable: false });
  expect(byKey.get("custom.checkboxCustomField1")).toMatchObject({ label: "checkboxCustomField1", type: "boolean" });
  expect(byKey.get("ownerId")).toEqual({ key: "ownerId", label: "Owner", type: "number", isWritable: false });
  expect(byKey.has("custom.firstName")).toBe(false);
});
