import { z } from "zod";
import type { OAuthDeclaration } from "../../kit/index.ts";
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
  agency: {
    grantedBy: ({ userType, companyId, approvedLocations }) =>
      userType === "Company" && typeof companyId === "string"
        ? { id: companyId, accounts: z.array(z.string()).catch([]).parse(approvedLocations) }
        : undefined,
    needs: {
      scopes: AGENCY,
      advice: "Set viaAgency: true in the connection's settings and connect again, or choose the location alone.",
    },
    refreshParameters: { user_type: "Company" },
    mint: {
      base: "api",
      path: "/oauth/locationToken",
      headers: { version: "2021-07-28" },
      form: (companyId, locationId) => ({ companyId, locationId }),
    },
  },
  accountSetting: "locationId",
  accountOf: ({ locationId }) => (typeof locationId === "string" ? locationId : undefined),
};
