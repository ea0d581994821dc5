import { type Credential, defineConnector, readAnswer, type Session } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { appointments, tasks } from "./activities.ts";
import { companies } from "./companies.ts";
import { contacts } from "./contacts.ts";
import { customFields } from "./customFields.ts";
import { deals } from "./deals.ts";
import { classify, isRefusal } from "./errors.ts";
import { notes } from "./notes.ts";
import { operations } from "./operations/index.ts";
import { Settings } from "./settings.ts";
import { tags } from "./tags.ts";
import { webhooks } from "./webhooks.ts";
import { UsersAnswer } from "./wire.ts";

/**
 * Everything the hub knows about Salesmate: the contacts of one account with their notes, tasks and
 * appointments and deals, and its companies. It has no webhooks to register for, so it is polled; its Smart Flows can
 * tell of records besides.
 */
export const salesmate = defineConnector<Settings>({
  id: "salesmate",
  name: "Salesmate",
  baseUrls: ({ linkname }) => ({ api: `https://${linkname}.salesmate.io/apis` }),
  settings: Settings,
  account: ({ linkname }) => linkname,
  credentials: [
    {
      kind: "token",
      label: "Session key",
      help: "In Salesmate: My Account > Access Key, the Session Key; try the Access Key if it is refused.",
    },
  ],
  authorize: (credential, { linkname }) => ({
    accesstoken: keyOf(credential),
    "x-linkname": `${linkname}.salesmate.io`,
  }),
  limits: ({ requestsPerHour }) => [
    { name: "hourly", requests: requestsPerHour, perMs: 3_600_000, source: "apidocs.salesmate.io (rate limits)" },
  ],
  isRefusal,
  classify,
  country: (settings) => settings.country,
  check,
  resources: {
    contact: contacts,
    business: companies,
    note: notes,
    task: tasks,
    appointment: appointments,
    opportunity: deals,
    tag: tags,
  },
  operations,
  webhooks,
});

function keyOf(credential: Credential): string {
  if (credential.kind === "token") return credential.token;
  throw new Failure("misconfigured", "Salesmate is signed in to with a session key, not with OAuth. Give it a token.");
}

/** Proves key and account, that the owner of new contacts exists, and that the field catalogue may be read. */
async function check(session: Session<Settings>): Promise<void> {
  const doing = "read the users";
  const query = { status: "active" };
  const answer = await session.http.request({ method: "GET", path: "/core/v4/users", query, doing });
  const ids = readAnswer(UsersAnswer, answer, { partner: "Salesmate", doing }).Data.map((user) => Number(user.id));
  const { ownerId } = session.settings;
  if (!ids.includes(ownerId)) {
    throw new Failure(
      "misconfigured",
      `Salesmate has no active user with the number ${ownerId}. Set ownerId to one of: ${ids.slice(0, 20).join(", ")}.`,
    );
  }
  session.forget("customFields");
  await customFields(session);
}

export type { Settings as SalesmateSettings } from "./settings.ts";
