import { z } from "zod";
import { AddressSecret } from "../../kit/index.ts";

const FieldName = z
  .string()
  .regex(/^field_[A-Za-z0-9_]{1,60}$/, "must be the name of a custom field: field_ and a word");

/** The settings of a Trustmary connection: one organisation, as the owner of the key sees it. */
export const Settings = z.strictObject({
  organizationId: z
    .string()
    .trim()
    .max(100)
    .default("")
    .describe("Id of the organisation that the key must belong to; any where this is left out."),
  keyPrefix: z
    .enum(["Apikey", "Bearer"])
    .default("Apikey")
    .describe("Word before the key in requests. Trustmary's own plugin sends Apikey; one description says Bearer."),
  customFields: z
    .array(FieldName)
    .default([])
    .describe("Custom fields to offer though no contact has a value in them yet. Those that contacts show are found."),
  emailChange: z
    .enum(["recreate", "refuse"])
    .default("recreate")
    .describe(
      "What becomes of a changed e-mail, by which Trustmary knows a contact: recreate makes the contact under the new address and then deletes the old one, whose places on lists are lost; refuse leaves Trustmary as it is.",
    ),
  joinLists: z
    .array(z.string().min(1).max(100))
    .default([])
    .describe("Ids of the lists that contacts made here are put on. A list with an automation may send to them."),
  followUpAtMost: z
    .int()
    .min(-1)
    .max(10)
    .default(6)
    .describe("An answer of at most this score makes one task for its contact; -1 for none."),
  followUpDays: z.int().min(0).max(365).default(2).describe("Days after the answer on which such a task is due."),
  followUpWithinDays: z
    .int()
    .min(0)
    .max(3_650)
    .default(14)
    .describe("Answers that are older when they are first seen make no task, so that the first reading makes none."),
  answerEvents: z
    .array(z.string().min(1).max(100))
    .min(1)
    .default(["answer_completed"])
    .describe(
      "Names of the events to register for. Trustmary does not publish them; GET /webhooks shows those of a hook.",
    ),
  webhookSecret: AddressSecret.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be two capital letters, for instance FI")
    .default("FI")
    .describe("Country of phones written without a country code, ISO 3166-1 alpha-2."),
  requestsPerMinute: z
    .int()
    .min(1)
    .default(60)
    .describe("Most calls in a minute. Trustmary publishes no limit; this is a careful guess."),
  listLagMs: z
    .int()
    .min(0)
    .default(0)
    .describe("How long after a write its lists may still show the old value, milliseconds. Not published."),
});
export type Settings = z.infer<typeof Settings>;
