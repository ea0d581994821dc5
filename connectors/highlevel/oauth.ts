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

/** HighLevel's consent page, on which a person chooses a location. It takes no PKCE, and need not send the state back. */
export const oauth: OAuthDeclaration<Settings> = {
  authorize: { base: "marketplace", path: "/oauth/chooselocation" },
  token: { base: "api", path: "/oauth/token" },
  scopes: ({ writing, furtherScopes }) => [...new Set([...READING, ...(writing ? WRITING : []), ...furtherScopes])],
  parameters: ({ versionId }) => ({
    loginWindowOpenMode: "self",
    ...(versionId !== undefined && { version_id: versionId }),
  }),
  pkce: false,
  accountOf: ({ locationId }) => (typeof locationId === "string" ? locationId : undefined),
};
