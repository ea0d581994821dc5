import { z } from "zod";

/** What the product's published pages leave open, each as a switch. The defaults are the likelier reading. */
export const QuirksShape = z.strictObject({
  /** Milliseconds that a transcription takes. */
  takesMs: z.number().int().min(0).default(30_000),
  /** Whether a file that is still being transcribed is in the list. */
  listsUnfinished: z.boolean().default(true),
  /** The order of the list: no source says. */
  listOrder: z.enum(["newest", "oldest"]).default("newest"),
  /** Under which key a shared drive has its id. */
  driveIdAs: z.enum(["_id", "workspaceId"]).default("_id"),
  /** Whether a callback address that is registered stands beside the others, or in their place. */
  callbacks: z.enum(["many", "one"]).default("many"),
  /** Whether a word that is changed moves `updated` only, or is a new version that is told of as well. */
  tellsNewVersion: z.boolean().default(true),
  /** Whether being verified moves `updated`. */
  verifyMovesUpdated: z.boolean().default(true),
  /** The status of an upload for which there is no credit left. */
  noCreditAs: z.enum(["402", "403", "400"]).default("402"),
  /** Whether a file can be read by itself: only one source lists that. */
  readsFile: z.boolean().default(true),
  /** Uploads that the plan still has room for. */
  credit: z.number().int().min(0).default(1_000),
  /** Milliseconds for which an exported file can be fetched. */
  exportLastsMs: z.number().int().positive().default(600_000),
  /** Whether the single key of older accounts is taken. */
  takesLegacyKey: z.boolean().default(true),
  /** How often a delivery that was refused is sent again, a minute apart; no source says that it is. */
  webhookRetries: z.number().int().min(0).max(20).default(0),
  /** Whether a refusal for too many requests says when to come back. */
  retryAfter: z.enum(["none", "seconds"]).default("none"),
});

/** The switches in force. */
export type Quirks = z.output<typeof QuirksShape>;
