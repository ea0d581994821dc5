import type { Access } from "./access.ts";
import type { Agency } from "./agency.ts";
import { type Checks, checked, flagText, object, requiredText, text } from "./check.ts";
import type { Installations } from "./installations.ts";
import { type Location, OFFICE, shownLocation } from "./locationRoutes.ts";
import type { Quirks } from "./quirks.ts";
import type { Answer, Route, RouteOptions, Visit } from "./routing.ts";
import type { Refusals } from "./wording.ts";

/** What opening, changing and closing locations works with. */
export type LocationAdminParts = {
  readonly agency: Agency;
  readonly access: Access;
  readonly installations: Installations;
  readonly refusals: Refusals;
  readonly quirks: () => Quirks;
  /** Sends an event about a location to the app. */
  readonly tell: (type: "LocationCreate" | "LocationUpdate", locationId: string, fields: object) => void;
};

const OF_AGENCY = { classes: ["Agency-Access"] } as const satisfies RouteOptions;

const REACH = ["phone", "address", "city", "state", "postalCode", "website"] as const;

/** What a location can be told, of which settings, snapshots and the like are taken and change nothing here. */
const WRITABLE: Checks = {
  ...{ name: text, country: text, timezone: text, companyId: requiredText },
  ...Object.fromEntries(REACH.map((key) => [key, text])),
  ...{ prospectInfo: object, settings: object, social: object, twilio: object, mailgun: object },
};

/** Registers what only a token of the agency may do to its locations. Section 2.3 of the contract sheet. */
export function locationAdminRoutes(route: Route, parts: LocationAdminParts): void {
  route("POST", "/locations/", "locations.write", (visit) => open(visit, parts), OF_AGENCY);
  route("PUT", "/locations/:locationId", "locations.write", (visit) => change(visit, parts), OF_AGENCY);
  route("DELETE", "/locations/:locationId", "locations.write", (visit) => close(visit, parts), OF_AGENCY);
}

function open({ body }: Visit, parts: LocationAdminParts): Answer {
  const checks = { ...WRITABLE, name: requiredText, snapshotId: text };
  const location = parts.agency.add(written(body, checks, ["name", "companyId"], parts));
  told("LocationCreate", location, parts);
  return { status: 201, body: shownLocation(location, parts) };
}

function change({ body, params: { locationId = "" } }: Visit, parts: LocationAdminParts): Answer {
  const { agency, refusals } = parts;
  const before = agency.find(locationId)?.reach;
  const { reach, ...rest } = written(body, { ...WRITABLE, snapshot: object }, ["companyId"], parts);
  const location = agency.change(locationId, { ...rest, reach: { ...before, ...reach } });
  if (location === undefined) throw refusals.missing(`Location not found for id: ${locationId}`);
  told("LocationUpdate", location, parts);
  return { body: shownLocation(location, parts) };
}

/** All that the app and private integrations could do there ends with it. */
function close({ query, params: { locationId = "" } }: Visit, parts: LocationAdminParts): Answer {
  const { agency, access, installations, refusals } = parts;
  checked(query, { deleteTwilioAccount: flagText }, ["deleteTwilioAccount"], refusals);
  if (!agency.remove(locationId)) throw refusals.bad("This location can not be deleted");
  installations.uninstall(locationId);
  access.end(locationId);
  for (const integration of access.integrations.list()) {
    if (integration.locationId === locationId) access.integrations.remove(integration.id);
  }
  return { body: { success: true, message: "Location deleted successfully" } };
}

/** What a body says of a location. @throws Refusal 422, or 403 for another agency */
function written(
  body: unknown,
  checks: Checks,
  required: readonly string[],
  { agency, refusals }: LocationAdminParts,
): Partial<Location> {
  const { name, country, timezone, companyId, ...given } = checked(body, checks, required, refusals);
  if (companyId !== agency.companyId) throw refusals.elsewhere();
  const reach = Object.fromEntries(REACH.filter((key) => given[key] != null).map((key) => [key, String(given[key])]));
  return {
    ...(name != null && { name: String(name) }),
    ...(country != null && { country: String(country) }),
    ...(timezone != null && { timezone: String(timezone) }),
    ...(Object.keys(reach).length > 0 && { reach }),
  };
}

/** Only an app that the whole agency has is told of its locations. */
function told(
  type: "LocationCreate" | "LocationUpdate",
  { id, companyId, name }: Location,
  { installations, tell }: LocationAdminParts,
): void {
  if (installations.ofAgency()?.scopes.includes("locations.readonly") !== true) return;
  tell(type, id, { id, companyId, name, email: OFFICE.email, stripeProductId: "" });
}
