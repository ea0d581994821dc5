import { parsePhoneNumberFromString } from "libphonenumber-js";
import { expect, test } from "vitest";
import { makePeople, makePlainPeople, type Person } from "./people.ts";
import { PLACES } from "./places.ts";
import { overlappingContacts } from "./scenario.ts";

const NOW = Date.parse("2026-05-04T08:00:00.000Z");
const people = makePeople(1, 600);

function having(test: (person: Person) => boolean): number {
  return people.filter(test).length;
}

test("EP1 the same seed makes the same people, another seed makes others", () => {
  expect(makePeople(1, 600)).toEqual(people);
  expect(makePeople(2, 600)).not.toEqual(people);
});

test.each(PLACES.map((place) => [place.code, place] as const))(
  "EP2 every phone of %s can be read at home, and abroad from the United States, as the same number",
  (code) => {
    const phones = makePeople(3, 4_000).filter((person) => person.countryCode === code && person.phone !== undefined);
    expect(phones.length).toBeGreaterThan(10);
    for (const { phone } of phones) {
      const home = PLACES.find((place) => place.code === code)?.code;
      expect(parsePhoneNumberFromString(phone?.home ?? "", asCountry(home))?.number).toBe(phone?.e164);
      expect(parsePhoneNumberFromString(phone?.abroad ?? "", "US")?.number).toBe(phone?.e164);
      expect(parsePhoneNumberFromString(phone?.e164 ?? "")?.isPossible()).toBe(true);
    }
  },
);

function asCountry(code: string | undefined) {
  const codes = ["US", "CA", "GB", "FR", "DE", "AU", "SE", "ES", "PL", "BR", "IN", "JP", "NL"] as const;
  return codes.find((known) => known === code);
}

test("EP3 people are as messy as in life", () => {
  expect(having((person) => person.lastName === "")).toBeGreaterThan(5);
  expect(having((person) => /[^\u0020-\u024f]/.test(person.firstName + person.lastName))).toBeGreaterThan(5);
  expect(having((person) => person.email === "")).toBeGreaterThan(10);
  expect(having((person) => person.otherEmails.length === 2)).toBeGreaterThan(10);
  expect(having((person) => person.tags.length === 40)).toBe(6);
  expect(having((person) => person.description.length > 3_000)).toBeGreaterThan(5);
  expect(having((person) => Object.keys(person.custom).length === 13)).toBeGreaterThan(30);
  expect(new Set(people.map((person) => person.countryCode)).size).toBeGreaterThan(10);
  const dayForms = people.map((person) => person.bornWritten.replaceAll(/\d/g, "0"));
  expect(new Set(dayForms).size).toBeGreaterThan(7);
});

test("EP4 some share an e-mail as a family, some are there twice, and nobody else shares anything", () => {
  const byEmail = Map.groupBy(
    people.filter((person) => person.email !== ""),
    (person) => person.email.toLowerCase(),
  );
  const shared = [...byEmail.values()].filter((group) => group.length > 1);
  const families = shared.filter(([first, second]) => first?.firstName !== second?.firstName);
  expect(families.length).toBeGreaterThan(1);
  expect(shared.length - families.length).toBeGreaterThan(0);
  expect(shared.length).toBeLessThan(20);
  const phones = people.flatMap((person) => person.phone?.e164 ?? []);
  expect(new Set(phones).size).toBe(phones.length);
});

test("EP5 the two address books overlap in part, and the same people are written differently", () => {
  const { highlevel, salesmate } = overlappingContacts(1, { highlevel: 500, salesmate: 480 }, NOW);
  expect([highlevel.length, salesmate.length]).toEqual([500, 480]);
  const emails = (side: typeof highlevel) =>
    side.map(({ fields }) => String(fields.email)).filter((email) => email !== "");
  const left = new Set(emails(highlevel).map((email) => email.toLowerCase()));
  const right = emails(salesmate);
  const both = right.filter((email) => left.has(email.toLowerCase())).length;
  expect(both).toBeGreaterThan(330);
  expect(both).toBeLessThan(390);
  expect(right.filter((email) => email !== email.toLowerCase()).length).toBeGreaterThan(40);
  expect(
    highlevel.slice(0, 380).some(({ fields }, at) => fields.addressLine1 !== salesmate[at]?.fields.addressLine1),
  ).toBe(true);
});

test("EP6 plain people say the same in both products and share no e-mail and no phone", () => {
  const left = makePlainPeople(5, 25_000, "highlevel", NOW);
  const right = makePlainPeople(5, 25_000, "salesmate", NOW);
  for (const field of ["email", "phone"]) expect(new Set(left.map(({ fields }) => fields[field])).size).toBe(25_000);
  const withoutCountry = (side: typeof left) => side.map(({ fields: { country, ...fields } }) => fields);
  expect(withoutCountry(right)).toEqual(withoutCountry(left));
});
