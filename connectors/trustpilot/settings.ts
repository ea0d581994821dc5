import { z } from "zod";
import { AddressSecret } from "../../kit/index.ts";

const HexId = (what: string) => z.string().regex(/^[0-9a-f]{24}$/i, `must be the 24 letters and digits of ${what}`);

/** The settings of a Trustpilot connection: one business unit, as its account or one of its users sees it. */
export const Settings = z.strictObject({
  businessUnitId: HexId("a business unit").describe(
    "Id of the business unit: GET /business-units/find?name=your-domain shows it, and so does the operation unit.find.",
  ),
  businessUserId: HexId("a business user")
    .optional()
    .describe("Id of the user in whose name invitations and replies go out, where the account alone signs in."),
  signInAs: z
    .enum(["account", "user"])
    .default("account")
    .describe("Who signs in: account (key and secret alone), or user (a user agrees at Trustpilot's own page)."),
  writing: z
    .boolean()
    .default(false)
    .describe("Whether replies, labels, invitations and deletions may be sent. Reviews are only read either way."),
  reviewersBecomePeople: z
    .boolean()
    .default(true)
    .describe("Whether somebody who was invited and reviews becomes a person here though nobody knew them before."),
  productReviews: z.boolean().default(true).describe("Whether reviews of products are read as well."),
  followUpAtMost: z
    .int()
    .min(0)
    .max(5)
    .default(3)
    .describe("A review of at most so many stars makes one task for its person; 0 for none."),
  followUpDays: z.int().min(0).max(365).default(2).describe("Days after the review on which such a task is due."),
  followUpWithinDays: z
    .int()
    .min(0)
    .max(3_650)
    .default(14)
    .describe("Reviews that are older when they are first seen make no task, so that the first reading makes none."),
  pollOverlapMs: z
    .int()
    .min(0)
    .default(86_400_000)
    .describe("How far back each poll looks again, milliseconds. Lists can not be asked for changes."),
  rereadPerPoll: z
    .int()
    .min(0)
    .max(100)
    .default(10)
    .describe("Known reviews that each poll reads again, in turn: edits and deletions are told of by webhooks only."),
  webhookSecret: AddressSecret.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be two capital letters, for instance GB")
    .default("GB")
    .describe("Country of phones written without a country code, ISO 3166-1 alpha-2."),
  requestsPer5Minutes: z
    .int()
    .min(1)
    .default(700)
    .describe("Most calls in five minutes. Trustpilot recommends 833 at most, and 10,000 an hour."),
});
export type Settings = z.infer<typeof Settings>;
