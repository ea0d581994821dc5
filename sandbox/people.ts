import type { DeskFields, SeedContact } from "./control/desk.ts";
import { PLACES, type Place } from "./places.ts";
import { below, chance, pick, type Random, seededRandom } from "./random.ts";

/** An invented person, before any product has written them down. */
export type Person = {
  readonly firstName: string;
  /** Empty for people of one name. */
  readonly lastName: string;
  /** Empty for some. */
  readonly email: string;
  readonly otherEmails: readonly string[];
  /** `undefined` for some; `home` and `abroad` are writings of the same number. */
  readonly phone: Phone | undefined;
  /** ISO 3166-1, two letters. */
  readonly countryCode: string;
  /** As people write it: "USA", "United Kingdom". */
  readonly countryName: string;
  readonly companyName: string;
  readonly jobTitle: string;
  readonly addressLine1: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly website: string;
  /** YYYY-MM-DD, or empty. */
  readonly bornOn: string;
  /** The same day as people write it: year or month first, with one of several dividers. */
  readonly bornWritten: string;
  readonly tags: readonly string[];
  readonly source: string;
  readonly description: string;
  /** Values by the key of the custom field in the HighLevel emulator. */
  readonly custom: DeskFields;
  /** How many milliseconds ago the person was first written down, and last changed. */
  readonly addedAgoMs: number;
  readonly changedAgoMs: number;
};

/** A phone number in three writings; `home` can be read only with the person's country. */
export type Phone = { readonly e164: string; readonly home: string; readonly abroad: string };

/** The products that people can be written down in. */
export type Product = "highlevel" | "salesmate";

const DAY_MS = 86_400_000;

/**
 * Invents people, the same for the same seed. About seven in a thousand share the e-mail of the one before (a family),
 * and about five in a thousand are the one before once more, written a little differently (a duplicate).
 */
export function makePeople(seed: number, count: number): Person[] {
  const random = seededRandom(seed);
  const taken = new Set<string>();
  const people: Person[] = [];
  for (let number = 0; number < count; number += 1) {
    const before = people.at(-1);
    const person = inventPerson(random, number, taken);
    people.push(before === undefined ? person : related(person, before, random));
  }
  return people;
}

function related(person: Person, before: Person, random: Random): Person {
  if (before.email === "" || !chance(random, 0.012)) return person;
  if (chance(random, 0.6)) return { ...person, email: before.email, lastName: before.lastName, otherEmails: [] };
  return { ...before, email: shouted(before.email), phone: undefined, addedAgoMs: person.addedAgoMs };
}

/** Another writing of the same address. */
export function shouted(email: string): string {
  return email.charAt(0).toUpperCase() + email.slice(1).replace("@example", "@Example");
}

function inventPerson(random: Random, number: number, taken: Set<string>): Person {
  const place = chance(random, 0.5) ? PLACES[0] : pick(random, PLACES);
  const [city, state, postalCode] = pick(random, place.towns);
  const firstName = pick(random, place.firstNames);
  const lastName = chance(random, 0.04) ? "" : pick(random, place.lastNames);
  const email = chance(random, 0.06) ? "" : inventEmail(random, firstName, lastName, number);
  const changedAgoMs = below(random, 200 * DAY_MS) + DAY_MS;
  const bornOn = chance(random, 0.6) ? "" : inventDay(random, 1940, 65);
  return {
    firstName,
    lastName,
    email,
    otherEmails:
      email !== "" && chance(random, 0.05) ? [`second${number}@example.net`, `old${number}@example.org`] : [],
    phone: email !== "" && chance(random, 0.1) ? undefined : inventPhone(random, place, taken),
    countryCode: chance(random, 0.1) ? "" : place.code,
    countryName: pick(random, place.names),
    companyName: chance(random, 0.4) ? "" : inventCompany(random),
    jobTitle: chance(random, 0.5) ? "" : pick(random, JOBS),
    addressLine1: chance(random, 0.2) ? "" : `${below(random, 180) + 1} ${pick(random, place.streets)}`,
    city,
    state,
    postalCode,
    website: chance(random, 0.7) ? "" : `https://www.${slug(lastName || firstName)}${number}.example`,
    bornOn,
    bornWritten: writtenDay(random, bornOn),
    tags: inventTags(random, number),
    source: pick(random, SOURCES),
    description: inventDescription(random, number),
    custom: inventCustom(random, number),
    addedAgoMs: changedAgoMs + below(random, 600 * DAY_MS),
    changedAgoMs,
  };
}

const JOBS = [
  "Owner",
  "Head of Purchasing",
  "Physiotherapist",
  "Buchhalter",
  "Directrice générale",
  "Plumber",
] as const;
const SOURCES = ["", "website", "Trade fair", "referral", "facebook ad"] as const;
const TAGS = [
  "VIP",
  "newsletter",
  "2026 fair",
  "do-not-visit",
  "Été",
  "existing customer",
  "lead: hot",
  "sauna",
] as const;
const TRADES = ["Bakery", "Yachts", "Dental", "Roofing", "& Söhne", "Consulting Ltd.", "SARL", "Studio"] as const;
const OWNERS = ["North Star", "Petit", "Halvorsen", "Big Sky", "Åberg", "Rosewater", "Kestrel"] as const;
const SENTENCES = [
  "Prefers to be called after lunch.",
  "Asked for a quote & never answered <see mail>.",
  'Says: "not before spring".',
  "Met at the fair in Köln; speaks French.",
  "Has two dogs, beware 🐕.",
  "Invoice goes to the sister company.",
] as const;

function inventEmail(random: Random, firstName: string, lastName: string, number: number): string {
  const name = [slug(firstName), slug(lastName)].filter((part) => part !== "").join(pick(random, [".", "_", ""]));
  const host = pick(random, ["example.com", "example.org", "example.net", "mail.example"]);
  return `${name || "contact"}${number}@${host}`;
}

/** Letters and digits of plain ASCII; empty when a name has none. */
function slug(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
}

const PHONE_TRIES_MAX = 30;

/** A number that nobody of this seed has yet; none when the range is used up. */
function inventPhone(random: Random, place: Place, taken: Set<string>): Phone | undefined {
  for (let attempt = 0; attempt < PHONE_TRIES_MAX; attempt += 1) {
    const national = pick(random, place.numbers).replaceAll("#", () => String(below(random, 10)));
    const e164 = `+${place.dialCode}${national}`;
    if (taken.has(e164)) continue;
    taken.add(e164);
    return {
      e164,
      home: written(pick(random, place.writings), national),
      abroad: writtenAbroad(random, place, national),
    };
  }
  return undefined;
}

function written(pattern: string, digits: string): string {
  let next = 0;
  const text = pattern.replaceAll("#", () => digits[next++] ?? "");
  return text + digits.slice(next);
}

function writtenAbroad(random: Random, { dialCode }: Place, national: string): string {
  const grouped = national.replaceAll(/(\d{3})(?=\d{2})/g, "$1 ");
  switch (below(random, 4)) {
    case 0:
      return `+${dialCode}${national}`;
    case 1:
      return `+${dialCode}-${national}`;
    case 2:
      return `011 ${dialCode} ${grouped}`;
    default:
      return `+${dialCode} ${grouped}`;
  }
}

function inventCompany(random: Random): string {
  return `${pick(random, OWNERS)} ${pick(random, TRADES)}`;
}

function inventDay(random: Random, firstYear: number, years: number): string {
  const two = (limit: number) => String(below(random, limit) + 1).padStart(2, "0");
  return `${firstYear + below(random, years)}-${two(12)}-${two(28)}`;
}

function writtenDay(random: Random, day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  if (day === "" || chance(random, 0.5)) return day;
  const parts = chance(random, 0.5) ? [year, month, date] : [month, date, year];
  return parts.join(pick(random, ["/", ".", "-", "_"]));
}

/** One person in a hundred has forty tags. */
function inventTags(random: Random, number: number): string[] {
  if (number % 100 === 42) return Array.from({ length: 40 }, (_, at) => `segment ${at + 1}`);
  return [...new Set(Array.from({ length: below(random, 4) }, () => pick(random, TAGS)))];
}

/** One person in fifty has a note of several thousand letters. */
function inventDescription(random: Random, number: number): string {
  const length = number % 50 === 7 ? 120 : below(random, 3);
  return Array.from({ length }, () => pick(random, SENTENCES)).join(" ");
}

/** One person in ten has a value in every kind of custom field; most have a few. */
function inventCustom(random: Random, number: number): DeskFields {
  const all: DeskFields = {
    favourite_colour: pick(random, ["blue", "vert foncé", "赤", "none of them"]),
    background: pick(random, SENTENCES),
    children: String(below(random, 5)),
    budget: String(below(random, 500_000) / 100),
    renewal_on: inventDay(random, 2026, 3),
    stage: pick(random, ["New", "Talking", "Customer", "Former customer"]),
    contact_by: pick(random, ["Phone", "E-mail", "Letter"]),
    interests: chance(random, 0.5) ? ["Sailing", "Music"] : ["Chess"],
    consents: ["Newsletter"],
    assistants_phone: "+12025550123",
    assistants_email: `assistant${number}@example.com`,
    measures: JSON.stringify({ chest: "102", waist: "88" }),
    contract: JSON.stringify({ f1: { url: "https://files.example/contract.pdf", meta: { size: 20_480 } } }),
  };
  if (number % 10 === 3) return all;
  const { favourite_colour, children, stage } = all;
  return chance(random, 0.6)
    ? {}
    : { favourite_colour: favourite_colour ?? "", children: children ?? "", stage: stage ?? "" };
}

/** Writes a person down as one of the products would have them, with empty texts where something is not known. */
export function seedOf(person: Person, product: Product, now: number): SeedContact {
  const fields = product === "highlevel" ? highLevelFields(person) : salesmateFields(person);
  return { fields, createdAt: now - person.addedAgoMs, updatedAt: now - person.changedAgoMs };
}

function highLevelFields(person: Person): DeskFields {
  const custom = Object.fromEntries(Object.entries(person.custom).map(([key, value]) => [`custom.${key}`, value]));
  return {
    firstName: person.firstName,
    lastName: person.lastName,
    email: person.email,
    phone: person.phone?.e164 ?? "",
    companyName: person.companyName,
    addressLine1: person.addressLine1,
    city: person.city,
    state: person.state,
    postalCode: person.postalCode,
    country: person.countryCode,
    website: person.website,
    dateOfBirth: person.bornWritten,
    source: person.source,
    tags: person.tags,
    ...(person.otherEmails.length > 0 ? { additionalEmails: person.otherEmails } : {}),
    ...custom,
  };
}

/** A surname is required there, so people of one name are given a hyphen, as is the custom. */
const NO_SURNAME = "-";

/** The custom fields of the Salesmate emulator that mean the same as one of the HighLevel emulator. */
const SALESMATE_CUSTOM = {
  textCustomField1: "favourite_colour",
  textAreaCustomField1: "background",
  numberCustomField1: "children",
  dateCustomField2: "renewal_on",
  selectCustomField1: "stage",
  multiSelectCustomField1: "interests",
} as const;

function salesmateFields(person: Person): DeskFields {
  const custom = Object.entries(SALESMATE_CUSTOM).flatMap(([name, key]) => {
    const value = person.custom[key];
    return value === undefined ? [] : [[name, value] as const];
  });
  const isHome = person.countryCode === "US" || person.countryCode === "CA";
  return {
    firstName: person.firstName,
    lastName: person.lastName || NO_SURNAME,
    email: person.email,
    phone: (isHome ? person.phone?.home : person.phone?.abroad) ?? "",
    jobTitle: person.jobTitle,
    addressLine1: person.addressLine1,
    city: person.city,
    state: person.state,
    postalCode: person.postalCode,
    country: person.countryCode === "" ? "" : person.countryName,
    website: person.website,
    description: person.description,
    tags: person.tags,
    dateCustomField1: person.bornOn,
    ...Object.fromEntries(custom),
  };
}

/**
 * Makes many plain contacts with unlike e-mails and phones, that say the same in every product for the same seed: for
 * measuring a first full read of two sides that agree already. Phones lie in the exchange 555, which nobody can call.
 */
export function makePlainPeople(seed: number, count: number, product: Product, now: number): SeedContact[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, number) => plainContact(random, seed, number, product, now));
}

/** Real area codes of the United States, ten thousand numbers less a hundred each. */
const AREA_CODES = [
  ...[201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228],
  ...[229, 231, 234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281, 301, 302],
];
const NUMBERS_PER_AREA = 9_900;
const PLAIN_STEP_MS = 60_000;

/** As many plain contacts can be told apart by their phones. */
export const PLAIN_PEOPLE_MAX = AREA_CODES.length * NUMBERS_PER_AREA;

function plainContact(random: Random, seed: number, number: number, product: Product, now: number): SeedContact {
  const [home] = PLACES;
  const [city, state, postalCode] = pick(random, home.towns);
  const at = now - DAY_MS - number * PLAIN_STEP_MS;
  const fields: DeskFields = {
    firstName: pick(random, home.firstNames),
    lastName: pick(random, home.lastNames),
    email: `plain.${seed}.${number}@example.com`,
    phone: plainPhone(number),
    addressLine1: `${(number % 900) + 1} ${pick(random, home.streets)}`,
    city,
    state,
    postalCode,
    country: product === "highlevel" ? "US" : "United States",
    tags: [`group ${number % 20}`],
  };
  return { fields, createdAt: at, updatedAt: at };
}

/** 555-0100 to 555-0199 are left to the people that `makePeople` invents. */
function plainPhone(number: number): string {
  const area = AREA_CODES[Math.floor(number / NUMBERS_PER_AREA)] ?? 0;
  const line = number % NUMBERS_PER_AREA;
  return `+1${area}555${String(line < 100 ? line : line + 100).padStart(4, "0")}`;
}
