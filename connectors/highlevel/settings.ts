import { z } from "zod";
import { publicKey, type SignatureScheme } from "../../kit/index.ts";
import { PUBLISHED_KEYS } from "./publishedKeys.ts";
import { PAGE_LIMIT } from "./quirks.ts";
import { isTimeZone } from "./times.ts";

const keyText = (scheme: SignatureScheme) =>
  z.string().refine((pem) => isKey(scheme, pem), `must be a public key (${scheme}) in PEM form`);

/** The settings of a HighLevel connection: one location (sub-account). */
export const Settings = z.strictObject({
  locationId: z
    .string("is missing: the id of the location (sub-account), from Settings > Business Profile or the address bar")
    .regex(/^[\w-]{1,64}$/, "must be the location's id, letters and digits only")
    .describe("Id of the location (sub-account) whose contacts are kept in step."),
  writing: z
    .boolean()
    .default(false)
    .describe("Whether the hub may change things there; without it, it only reads, and asks for no other permission."),
  furtherScopes: z
    .array(z.string().regex(/^[\w/.-]{1,80}$/, "must be the name of a permission, such as opportunities.readonly"))
    .default([])
    .describe("Permissions to ask for at the consent page, beside those for contacts and what belongs to them."),
  viaAgency: z
    .boolean()
    .default(false)
    .describe("Whether the agency may be chosen at the consent page; the permissions for that are asked for as well."),
  versionId: z
    .string()
    .regex(/^[\w-]{1,64}$/, "must be the version's id, letters and digits only")
    .optional()
    .describe("Version of the marketplace app; needed where the consent page says error.noversionid."),
  apiVersion: z.enum(["2021-07-28", "2023-02-21", "v3"]).default("2021-07-28").describe("Value of the Version header."),
  listContactsBy: z
    .enum(["search", "list"])
    .default("search")
    .describe("How the operation that lists contacts reads them: by search, or by the older list."),
  listTasksBy: z
    .enum(["location", "contact"])
    .default("location")
    .describe("How edited tasks are found: by the search over all of them, or contact by contact."),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be two capital letters, for instance US")
    .optional()
    .describe(
      "Country of phones written without a country code, ISO 3166-1 alpha-2; the location's where it is not set.",
    ),
  canSendCompanyNameOnUpdate: z
    .boolean()
    .default(false)
    .describe("Whether updates may carry the company name. HighLevel does not document it; creates always may."),
  canSendGenderOnUpdate: z
    .boolean()
    .default(false)
    .describe("Whether updates may carry the gender. HighLevel does not document it; creates always may."),
  canSendAdditionalEmails: z
    .boolean()
    .default(false)
    .describe("Whether updates may carry further e-mail addresses. HighLevel takes them without documenting it."),
  calendarId: z
    .string()
    .regex(/^[\w-]{1,64}$/, "must be the calendar's id, letters and digits only")
    .optional()
    .describe("Calendar that new appointments go into; without it the hub creates none."),
  canNotifyOfAppointments: z
    .boolean()
    .default(false)
    .describe("Whether HighLevel tells people of appointments that the hub creates or changes."),
  timeZone: z
    .string()
    .refine(isTimeZone, "must be a time zone such as Europe/Lisbon")
    .optional()
    .describe("Time zone of the location; asked of HighLevel where it is not set."),
  webhookKeys: z
    .strictObject({
      ed25519: keyText("ed25519").default(PUBLISHED_KEYS.ed25519),
      rsa: keyText("rsa-sha256").default(PUBLISHED_KEYS.rsa),
    })
    .prefault({})
    .describe("Public keys that webhooks are signed with; HighLevel's published ones unless it has changed them."),
  workflowSecret: z
    .string()
    .min(24, "must have 24 characters or more, best drawn at random")
    .max(200)
    .optional()
    .describe("Secret that the location's own workflows send in the header X-Kith-Secret; without it none is taken.")
    .meta({ writeOnly: true }),
  requestsPer10s: z
    .int()
    .min(1)
    .default(100)
    .describe("Most calls in 10 seconds. HighLevel allows 100, its sandbox 25."),
  requestsPerDay: z.int().min(1).default(200_000).describe("Most calls in a day. HighLevel allows 200,000."),
  searchLagMs: z.int().min(0).default(60_000).describe("How long searches may lag behind writes, milliseconds."),
  pollOverlapMs: z.int().min(0).default(300_000).describe("How far back each poll looks again, milliseconds."),
  contactsPerPage: z
    .int()
    .min(1)
    .max(PAGE_LIMIT)
    .default(PAGE_LIMIT)
    .describe("Contacts asked for on one page of a list. HighLevel gives up to 500; fewer make its answers smaller."),
});
export type Settings = z.infer<typeof Settings>;

function isKey(scheme: SignatureScheme, pem: string): boolean {
  try {
    publicKey(scheme, pem);
    return true;
  } catch {
    // The parser throws for anything that is no key; the refinement turns that into the message.
    return false;
  }
}
