import type { Access } from "./access.ts";
import type { Agency } from "./agency.ts";
import { checked, requiredText } from "./check.ts";
import { ACCESS_TOKEN_SECONDS, type Right } from "./grants.ts";
import { type App, INSTALLER_ID, type Installations } from "./installations.ts";
import type { Location } from "./locationRoutes.ts";
import { camelCased } from "./oauthRoutes.ts";
import type { Quirks } from "./quirks.ts";
import type { Answer, Route, RouteOptions, Visit } from "./routing.ts";
import type { Refusals } from "./wording.ts";

/** What the agency's own operations work with. */
export type AgencyParts = {
  readonly access: Access;
  readonly agency: Agency;
  readonly installations: Installations;
  readonly appId: string;
  readonly app: () => App;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
};

const OF_APP_AT_AGENCY = { classes: ["Agency-Access-Only"] } as const satisfies RouteOptions;

/** Registers what only the app's own token of the agency may do: make tokens of locations, and list the locations. */
export function agencyRoutes(route: Route, parts: AgencyParts): void {
  const dated = { ...OF_APP_AT_AGENCY, only: "dated" } as const;
  const v3 = { ...OF_APP_AT_AGENCY, only: "v3" } as const;
  route("POST", "/oauth/locationToken", "oauth.write", (visit) => locationToken(visit, parts), dated);
  route("POST", "/oauth/location-token", "oauth.write", (visit) => locationToken(visit, parts), v3);
  route("GET", "/oauth/installedLocations", "oauth.readonly", (visit) => datedList(visit, parts), dated);
  route("GET", "/oauth/installed-locations", "oauth.readonly", (visit) => v3List(visit, parts), v3);
}

const TOKEN_BODY = { companyId: requiredText, locationId: requiredText };

/** A location's token. Under v3 a refresh token comes with it. */
function locationToken({ body, isV3 }: Visit, parts: AgencyParts): Answer {
  const { access, installations, refusals, agency, quirks } = parts;
  const given = checked(body, TOKEN_BODY, ["companyId", "locationId"], refusals);
  const place = installations.at(String(given.locationId));
  if (given.companyId !== agency.companyId || place === undefined) throw refusals.elsewhere();
  const { locationId, scopes } = place;
  const right: Right = { userType: "Location", companyId: agency.companyId, locationId, scopes };
  if (isV3) {
    const { access: token, refreshToken } = access.grants.grant(right);
    return { body: camelCased({ ...tokenAnswer(token.value, place, parts), refresh_token: refreshToken }) };
  }
  const status = Number(quirks().locationTokenStatus);
  return { status, body: tokenAnswer(access.grants.mint(right).value, place, parts) };
}

function tokenAnswer(
  value: string,
  { locationId, scopes, versionId }: { locationId: string; scopes: readonly string[]; versionId: string },
  { appId, app }: AgencyParts,
) {
  const { planId } = app();
  return {
    access_token: value,
    token_type: "Bearer",
    expires_in: ACCESS_TOKEN_SECONDS,
    scope: scopes.join(" "),
    userType: "Location",
    locationId,
    ...(planId !== "" && { planId }),
    userId: INSTALLER_ID,
    appId,
    versionId,
  };
}

function datedList({ query }: Visit, parts: AgencyParts): Answer {
  const problems = [
    ...demanded(query),
    ...["skip", "limit"].filter((name) => !isCount(query[name])).map((name) => `${name} must be a number string`),
  ];
  if (problems.length > 0) throw parts.refusals.invalid(problems);
  if (isElsewhere(query, parts)) throw parts.refusals.elsewhere();
  const rows = wantedRows(query, parts);
  const skip = Number(query.skip ?? 0);
  return {
    body: {
      locations: rows.slice(skip, skip + Number(query.limit ?? PAGE_SIZE)),
      count: rows.length,
      installToFutureLocations: parts.installations.ofAgency()?.installToFuture ?? false,
    },
  };
}

const PAGE_SIZE = 20;
const PAGE_SIZE_MAX = 100;

function v3List({ query }: Visit, parts: AgencyParts): Answer {
  const size = Number(query.pageSize ?? PAGE_SIZE);
  const from = positionOf(query.pageToken);
  const problems = [
    ...demanded(query),
    ...(size >= 1 && size <= PAGE_SIZE_MAX ? [] : [`pageSize must be between 1 and ${PAGE_SIZE_MAX}`]),
    ...(from === undefined ? ["pageToken is invalid"] : []),
  ];
  if (problems.length > 0 || from === undefined) throw parts.refusals.coded(422, "VALIDATION_ERROR", problems);
  if (isElsewhere(query, parts))
    throw parts.refusals.coded(403, "FORBIDDEN", ["The token does not have access to this company."]);
  const rows = wantedRows(query, parts);
  const items = rows.slice(from, from + size);
  const hasNextPage = from + size < rows.length;
  return {
    body: {
      items,
      pagination: {
        totalRecords: rows.length,
        hasNextPage,
        hasPrevPage: from > 0,
        nextPageToken: hasNextPage ? tokenFor(from + size) : null,
        prevPageToken: from > 0 ? tokenFor(Math.max(0, from - size)) : null,
        currentPageSize: items.length,
      },
      metadata: {},
      installToFutureLocations: parts.installations.ofAgency()?.installToFuture ?? false,
    },
  };
}

function demanded(query: Visit["query"]): string[] {
  return ["companyId", "appId"].filter((name) => !query[name]).map((name) => `${name} must be a string`);
}

function isCount(text: string | undefined): boolean {
  return text === undefined || /^\d+$/.test(text);
}

function isElsewhere(query: Visit["query"], { agency, appId }: AgencyParts): boolean {
  return query.companyId !== agency.companyId || query.appId !== appId;
}

function wantedRows(query: Visit["query"], { agency, installations }: AgencyParts): object[] {
  const words = (query.query ?? "").toLowerCase();
  return agency
    .locations()
    .filter(({ id, name }) => name.toLowerCase().includes(words) && (query.locationId ?? id) === id)
    .map((location) => row(location, installations))
    .filter(({ isInstalled }) => query.isInstalled === undefined || String(isInstalled) === query.isInstalled)
    .filter(({ versionId }) => query.versionId === undefined || versionId === query.versionId);
}

function row({ id, name }: Location, installations: Installations) {
  const place = installations.at(id);
  return {
    _id: id,
    name,
    address: "12 Quay Street",
    isInstalled: place !== undefined,
    ...(place !== undefined && { versionId: place.versionId, installedAt: new Date(place.installedAt).toISOString() }),
  };
}

/** A page is named by an opaque text that holds how many rows come before it. */
function tokenFor(position: number): string {
  return Buffer.from(`from:${position}`).toString("base64url");
}

function positionOf(token: string | undefined): number | undefined {
  if (token === undefined || token === "") return 0;
  const digits = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
