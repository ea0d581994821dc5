import { type Credential, defineConnector, path, readAnswer, type Session } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { about, serviceReviews } from "./calls.ts";
import { classify } from "./errors.ts";
import { notes, people, tasks } from "./kept.ts";
import { operations } from "./operations/index.ts";
import { Settings } from "./settings.ts";
import { webhooks } from "./webhooks.ts";
import { Unit } from "./wire.ts";

const TOKENS = "/oauth/oauth-business-users-for-applications";

/**
 * Everything the hub knows about Trustpilot: the reviews of one business unit, and the people who wrote them. It has no
 * contacts, notes or tasks; the hub keeps those beside the reviews.
 */
export const trustpilot = defineConnector<Settings>({
  id: "trustpilot",
  name: "Trustpilot",
  baseUrls: () => ({
    api: "https://api.trustpilot.com/v1",
    invitations: "https://invitations-api.trustpilot.com/v1",
    consent: "https://authenticate.trustpilot.com",
  }),
  settings: Settings,
  account: ({ businessUnitId }) => businessUnitId.toLowerCase(),
  canWrite: ({ writing }) => writing,
  credentials: [
    {
      kind: "consent",
      label: "API key and secret",
      help: "In the Business app: Integrations > Developers. The key is the client id, the secret the client secret.",
    },
    { kind: "oauth", label: "OAuth tokens", help: "A pair of tokens that Trustpilot has given to a user already." },
  ],
  authorize: (credential, { businessUserId }) => ({
    ...keysOf(credential),
    ...(businessUserId !== undefined && { "x-business-user-id": businessUserId }),
  }),
  limits: ({ requestsPer5Minutes }) => [
    {
      name: "five minutes",
      requests: requestsPer5Minutes,
      perMs: 300_000,
      source: "developers.trustpilot.com (rate limits)",
    },
    { name: "hourly", requests: 10_000, perMs: 3_600_000, source: "developers.trustpilot.com (rate limits)" },
  ],
  classify,
  ownGrant: ({ signInAs }) =>
    signInAs === "account" ? { base: "api", path: `${TOKENS}/accesstoken`, scopes: [] } : undefined,
  oauth: {
    authorize: { base: "consent", path: "" },
    token: { base: "api", path: `${TOKENS}/accesstoken` },
    refresh: { base: "api", path: `${TOKENS}/refresh` },
    scopes: () => [],
    parameters: () => ({}),
    pkce: false,
    accountSetting: "businessUnitId",
    // Tokens are of a user, who may see several business units: which one is meant, the setting says.
    accountOf: () => undefined,
  },
  country: ({ country }) => country,
  pageOf: (_settings, resource, externalId) =>
    resource === "note" && /^[0-9a-f]{24}$/i.test(externalId)
      ? `https://www.trustpilot.com/reviews/${externalId}`
      : undefined,
  check,
  resources: { contact: people, note: notes, task: tasks },
  operations,
  webhooks,
});

/** What is public is asked for with the key, what is private with a token; one of them is passed over each time. */
function keysOf(credential: Credential): Readonly<Record<string, string>> {
  if (credential.kind === "oauth") {
    return { authorization: `Bearer ${credential.accessToken}`, apikey: credential.clientId };
  }
  throw new Failure("misconfigured", "Trustpilot is signed in to with the key and secret of an application.");
}

/** Proves key, secret and token, and that the business unit's private reviews may be read. */
async function check(session: Session<Settings>): Promise<void> {
  const doing = "read the business unit";
  const answer = await session.http.request({
    method: "GET",
    path: path`/business-units/${session.settings.businessUnitId}`,
    doing,
  });
  readAnswer(Unit, answer, about(doing));
  await serviceReviews(session, 1, session.now());
}

export type { Settings as TrustpilotSettings } from "./settings.ts";
