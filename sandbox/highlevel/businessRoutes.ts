import { type Author, BUSINESS_TEXTS, type BusinessText, type StoredBusiness } from "./businesses.ts";
import { type Checks, countText, email, requiredText, text } from "./check.ts";
import { pageOf } from "./drawer.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, queryOf, type Row } from "./rows.ts";

/** Businesses of section 2.5 of the contract sheet. */
export const BUSINESS_OPERATIONS: readonly Row[] = [
  ["GET", "/businesses/", "businesses.readonly", listBusinesses],
  ["POST", "/businesses/", "businesses.write", createBusiness],
  ["GET", "/businesses/:businessId", "businesses.readonly", readBusiness],
  ["PUT", "/businesses/:businessId", "businesses.write", updateBusiness],
  ["DELETE", "/businesses/:businessId", "businesses.write", deleteBusiness],
];

const LIST_QUERY: Checks = { locationId: requiredText, limit: countText, skip: countText };

function listBusinesses(visit: Visit, place: Place): Answer {
  const { skip = "0", limit = "100" } = queryOf(visit, place, LIST_QUERY, ["locationId"]);
  const page = pageOf(place.businesses.all(), Number(skip), Number(limit));
  return { body: { businesses: page.map((business) => shown(business, visit, place)) } };
}

const EDITABLE: Checks = {
  name: requiredText,
  phone: text,
  email,
  website: text,
  address: text,
  city: text,
  postalCode: text,
  state: text,
  country: text,
  description: text,
};

function createBusiness(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, { ...EDITABLE, locationId: requiredText }, ["name", "locationId"]);
  const business = place.businesses.create(textsOf(given), authorOf(visit));
  return { status: 201, body: wrapped(business, visit, place) };
}

function readBusiness(visit: Visit, place: Place): Answer {
  return { body: { business: shown(place.businesses.demand(idOf(visit)), visit, place) } };
}

function updateBusiness(visit: Visit, place: Place): Answer {
  const texts = textsOf(bodyOf(visit, place, EDITABLE));
  return { body: wrapped(place.businesses.change(idOf(visit), texts, authorOf(visit)), visit, place) };
}

function deleteBusiness(visit: Visit, place: Place): Answer {
  place.businesses.remove(idOf(visit));
  return { body: { success: true } };
}

function idOf({ params }: Visit): string {
  return params.businessId ?? "";
}

/** Texts of a checked body; an empty one is none. */
export function textsOf(given: Readonly<Record<string, unknown>>): Partial<Record<BusinessText, string | null>> {
  const named = BUSINESS_TEXTS.filter((name) => given[name] !== undefined);
  return Object.fromEntries(named.map((name) => [name, given[name] ? String(given[name]) : null]));
}

/** The author as businesses name one. */
export function authorOf({ origin }: Visit): Author {
  return { id: origin.sourceId, type: origin.source };
}

/** The envelope of create and update is misspelt by the product. */
function wrapped(business: StoredBusiness, visit: Visit, place: Place) {
  return { success: true, buiseness: shown(business, visit, place) };
}

function shown(business: StoredBusiness, visit: Visit, { businesses, location }: Place) {
  const { createdAt, updatedAt, ...rest } = visit.isStale ? (businesses.earlier(business.id) ?? business) : business;
  return {
    ...rest,
    locationId: location.id,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}
