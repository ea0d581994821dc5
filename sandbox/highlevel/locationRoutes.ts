import { type Checks, countText, oneOf, text } from "./check.ts";
import { pageOf } from "./drawer.ts";
import type { Place } from "./place.ts";
import type { Answer, RouteOptions, Visit } from "./routing.ts";
import { queryOf, type Row } from "./rows.ts";

/** One location of an agency. */
export type Location = {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  readonly country: string;
  /** IANA name. */
  readonly timezone: string;
  /** Where it is reached, as far as it was said. */
  readonly reach?:
    | Readonly<Partial<Record<"phone" | "address" | "city" | "state" | "postalCode" | "website", string>>>
    | undefined;
};

/** Where every location can be reached. */
export const OFFICE = {
  email: "office@harbourlight.example",
  phone: "+12025550100",
  address: "12 Quay Street",
} as const;

const EITHER: RouteOptions = { classes: ["Location-Access", "Agency-Access"] };

/** The locations themselves, of section 2.3 of the contract sheet, and the agency that owns them, of section 2.9. */
export const LOCATION_OPERATIONS: readonly Row[] = [
  ["GET", "/locations/search", "locations.readonly", searchLocations, EITHER],
  ["GET", "/locations/:locationId", "locations.readonly", readLocation, EITHER],
  ["GET", "/locations/:locationId/timezones", "locations.readonly", listTimezones],
  ["GET", "/companies/:companyId", "companies.readonly", readCompany, { classes: ["Agency-Access"] }],
];

const SEARCH_QUERY: Checks = {
  companyId: text,
  skip: countText,
  limit: countText,
  order: oneOf(["asc", "desc"]),
  email: text,
};

/** A token of a location finds its own, one of the agency all. */
function searchLocations(visit: Visit, place: Place): Answer {
  const query = queryOf(visit, place, SEARCH_QUERY);
  const own = visit.token.locationId;
  const found = place.agency
    .locations()
    .filter(
      (location) =>
        (own === undefined || location.id === own) &&
        (!query.companyId || location.companyId === query.companyId) &&
        (!query.email || query.email.toLowerCase() === OFFICE.email),
    )
    .sort((left, right) => left.name.localeCompare(right.name) * (query.order === "desc" ? -1 : 1));
  const page = pageOf(found, Number(query.skip ?? 0), Number(query.limit ?? 10));
  return { body: { locations: page.map((location) => shownLocation(location, place)) } };
}

function readLocation({ params: { locationId = "" } }: Visit, place: Place): Answer {
  return { body: { location: shownLocation(place.agency.find(locationId) ?? place.location, place) } };
}

function readCompany({ params: { companyId = "" } }: Visit, { agency, refusals }: Place): Answer {
  if (companyId !== agency.companyId) throw refusals.missing(`Company not found for id: ${companyId}`);
  const { country, timezone } = agency.first;
  return { body: { company: { id: companyId, name: agency.name, ...OFFICE, country, timezone } } };
}

function listTimezones(): Answer {
  return { body: { timeZones: Intl.supportedValuesOf("timeZone") } };
}

/** A location as answers show it. */
export function shownLocation(location: Location, { quirks }: Pick<Place, "quirks">) {
  const { allowDuplicateContact, allowDuplicateOpportunity } = quirks();
  const { name, country, timezone, reach, ...ids } = location;
  const office = { ...OFFICE, ...reach };
  return {
    ...ids,
    ...{ name, country, timezone },
    ...office,
    business: { name, country, timezone, address: office.address },
    social: {},
    settings: {
      allowDuplicateContact,
      allowDuplicateOpportunity,
      allowFacebookNameMerge: false,
      disableContactTimezone: false,
    },
  };
}
