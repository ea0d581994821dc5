import { type Credential, defineConnector, readAnswer, type Session } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { about } from "./calls.ts";
import { contacts, customFieldsOf } from "./contacts.ts";
import { classify } from "./errors.ts";
import { notes, tasks } from "./kept.ts";
import { operations } from "./operations/index.ts";
import { Settings } from "./settings.ts";
import { webhooks } from "./webhooks.ts";
import { TestAnswer } from "./wire.ts";

/**
 * Everything the hub knows about Trustmary: its contacts, known by their e-mail, and what they answered. It has no notes
 * and no tasks; the hub keeps those beside the contacts.
 */
export const trustmary = defineConnector<Settings>({
  id: "trustmary",
  name: "Trustmary",
  baseUrls: () => ({ api: "https://api.trustmary.io/v1" }),
  settings: Settings,
  account: ({ organizationId }) => organizationId,
  credentials: [
    {
      kind: "token",
      label: "API key",
      help: "In Trustmary: Settings > Developers > add a new key. It is shown once.",
    },
  ],
  authorize: (credential, { keyPrefix }) => ({ authorization: `${keyPrefix} ${keyOf(credential)}` }),
  limits: ({ requestsPerMinute }) => [
    { name: "minute", requests: requestsPerMinute, perMs: 60_000, source: "none is published; a careful guess" },
  ],
  classify,
  country: ({ country }) => country,
  check,
  resources: { contact: contacts, note: notes, task: tasks },
  operations,
  webhooks,
});

function keyOf(credential: Credential): string {
  if (credential.kind === "token") return credential.token;
  throw new Failure("misconfigured", "Trustmary is signed in to with an API key, not with OAuth. Give it a token.");
}

/** Proves the key and whose it is, and that contacts may be read. */
async function check(session: Session<Settings>): Promise<void> {
  const doing = "see whose key it is";
  const answer = await session.http.request({ method: "GET", path: "/test", doing });
  const { organization_id } = readAnswer(TestAnswer, answer, about(doing));
  const { organizationId } = session.settings;
  if (organizationId !== "" && organization_id && organization_id !== organizationId) {
    throw new Failure(
      "misconfigured",
      `The key belongs to organisation ${organization_id}, not to ${organizationId}. Use its own key, or correct organizationId.`,
    );
  }
  session.forget("customFields");
  await customFieldsOf(session);
}

export type { Settings as TrustmarySettings } from "./settings.ts";
