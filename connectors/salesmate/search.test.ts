import { expect, test } from "vitest";
import { nextPosition } from "./listing.ts";
import { findBody, phoneWritings } from "./lookUp.ts";
import { COMPANIES, CONTACTS, listBody } from "./search.ts";
import { Settings } from "./settings.ts";

const settings = Settings.parse({ linkname: "harbourlight", ownerId: 2, timeZone: "Asia/Kolkata" });

test("SM30 a search since a time is the published body, in the order of ids", () => {
  expect(listBody(CONTACTS, ["contact.id"], settings, 60_000)).toEqual({
    displayingFields: ["contact.id"],
    filterQuery: {
      group: {
        operator: "AND",
        rules: [
          {
            condition: "IS_AFTER",
            moduleName: "Contact",
            field: { fieldName: "contact.lastModifiedAt", displayName: "Last Modified At", type: "DateTime" },
            data: "Jan 01, 1970 05:30 AM",
            eventType: "DateTime",
          },
        ],
      },
    },
    sort: { fieldName: "contact.id", order: "asc" },
    moduleId: 1,
    reportType: "get_data",
    getRecordsCount: true,
  });
  expect(listBody(CONTACTS, [], settings, undefined)).toMatchObject({ filterQuery: { group: { rules: [] } } });
});

test("SM31 an e-mail is looked for in its one field", () => {
  const body = findBody(CONTACTS, "email", "ana@example.com", settings);
  expect(body).toMatchObject({ filterQuery: { group: { rules: [{ condition: "EQUALS", data: "ana@example.com" }] } } });
});

test("SM31 a phone is looked for in each of its fields and usual writings, in one call", () => {
  const text = JSON.stringify(findBody(CONTACTS, "phone", "+12015550123", settings));
  for (const field of ["contact.mobile", "contact.phone", "contact.otherPhone"]) expect(text).toContain(field);
  expect(text).toContain('"operator":"OR"');
  expect(phoneWritings("+12015550123", "US")).toEqual([
    "+12015550123",
    "12015550123",
    "+1 201 555 0123",
    "(201) 555-0123",
    "2015550123",
  ]);
  expect(phoneWritings("not a phone", "US")).toEqual(["not a phone"]);
  expect(phoneWritings("2015550123", "XX")).toEqual(["2015550123"]);
});

test("SM80 a company is looked for by name, and by its website in each of the usual writings", () => {
  expect(findBody(COMPANIES, "name", "silva tiles", settings)).toMatchObject({
    moduleId: 5,
    filterQuery: { group: { rules: [{ moduleName: "Company", condition: "EQUALS", data: "silva tiles" }] } },
  });
  const text = JSON.stringify(findBody(COMPANIES, "website", "silva.example", settings));
  for (const writing of ["silva.example", "www.silva.example", "https://silva.example", "http://www.silva.example/"]) {
    expect(text).toContain(`"data":"${writing}"`);
  }
  expect(findBody(COMPANIES, "email", "ana@example.com", settings)).toBeUndefined();
});

const steady = { isSteady: true };
const unsteady = { isSteady: false };
test.each([
  ["a full page goes on behind it", { from: 0 }, 250, 600, { from: 250, total: 600, ...unsteady }],
  ["a short page is the last", { from: 500, total: 600 }, 100, 600, undefined],
  ["an empty page is the last", { from: 500, total: 500 }, 0, 500, undefined],
  ["rows that vanished are gone back for", { from: 250, total: 600 }, 250, 597, { from: 247, total: 597, ...unsteady }],
  ["also from a short page", { from: 500, total: 600 }, 97, 597, { from: 497, total: 597, ...unsteady }],
  ["never before the start", { from: 2, total: 600 }, 250, 500, { from: 0, total: 500, ...unsteady }],
  ["new rows change nothing", { from: 250, total: 600 }, 250, 601, { from: 500, total: 601, ...unsteady }],
  ["without a total it goes on", { from: 250 }, 250, undefined, { from: 500, total: undefined, ...unsteady }],
])("SM32 paging by offset: %s", (_what, here, rows, total, expected) => {
  expect(nextPosition(here, rows, total)).toEqual(expected);
});

const second = { from: 250, total: 500, ...steady };
test.each([
  ["the only page", { from: 0, ...steady }, 250, undefined],
  ["the total of every page is reached", second, 500, undefined],
  ["it is not reached yet", { from: 250, total: 600, ...steady }, 600, { from: 500, total: 600, ...steady }],
  ["the total grew", { ...second, total: 499 }, 500, { from: 500, total: 500, ...unsteady }],
  ["it had moved before", { ...second, ...unsteady }, 500, { from: 500, total: 500, ...unsteady }],
  ["rows vanished", second, 499, { from: 249, total: 499, ...unsteady }],
  ["this page gives none", second, undefined, { from: 500, total: undefined, ...unsteady }],
  ["a cursor of before totals were counted", { from: 250, total: 500 }, 500, { from: 500, total: 500, ...unsteady }],
])("SM48 whether a full page is the last: %s", (_what, here, total, expected) => {
  expect(nextPosition(here, 250, total)).toEqual(expected);
});

test("SM33 the account's name can hold nothing that leads elsewhere", () => {
  for (const linkname of ["", "a.b", "a/b", "evil.example#", "A", "a b", "-a", "a-", "a@b"]) {
    expect(Settings.safeParse({ linkname, ownerId: 1 }).success).toBe(false);
  }
  expect(Settings.safeParse({ linkname: "my-account-1", ownerId: 1 }).success).toBe(true);
});

test.each([
  ["a time zone that does not exist", { timeZone: "Mars/Olympus" }],
  ["an owner that is no number", { ownerId: "me" }],
  ["a blank placeholder", { surnamePlaceholder: "  " }],
  ["an unknown key", { colour: "red" }],
  ["one type for tasks and appointments", { taskType: "Visit", appointmentType: "visit" }],
  ["another writing of due dates", { dueDateAs: "text" }],
])("SM34 settings with %s are refused", (_what, wrong) => {
  expect(Settings.safeParse({ linkname: "a", ownerId: 1, ...wrong }).success).toBe(false);
});
