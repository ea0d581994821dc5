import { matchesQuery } from "../control/desk.ts";
import { type Author, BUSINESS_TEXTS, type StoredBusiness } from "./businesses.ts";
import { authorOf, textsOf } from "./businessRoutes.ts";
import { type Checks, count, object, requiredText, text, texts } from "./check.ts";
import { pageOf } from "./drawer.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, queryOf, type Row } from "./rows.ts";

const RECORDS = "/objects/:schemaKey/records";

/** The object API of section 2.5 of the contract sheet, for businesses; custom objects are not emulated. */
export const OBJECT_OPERATIONS: readonly Row[] = [
  ["GET", "/objects/", "objects/schema.readonly", listSchemas],
  ["GET", "/objects/:schemaKey", "objects/schema.readonly", readSchema],
  ["POST", `${RECORDS}/search`, "objects/record.readonly", searchRecords],
  ["POST", RECORDS, "objects/record.write", createRecord],
  ["GET", `${RECORDS}/:recordId`, "objects/record.readonly", readRecord],
  ["PUT", `${RECORDS}/:recordId`, "objects/record.write", updateRecord],
  ["DELETE", `${RECORDS}/:recordId`, "objects/record.write", deleteRecord],
];

function listSchemas(visit: Visit, place: Place): Answer {
  queryOf(visit, place, { locationId: requiredText }, ["locationId"]);
  return { body: { objects: STANDARD.map((standard) => schema(standard, place)) } };
}

function readSchema(visit: Visit, place: Place): Answer {
  demandBusiness(visit, place);
  queryOf(visit, place, { locationId: requiredText, fetchProperties: text }, ["locationId"]);
  const fields = BUSINESS_TEXTS.map((key) => ({
    id: `business.${key}`,
    fieldKey: `business.${key}`,
    name: key,
    dataType: "TEXT",
    objectKey: "business",
    locationId: place.location.id,
  }));
  return { body: { object: schema(STANDARD[2], place), cache: true, fields } };
}

/** The objects that every location has: key, what one and many are called, and the property that names one. */
const STANDARD = [
  ["contact", "Contact", "Contacts", "contact.name"],
  ["opportunity", "Opportunity", "Opportunities", "opportunity.name"],
  ["business", "Company", "Companies", "business.name"],
] as const;

const SINCE = "2026-01-05T09:00:00.000Z";

function schema([key, singular, plural, primaryDisplayProperty]: (typeof STANDARD)[number], { location }: Place) {
  return {
    id: key,
    standard: true,
    key,
    labels: { singular, plural },
    description: plural,
    locationId: location.id,
    primaryDisplayProperty,
    dateAdded: SINCE,
    dateUpdated: SINCE,
    type: "SYSTEM_DEFINED",
  };
}

const SEARCH_BODY: Checks = {
  locationId: requiredText,
  page: count,
  pageLimit: count,
  query: text,
  searchAfter: texts,
};

const PAGE_MAX = 100;

/** Newest first. A cursor is two texts: when the last record was made, and its id. */
function searchRecords(visit: Visit, place: Place): Answer {
  demandBusiness(visit, place);
  const given = bodyOf(visit, place, SEARCH_BODY, Object.keys(SEARCH_BODY));
  const limit = Number(given.pageLimit);
  if (limit < 1 || limit > PAGE_MAX) throw place.refusals.invalid([`pageLimit must not be greater than ${PAGE_MAX}`]);
  const found = place.businesses
    .all()
    .filter(({ name, email, phone }) => matchesQuery(String(given.query ?? ""), [name, email, phone]))
    .reverse();
  const after = Array.isArray(given.searchAfter) ? given.searchAfter.at(-1) : undefined;
  const start =
    after === undefined ? (Math.max(1, Number(given.page)) - 1) * limit : found.findIndex(({ id }) => id === after) + 1;
  const records = pageOf(found, start, limit).map((business) => ({
    ...shown(business, place),
    searchAfter: [String(business.createdAt), business.id],
  }));
  return { body: { records, total: found.length } };
}

const WRITABLE: Checks = { properties: object, owner: texts, followers: texts };

function createRecord(visit: Visit, place: Place): Answer {
  demandBusiness(visit, place);
  const given = bodyOf(visit, place, { ...WRITABLE, locationId: requiredText }, ["locationId", "properties"]);
  const properties = propertiesOf(given.properties, place);
  const problems = requiredText("properties.name", properties.name);
  if (problems.length > 0) throw place.refusals.invalid(problems);
  const business = place.businesses.create(textsOf(properties), authorOf(visit));
  return { status: 201, body: { record: shown(business, place) } };
}

function readRecord(visit: Visit, place: Place): Answer {
  demandBusiness(visit, place);
  return { body: { record: shown(place.businesses.demand(idOf(visit)), place) } };
}

/** The location stands in the query here. */
function updateRecord(visit: Visit, place: Place): Answer {
  demandBusiness(visit, place);
  queryOf(visit, place, { locationId: requiredText }, ["locationId"]);
  const given = bodyOf(visit, place, WRITABLE);
  const change = textsOf(propertiesOf(given.properties ?? {}, place));
  return { body: { record: shown(place.businesses.change(idOf(visit), change, authorOf(visit)), place) } };
}

/** And here it is refused. */
function deleteRecord(visit: Visit, place: Place): Answer {
  demandBusiness(visit, place);
  queryOf(visit, place, {});
  const id = idOf(visit);
  place.businesses.remove(id);
  return { body: { id, success: true } };
}

function demandBusiness({ params: { schemaKey = "" } }: Visit, { refusals }: Place): void {
  if (schemaKey !== "business") throw refusals.missing(`Object not found for key: ${schemaKey}`);
}

function idOf({ params }: Visit): string {
  return params.recordId ?? "";
}

function propertiesOf(value: unknown, { refusals }: Place): Readonly<Record<string, unknown>> {
  const properties: Readonly<Record<string, unknown>> = typeof value === "object" ? { ...value } : {};
  const unknown = Object.keys(properties).filter((key) => !BUSINESS_TEXTS.some((known) => known === key));
  if (unknown.length > 0) throw refusals.invalid(unknown.map((key) => `property ${key} should not exist`));
  return properties;
}

function shown(business: StoredBusiness, { location }: Place) {
  const { id, createdAt, updatedAt, createdBy, updatedBy } = business;
  const properties = Object.fromEntries(BUSINESS_TEXTS.map((key) => [key, business[key] ?? undefined]));
  return {
    id,
    objectKey: "business",
    locationId: location.id,
    properties,
    owner: [],
    followers: [],
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    createdBy: stamp(createdBy, createdAt),
    lastUpdatedBy: stamp(updatedBy, updatedAt),
  };
}

function stamp({ id, type }: Author, at: number) {
  return { channel: "OAUTH", source: type, sourceId: id, createdAt: new Date(at).toISOString() };
}
