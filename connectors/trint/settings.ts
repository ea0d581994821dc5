import { z } from "zod";
import { AddressSecret } from "../../kit/index.ts";

/** How a transcript can be found to be with a person, beside by hand. */
export const TIE_RULES = ["metadata", "email", "name", "speaker"] as const;
export type TieRule = (typeof TIE_RULES)[number];

/** The settings of a Trint connection: one account, in one of its two tenants. */
export const Settings = z.strictObject({
  tenant: z
    .enum(["us", "eu"])
    .default("us")
    .describe("Where the account lies. Keys of one tenant do not work on the other."),
  keyId: z
    .string()
    .trim()
    .max(200)
    .default("")
    .describe("Key ID that stands beside the Key Secret; empty for the single key of an older account."),
  writing: z
    .boolean()
    .default(false)
    .describe("Whether recordings may be uploaded and folders, translations, streams and callbacks made at Trint."),
  tieBy: z
    .array(z.enum(TIE_RULES))
    .default(["metadata", "email"])
    .describe(
      "How a transcript is tied to people: metadata (what was given at upload), email or name (an e-mail or a full name in the file name), speaker (a speaker with the full name of a person).",
    ),
  unknownBecomePeople: z
    .boolean()
    .default(false)
    .describe("Whether an e-mail in metadata or a file name that nobody has becomes a person."),
  sharedDriveIds: z
    .array(z.string().min(1).max(100))
    .default([])
    .describe("Ids of the shared drives whose transcripts are listed beside those that the key sees by itself."),
  noteLines: z.int().min(0).max(50).default(3).describe("First lines of a finished transcript that its note shows."),
  taskLines: z
    .array(z.string().trim().min(1).max(40))
    .default([])
    .describe("Words that begin a line which becomes a task, for instance To do; none make no tasks."),
  taskDays: z.int().min(0).max(365).default(2).describe("Days after the recording on which such a task is due."),
  taskWithinDays: z
    .int()
    .min(0)
    .max(3_650)
    .default(14)
    .describe("Recordings that are older when they are first read make no task, so that the first reading makes none."),
  narrativeNotes: z
    .boolean()
    .default(true)
    .describe("Whether a task that is completed or opened again writes a narrative note beside the transcripts."),
  keyNotesWith: z
    .string()
    .trim()
    .max(60)
    .default("")
    .describe("Only notes with these words count as key notes of a transcript; all of a person's where this is empty."),
  webhookSecret: AddressSecret.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be two capital letters, for instance GB")
    .default("GB")
    .describe("Country of phones written without a country code, ISO 3166-1 alpha-2."),
  requestsPerMinute: z
    .int()
    .min(1)
    .default(60)
    .describe("Most calls in a minute. Trint publishes no limit; this is a careful guess."),
  uploadBytesMax: z
    .int()
    .min(1)
    .max(200_000_000)
    .default(50_000_000)
    .describe("Largest recording that is uploaded, bytes. Trint publishes no limit."),
});
export type Settings = z.infer<typeof Settings>;
