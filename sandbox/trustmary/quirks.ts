import { z } from "zod";

/** What the product's published pages leave open, or say in two ways, each as a switch. The defaults are the likelier reading. */
export const QuirksShape = z.strictObject({
  /** Which word stands before the key in the `Authorization` header: the vendor's own plugin writes `Apikey`. */
  keyPrefix: z.enum(["Apikey", "Bearer", "either"]).default("either"),
  /** Whether lists of records come in an object under their name, or as a bare array. */
  listsAs: z.enum(["object", "array"]).default("object"),
  /** Whether one survey comes in an object under its name, or bare. */
  surveyAs: z.enum(["object", "bare"]).default("object"),
  /** What `POST /contacts` calls the change of a contact that was there. */
  updateAction: z.string().default("IMPORT_UPDATE"),
  /** Whether a deleted contact whose e-mail is imported again comes back under its old id, or as a new contact. */
  deletedReturnAs: z.enum(["same", "new"]).default("same"),
  /** Whether an import that changes nothing moves `updated_at`, which is "the time of the last action". */
  touchOnNoChange: z.boolean().default(true),
  /** Whether `eid` is unique: a second contact with the same is refused, or both keep it. */
  eidIsUnique: z.boolean().default(false),
  /** Whether a custom field that does not exist is refused or passed over. */
  unknownFields: z.enum(["reject", "ignore"]).default("reject"),
  /** How the body of an error names its words. */
  errorsAs: z.enum(["message", "error", "text"]).default("message"),
  /** Whether `GET /reviews` exists. */
  listsReviews: z.boolean().default(true),
  /** Where the contact of an answer stands in a webhook. */
  webhookContact: z.enum(["inside", "beside"]).default("inside"),
  /** The names of the events that a webhook can be registered for. */
  webhookEvents: z.array(z.string().min(1)).min(1).default(["answer_completed"]),
  /** Whether an answer is told of when its first page was given and once more when it is whole. */
  tellsPartly: z.boolean().default(false),
  /** How often a delivery that was refused is sent again, a minute apart; no source says that it is. */
  webhookRetries: z.number().int().min(0).max(20).default(0),
  /** Whether a refusal for too many requests says when to come back. */
  retryAfter: z.enum(["none", "seconds"]).default("seconds"),
});

/** The switches in force. */
export type Quirks = z.output<typeof QuirksShape>;
