import { type Credential, defineConnector, type LimitReport, path, readAnswer, type Session } from "../../kit/index.ts";
import { appointments } from "./appointments.ts";
import { businesses } from "./businesses.ts";
import { contacts } from "./contacts.ts";
import { customFields } from "./customFields.ts";
import { classify } from "./errors.ts";
import { configuredCountry, countryOf } from "./location.ts";
import { notes } from "./notes.ts";
import { oauth } from "./oauth.ts";
import { operations } from "./operations/index.ts";
import { opportunities } from "./opportunities.ts";
import { Settings } from "./settings.ts";
import { tags } from "./tags.ts";
import { tasks } from "./tasks.ts";
import { webhooks } from "./webhooks.ts";
import { SearchAnswer } from "./wire.ts";

const LIMITS_SOURCE = "marketplace.gohighlevel.com/docs/oauth/Faqs (rate limits)";

/** Everything the hub knows about HighLevel (GoHighLevel, LeadConnector): one location's contacts and what is theirs. */
export const highlevel = defineConnector<Settings>({
  id: "highlevel",
  name: "HighLevel",
  baseUrls: () => ({ api: "https://services.leadconnectorhq.com", marketplace: "https://marketplace.gohighlevel.com" }),
  ownHosts: {
    marketplace:
      "Where the consent page is, without a path; https://marketplace.gohighlevel.com when left out. A white-label agency agrees at https://marketplace.leadconnectorhq.com, or at an address of its own.",
  },
  settings: Settings,
  account: ({ locationId }) => locationId,
  canWrite: ({ writing }) => writing,
  credentials: [
    {
      kind: "consent",
      label: "Consent page",
      help: "By a marketplace app of your own, registered once; then you choose the location on HighLevel's page and agree.",
    },
    {
      kind: "token",
      label: "Private integration token",
      help: "In the location: Settings > Private Integrations > Create; it begins with pit- and is shown once.",
      noMessages:
        "HighLevel sends no messages to a private integration: connect by its consent page, or have a workflow of the location tell the hub.",
    },
    {
      kind: "oauth",
      label: "OAuth",
      help: "The access and refresh token of a marketplace app installed in the location; needed for webhooks.",
    },
  ],
  authorize: (credential, settings) => ({
    authorization: `Bearer ${bearer(credential)}`,
    version: settings.apiVersion,
  }),
  oauth,
  refreshParameters: () => ({ user_type: "Location" }),
  limits: ({ requestsPer10s, requestsPerDay }) => [
    { name: "burst", requests: requestsPer10s, perMs: 10_000, source: LIMITS_SOURCE },
    { name: "daily", requests: requestsPerDay, perMs: 86_400_000, renews: "daily", source: LIMITS_SOURCE },
  ],
  limitsFrom,
  classify,
  country: configuredCountry,
  accountCountry: countryOf,
  pageOf: ({ locationId }, resource, id) =>
    resource === "contact"
      ? `https://app.gohighlevel.com${path`/v2/location/${locationId}/contacts/detail/${id}`}`
      : undefined,
  check,
  resources: {
    contact: contacts,
    business: businesses,
    note: notes,
    task: tasks,
    appointment: appointments,
    opportunity: opportunities,
    tag: tags,
  },
  operations,
  webhooks,
});

function bearer(credential: Credential): string {
  return credential.kind === "token" ? credential.token : credential.accessToken;
}

/** The five headers that every answer carries. */
function limitsFrom(headers: Readonly<Record<string, string>>): LimitReport | undefined {
  const burst = {
    ...numberAs("requests", headers["x-ratelimit-max"]),
    ...numberAs("perMs", headers["x-ratelimit-interval-milliseconds"]),
    ...numberAs("remaining", headers["x-ratelimit-remaining"]),
  };
  const daily = {
    ...numberAs("requests", headers["x-ratelimit-limit-daily"]),
    ...numberAs("remaining", headers["x-ratelimit-daily-remaining"]),
  };
  return Object.keys(burst).length + Object.keys(daily).length === 0 ? undefined : { burst, daily };
}

function numberAs<Key extends string>(key: Key, text: string | undefined): Partial<Record<Key, number>> {
  if (text === undefined || !/^\d+$/.test(text.trim())) return {};
  // A computed key widens to `string`; it is exactly `Key`.
  return { [key]: Number(text) } as Record<Key, number>;
}

/** Proves token, location and the two permissions that reading needs. */
async function check(session: Session<Settings>): Promise<void> {
  const doing = "read a first contact";
  const answer = await session.http.request({
    method: "POST",
    path: "/contacts/search",
    json: { locationId: session.settings.locationId, pageLimit: 1 },
    isRead: true,
    doing,
  });
  readAnswer(SearchAnswer, answer, { partner: "HighLevel", doing });
  session.forget("customFields");
  await customFields(session);
}

export type { Settings as HighLevelSettings } from "./settings.ts";
