import { z } from "zod";
import type { AgencyDeclaration, OAuthDeclaration } from "../../kit/index.ts";
import type { Settings } from "./settings.ts";

/** What reading contacts with all that hangs on them takes. Source: the scope table of HighLevel's OAuth documentation. */
const READING = [
  "contacts.readonly",
  "locations.readonly",
  "locations/customFields.readonly",
  "locations/tags.readonly",
  "locations/tasks.readonly",
  "calendars.readonly",
  "calendars/events.readonly",
  "users.readonly",
] as const;

/** What writing them takes besides. */
const WRITING = ["contacts.write", "calendars/events.write"] as const;

/** What making tokens of an agency's locations takes besides. */
const AGENCY = ["oauth.readonly", "oauth.write"] as const;

const Location = z
  .object({ _id: z.string().optional(), id: z.string().optional(), name: z.string().default("") })
  .transform(({ _id, id = _id ?? "", name }) => ({ account: id, name }));
const DatedPage = z.object({ locations: z.array(Location), count: z.int() });
const V3Page = z.object({
  items: z.array(Location),
  pagination: z.object({ nextPageToken: z.string().nullish() }),
});

const PAGE_SIZE = 100;

/** The app's id, which its client id begins with. */
const appOf = (clientId: string): string => clientId.split("-")[0] ?? clientId;

type OfAgency = Pick<AgencyDeclaration, "mint" | "installed">;

/** How the dated versions make tokens of locations and list them. */
const DATED: OfAgency = {
  mint: {
    base: "api",
    path: "/oauth/locationToken",
    headers: { version: "2021-07-28" },
    form: (companyId, locationId) => ({ companyId, locationId }),
  },
  installed: {
    base: "api",
    path: "/oauth/installedLocations",
    headers: { version: "2021-07-28" },
    query: ({ agencyId, clientId, after = "0" }) => ({
      ...{ companyId: agencyId, appId: appOf(clientId), isInstalled: "true" },
      ...{ skip: after, limit: String(PAGE_SIZE) },
    }),
    read: (body, after) => {
      const { locations, count } = DatedPage.parse(body);
      const next = Number(after ?? 0) + locations.length;
      return { accounts: locations, ...(locations.length > 0 && next < count && { next: String(next) }) };
    },
  },
};

/** The same in version 3, which writes paths with hyphens and pages by tokens. */
const V3: OfAgency = {
  mint: { ...DATED.mint, path: "/oauth/location-token", headers: { version: "v3" } },
  installed: {
    base: "api",
    path: "/oauth/installed-locations",
    headers: { version: "v3" },
    query: ({ agencyId, clientId, after }) => ({
      ...{ companyId: agencyId, appId: appOf(clientId), isInstalled: "true", pageSize: String(PAGE_SIZE) },
      ...(after !== undefined && { pageToken: after }),
    }),
    read: (body) => {
      const { items, pagination } = V3Page.parse(body);
      return { accounts: items, ...(pagination.nextPageToken && { next: pagination.nextPageToken }) };
    },
  },
};

/** HighLevel's consent page, on which a person chooses a location. It takes no PKCE, and need not send the state back. */
export const oauth: OAuthDeclaration<Settings> = {
  authorize: { base: "marketplace", path: "/oauth/chooselocation" },
  token: { base: "api", path: "/oauth/token" },
  scopes: ({ writing, viaAgency, furtherScopes }) => [
    ...new Set([...READING, ...(writing ? WRITING : []), ...(viaAgency ? AGENCY : []), ...furtherScopes]),
  ],
  parameters: ({ versionId }) => ({
    loginWindowOpenMode: "self",
    ...(versionId !== undefined && { version_id: versionId }),
  }),
  pkce: false,
  agency: ({ apiVersion }) => ({
    grantedBy: ({ userType, companyId, approvedLocations }) =>
      userType === "Company" && typeof companyId === "string"
        ? { id: companyId, accounts: z.array(z.string()).catch([]).parse(approvedLocations) }
        : undefined,
    needs: {
      scopes: AGENCY,
      advice: "Set viaAgency: true in the connection's settings and connect again, or choose the location alone.",
    },
    refreshParameters: { user_type: "Company" },
    ...(apiVersion === "v3" ? V3 : DATED),
  }),
  accountSetting: "locationId",
  accountOf: ({ locationId }) => (typeof locationId === "string" ? locationId : undefined),
};
