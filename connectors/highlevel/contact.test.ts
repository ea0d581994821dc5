import { expect, test } from "vitest";
import type { Change, Fields, Value } from "../../model/value.ts";
import { createBody, describeContact, snapshotOf, tagMoves, updateBody } from "./contact.ts";
import { tableOf } from "./customFields.ts";
import { Settings } from "./settings.ts";
import { Contact, CustomFieldsAnswer } from "./wire.ts";

const settings = Settings.parse({ locationId: "locA1B2C3D4E5F6G7H8J9" });
const table = tableOf(
  CustomFieldsAnswer.parse({
    customFields: [
      { id: "f-text", name: "Colour", fieldKey: "contact.colour", dataType: "TEXT" },
      { id: "f-number", name: "Children", fieldKey: "contact.children", dataType: "NUMERICAL" },
      { id: "f-money", name: "Budget", fieldKey: "contact.budget", dataType: "MONETORY" },
      { id: "f-date", name: "Renewal", fieldKey: "contact.renewal", dataType: "DATE" },
      { id: "f-radio", name: "Way", fieldKey: "contact.way", dataType: "RADIO", picklistOptions: ["Phone", "Letter"] },
      {
        id: "f-multi",
        name: "Likes",
        fieldKey: "contact.likes",
        dataType: "MULTIPLE_OPTIONS",
        picklistOptions: ["A", "B"],
      },
      { id: "f-boxes", name: "Measures", fieldKey: "contact.measures", dataType: "TEXTBOX_LIST" },
      { id: "f-new", name: "Future", fieldKey: "contact.future", dataType: "HOLOGRAM" },
    ],
  }).customFields,
);
const NO_CUSTOM = tableOf([]);

/** The body of a direct read, with the keys that the published description lists. */
const DIRECT = {
  id: "ocQHyuzHvysMo5N5VsXc",
  locationId: "locA1B2C3D4E5F6G7H8J9",
  firstName: "Zoë",
  lastName: "O'Neil",
  firstNameLowerCase: "zoë",
  email: "zoe@example.com",
  emailLowerCase: "zoe@example.com",
  phone: "+18888888888",
  companyName: "Silva Tiles",
  address1: "3535 1st St N",
  city: "Dolomite",
  state: "AL",
  postalCode: 35061,
  country: "US",
  website: "https://www.example.com",
  dateOfBirth: "1990-09-25T00:00:00.000Z",
  source: "public api",
  type: "lead",
  dnd: true,
  dndSettings: { Call: { status: "active", message: "" }, Email: { status: "inactive" }, SMS: { status: "permanent" } },
  timezone: "Europe/Lisbon",
  assignedTo: "u1",
  additionalEmails: [{ email: "second@example.com", validEmail: null }],
  tags: ["vip ", ""],
  customFields: [
    { id: "f-text", value: "green" },
    { id: "f-number", value: "3" },
    { id: "f-money", value: 12.5 },
    { id: "f-date", value: 1_801_353_600_000 },
    { id: "f-radio", value: "Phone" },
    { id: "f-multi", value: ["A", "B"] },
    { id: "f-boxes", value: { one: "1" } },
    { id: "f-gone", value: "left over" },
  ],
  dateAdded: "2026-05-01T10:00:00.000Z",
  dateUpdated: "2026-05-04T09:12:33.123Z",
  attributions: [],
};

function seen(body: object, sighting: Parameters<typeof snapshotOf>[2], fields = table) {
  return snapshotOf(Contact.parse(body), fields, sighting);
}

test("HL1 a contact of a direct read comes out in model form, custom fields by key", () => {
  expect(seen(DIRECT, "direct")).toEqual({
    externalId: "ocQHyuzHvysMo5N5VsXc",
    version: "1777885953123",
    fields: {
      firstName: "Zoë",
      lastName: "O'Neil",
      email: "zoe@example.com",
      phone: "+18888888888",
      companyName: "Silva Tiles",
      addressLine1: "3535 1st St N",
      city: "Dolomite",
      state: "AL",
      postalCode: "35061",
      country: "US",
      website: "https://www.example.com",
      dateOfBirth: "1990-09-25",
      source: "public api",
      tags: ["vip"],
      gender: "",
      timezone: "Europe/Lisbon",
      assignedTo: "u1",
      additionalEmails: ["second@example.com"],
      doNotDisturb: true,
      "doNotDisturb.call": true,
      "doNotDisturb.email": false,
      "doNotDisturb.sms": true,
      "doNotDisturb.whatsApp": "",
      "doNotDisturb.gmb": "",
      "doNotDisturb.fb": "",
      "custom.colour": "green",
      "custom.children": 3,
      "custom.budget": 12.5,
      "custom.renewal": "2027-01-31",
      "custom.way": "Phone",
      "custom.likes": ["A", "B"],
      "custom.measures": '{"one":"1"}',
      "custom.future": "",
    },
  });
});

test("HL2 in a direct read what is absent, null or blank is empty", () => {
  const { fields } = seen({ id: "c1", firstName: null, lastName: "", city: "  " }, "direct", NO_CUSTOM);
  expect(new Set(Object.values(fields).map(String))).toEqual(new Set([""]));
  expect(Object.keys(fields)).toHaveLength(25);
});

test.each([
  ["value", { id: "f-text", value: "green" }],
  ["fieldValue", { id: "f-text", fieldValue: "green" }],
  ["field_value", { id: "f-text", field_value: "green" }],
])("HL3 a custom value is read under the key %s", (_key, custom) => {
  expect(seen({ id: "c1", customFields: [custom] }, "direct").fields["custom.colour"]).toBe("green");
});

test.each([
  ["2027-01-31", "2027-01-31"],
  ["2027-01-31T00:00:00.000Z", "2027-01-31"],
  [1_801_353_600_000, "2027-01-31"],
  ["1801353600000", "2027-01-31"],
  [null, ""],
  ["", ""],
  ["31/01/2027", "31/01/2027"],
])("HL4 the date %j is read as %j", (value, expected) => {
  const snapshot = seen({ id: "c1", customFields: [{ id: "f-date", value }], dateOfBirth: value }, "direct");
  expect(snapshot.fields).toMatchObject({ "custom.renewal": expected, dateOfBirth: expected });
});

test.each([
  ["raw names when shown", { firstName: "zoë", firstNameRaw: "Zoë" }, "Zoë", undefined],
  ["lower-cased names, marked", { firstName: "zoë" }, "zoë", ["firstName"]],
  ["the lower-cased key, marked", { firstNameLowerCase: "zoë" }, "zoë", ["firstName"]],
  ["a name with a capital as it is", { firstName: "Zoë" }, "Zoë", undefined],
  ["no name, unmarked", { firstName: null }, "", undefined],
])("HL5 a search row gives %s", (_what, names, expected, folded) => {
  const snapshot = seen({ id: "c1", ...names }, "row", NO_CUSTOM);
  expect(snapshot.fields.firstName).toBe(expected);
  expect(snapshot.folded).toEqual(folded);
});

test("HL5 a name in lower case is a name in a direct read, and doubtful in the answer to a write", () => {
  expect(seen({ id: "c1", firstName: "bell hooks" }, "direct").folded).toBeUndefined();
  expect(seen({ id: "c1", firstName: "bell hooks" }, "written").folded).toEqual(["firstName"]);
});

test("HL6 a search row's address is the street, and what rows may leave out is then not said to be empty", () => {
  const { fields } = seen({ id: "c1", address: "1 Hill Road" }, "row");
  expect(fields).toMatchObject({ addressLine1: "1 Hill Road", city: "" });
  expect(Object.keys(fields)).not.toEqual(expect.arrayContaining(["website"]));
  expect(Object.keys(fields)).not.toEqual(expect.arrayContaining(["postalCode"]));
  expect(Object.keys(fields)).not.toEqual(expect.arrayContaining(["custom.colour"]));
  expect(seen({ id: "c1", website: null }, "row").fields.website).toBe("");
});

test.each([
  ["an ISO time", "2026-05-04T09:12:33.123Z", "1777885953123"],
  ["epoch milliseconds", 1_777_885_953_123, "1777885953123"],
  ["nothing", undefined, undefined],
  ["something else", "yesterday", undefined],
])("HL7 the version is the time of the last change, from %s", (_what, dateUpdated, expected) => {
  expect(seen({ id: "c1", dateUpdated }, "direct").version).toBe(expected);
});

test("HL8 a create sends what is not empty, tags in one list, custom fields by id", () => {
  const fields: Fields = {
    firstName: "Ana",
    lastName: "",
    addressLine1: "1 Hill Road",
    companyName: "Silva Tiles",
    tags: ["a", "b"],
    "custom.children": 3,
    "custom.likes": ["A"],
    "custom.colour": "",
  };
  expect(createBody(fields, table, settings)).toEqual({
    locationId: "locA1B2C3D4E5F6G7H8J9",
    firstName: "Ana",
    address1: "1 Hill Road",
    companyName: "Silva Tiles",
    tags: ["a", "b"],
    customFields: [
      { id: "f-number", field_value: 3 },
      { id: "f-multi", field_value: ["A"] },
    ],
  });
});

test("HL8 v3 calls a custom value fieldValue", () => {
  const v3 = Settings.parse({ locationId: "loc", apiVersion: "v3" });
  expect(createBody({ "custom.colour": "red" }, table, v3)).toMatchObject({
    customFields: [{ id: "f-text", fieldValue: "red" }],
  });
});

const set = (value: Value): Change => ({
  kind: "set",
  value,
});
const CLEAR: Change = { kind: "clear" };

test("HL137 a field whose shape HighLevel does not document passes as JSON, always the same text for the same value", () => {
  const value = { width: [{ b: 2, a: 1 }], height: "3" };
  const text = '{"height":"3","width":[{"a":1,"b":2}]}';
  expect(seen({ id: "c1", customFields: [{ id: "f-boxes", value }] }, "direct").fields["custom.measures"]).toBe(text);
  expect(createBody({ "custom.measures": text }, table, settings)).toMatchObject({
    customFields: [{ id: "f-boxes", field_value: value }],
  });
});

test.each(["3 metres", "3", "{", "null"])("HL137 %j is no JSON that such a field takes, and is refused", (text) => {
  expect(() => createBody({ "custom.measures": text }, table, settings)).toThrow(
    expect.objectContaining({ kind: "rejected", message: expect.stringContaining('"custom.measures"') }),
  );
});

test("HL9 an update sends what changed and nothing else, and never tags", () => {
  const changes = { city: set("Porto"), tags: set(["x"]), "custom.colour": set("red") };
  expect(updateBody(changes, { city: "Braga", firstName: "Ana" }, table, settings)).toEqual({
    city: "Porto",
    customFields: [{ id: "f-text", field_value: "red" }],
  });
  expect(updateBody({ tags: CLEAR }, {}, table, settings)).toBeUndefined();
});

test("HL10 clearing sends null for a standard field, and the empty value for a custom one", () => {
  const changes = { city: CLEAR, "custom.colour": CLEAR, "custom.children": CLEAR, "custom.likes": CLEAR };
  expect(updateBody(changes, { "custom.likes": ["A"] }, table, settings)).toEqual({
    city: null,
    customFields: [
      { id: "f-text", field_value: "" },
      { id: "f-number", field_value: "" },
      { id: "f-multi", field_value: [] },
    ],
  });
});

test("HL11 the company name travels in an update only where the setting says so", () => {
  const changes = { companyName: set("Other Tiles") };
  const allowing = Settings.parse({ locationId: "loc", canSendCompanyNameOnUpdate: true });
  expect(updateBody(changes, {}, table, settings)).toBeUndefined();
  expect(updateBody(changes, {}, table, allowing)).toEqual({ companyName: "Other Tiles" });
  const isWritable = (given: Settings) =>
    describeContact(table, given).find(({ key }) => key === "companyName")?.isWritable;
  expect([isWritable(settings), isWritable(allowing)]).toEqual([false, true]);
});

test.each([
  ["2021-07-28", { SMS: { status: "active", message: "", code: "" } }],
  ["v3", { sms: { status: "active", message: "", code: "" } }],
])(
  "HL134 under %s what a contact does not want is sent for the channel that changed only",
  (apiVersion, dndSettings) => {
    const given = Settings.parse({ locationId: "loc", apiVersion });
    const changes = { doNotDisturb: set(false), "doNotDisturb.sms": set(true) };
    expect(updateBody(changes, { "doNotDisturb.call": true }, table, given)).toEqual({ dnd: false, dndSettings });
  },
);

test("HL134 channels are read in the writings of all versions, and a row that lacks them says nothing", () => {
  const dndSettings = { call: { status: "active" }, whatsApp: { status: "inactive" }, SMS: { status: "permanent" } };
  expect(seen({ id: "c1", dndSettings }, "row").fields).toMatchObject({
    "doNotDisturb.call": true,
    "doNotDisturb.whatsApp": false,
    "doNotDisturb.sms": true,
    "doNotDisturb.fb": "",
  });
  const { fields } = seen({ id: "c1" }, "row");
  expect(Object.keys(fields).filter((key) => key.startsWith("doNotDisturb"))).toEqual([]);
});

test.each([
  ["gender", "canSendGenderOnUpdate", set("female"), { gender: "female" }],
  [
    "additionalEmails",
    "canSendAdditionalEmails",
    set(["second@example.com"]),
    { additionalEmails: [{ email: "second@example.com" }] },
  ],
])("HL135 %s travels in an update only where %s says so", (key, setting, change, body) => {
  const allowing = Settings.parse({ locationId: "loc", [setting]: true });
  expect(updateBody({ [key]: change }, {}, table, settings)).toBeUndefined();
  expect(updateBody({ [key]: change }, {}, table, allowing)).toEqual(body);
  const isWritable = (given: Settings) => describeContact(table, given).find((field) => field.key === key)?.isWritable;
  expect([isWritable(settings), isWritable(allowing)]).toEqual([false, true]);
});

test("HL135 a create takes the gender, and never further e-mails", () => {
  const allowing = Settings.parse({ locationId: "loc", canSendAdditionalEmails: true });
  const fields = { firstName: "Ana", gender: "female", additionalEmails: ["second@example.com"] };
  expect(createBody(fields, NO_CUSTOM, allowing)).toEqual({ locationId: "loc", firstName: "Ana", gender: "female" });
});

test.each([
  ["custom.nothing", /no such field/],
  ["custom.future", /cannot be written/],
  ["jobTitle", /no such field/],
])("HL12 writing %s is refused with what to correct", (key, words) => {
  expect(() => createBody({ [key]: "x" }, table, settings)).toThrow(
    expect.objectContaining({ kind: "misconfigured", message: expect.stringMatching(words) }),
  );
});

test.each<[string, Change | undefined, string[], string[], string[]]>([
  ["no change", undefined, ["a"], [], []],
  ["elements", { kind: "elements", add: ["b"], remove: ["a"] }, ["a"], ["b"], ["a"]],
  ["a whole list", { kind: "set", value: ["A", "c"] }, ["a", "b"], ["c"], ["b"]],
  ["nothing left", { kind: "clear" }, ["a", "b"], [], ["a", "b"]],
])("HL13 tags move one by one: %s", (_what, change, current, add, remove) => {
  expect(tagMoves(change, current)).toEqual({ add, remove });
});

test("M9: HighLevel's country, and nothing else, takes codes only", () => {
  const codeOnly = describeContact(table, settings).filter((field) => field.isCodeOnly === true);
  expect(codeOnly.map((field) => field.key)).toEqual(["country"]);
});

test("HL14 options and types of custom fields are described", () => {
  const byKey = new Map(describeContact(table, settings).map((field) => [field.key, field]));
  expect(byKey.get("custom.way")).toEqual({
    key: "custom.way",
    label: "Way",
    type: "option",
    isWritable: true,
    isCustom: true,
    madeAs: expect.any(String),
    options: ["Phone", "Letter"],
  });
  expect(byKey.get("custom.measures")).toMatchObject({ type: "json", isWritable: true });
  expect(byKey.get("custom.future")).toMatchObject({ type: "json", isWritable: false });
});
