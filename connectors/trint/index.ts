import { type Credential, defineConnector, type Session } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { transcripts } from "./beside.ts";
import { listFiles } from "./calls.ts";
import { classify } from "./errors.ts";
import { notes, people, tasks } from "./kept.ts";
import { operations } from "./operations/index.ts";
import { Settings } from "./settings.ts";
import { webhooks } from "./webhooks.ts";

/**
 * Everything the hub knows about Trint: the transcripts of one account, and the people they are with. It has no contacts,
 * notes or tasks; the hub keeps those beside the transcripts.
 */
export const trint = defineConnector<Settings>({
  id: "trint",
  name: "Trint",
  baseUrls: ({ tenant }) => {
    const within = tenant === "eu" ? "eu.trint.com" : "trint.com";
    return {
      api: `https://api.${within}`,
      upload: `https://upload.${within}`,
      translation: tenant === "eu" ? "https://translation.api.eu.trint.com" : "https://translation.api.trint.com",
      members: `https://scim.${within}/v2`,
    };
  },
  settings: Settings,
  // A key is of one account, and may be replaced by another of the same: only the tenant is known to stay.
  account: ({ tenant }) => tenant,
  canWrite: ({ writing }) => writing,
  credentials: [
    {
      kind: "token",
      label: "Key Secret",
      help: "At app.trint.com/account/api: create a key, put its Key ID into keyId and give the Key Secret here. It is shown once.",
    },
  ],
  authorize: (credential, { keyId }): Readonly<Record<string, string>> => {
    const key = keyOf(credential);
    if (keyId === "") return { "api-key": key };
    return { authorization: `Basic ${Buffer.from(`${keyId}:${key}`).toString("base64")}` };
  },
  limits: ({ requestsPerMinute }) => [
    { name: "minute", requests: requestsPerMinute, perMs: 60_000, source: "none is published; a careful guess" },
  ],
  classify,
  country: ({ country }) => country,
  check,
  resources: { contact: people, note: notes, task: tasks },
  operations,
  transcripts,
  webhooks,
});

function keyOf(credential: Credential): string {
  if (credential.kind === "token") return credential.token;
  throw new Failure("misconfigured", "Trint is signed in to with a key, not with OAuth. Give it the Key Secret.");
}

/** Proves the key, and that transcripts may be read. */
async function check(session: Session<Settings>): Promise<void> {
  await listFiles(session, { limit: 1, skip: 0 });
}

export type { Settings as TrintSettings } from "./settings.ts";
