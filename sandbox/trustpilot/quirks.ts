import { z } from "zod";

/** What the product's published pages leave open, each as a switch. The defaults are the likelier reading. */
export const QuirksShape = z.strictObject({
  /** Whether the lifetime of a token is written as a text, as was seen, or as a number. */
  expiresInAs: z.enum(["text", "number"]).default("text"),
  /** Whether the consent page hands `state` back. */
  echoesState: z.boolean().default(true),
  /** What an invitation by e-mail answers. */
  invitationAnswers: z.enum(["empty", "json"]).default("empty"),
  /** Whether a second invitation for the same e-mail and reference goes out, or is dropped without a word. */
  secondInvitation: z.enum(["sent", "suppressed"]).default("suppressed"),
  /** How the link to a product review is named in the answer. */
  productLinkAs: z.enum(["reviewUrl", "url"]).default("reviewUrl"),
  /** Status of a reply that was written. */
  replyStatus: z.enum(["201", "200"]).default("201"),
  /** Where the listing of all reviews tells of its next page: by a key, or by a link only. */
  nextPageAs: z.enum(["key", "link"]).default("key"),
  /** Milliseconds until a review that was written or changed shows in lists. */
  listLagMs: z.number().int().min(0).default(0),
  /** Whether a webhook about a product review carries the e-mail of who wrote it. */
  productWebhookEmail: z.boolean().default(true),
  /** The names of the events about product reviews that are told of. */
  productEvents: z.enum(["created", "all", "none"]).default("all"),
  /** Whether calls without a user of the business are refused where one is due. */
  needsBusinessUser: z.boolean().default(true),
  /** Whether the account's plan has the private part of the API. */
  hasPrivateApi: z.boolean().default(true),
  /** How often a delivery that was refused is sent again, a minute apart; no source says that it is. */
  webhookRetries: z.number().int().min(0).max(20).default(0),
  /** Whether a refusal for too many requests says when to come back. */
  retryAfter: z.enum(["none", "seconds"]).default("none"),
});

/** The switches in force. */
export type Quirks = z.output<typeof QuirksShape>;
