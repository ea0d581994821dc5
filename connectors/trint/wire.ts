import { z } from "zod";

/** The shapes of Trint's JSON, as far as the hub reads them. Source: dev.trint.com (reference/page, reference/events). */

const Text = z.string().nullish();

/** A file of the list. It does not say how far it is. */
export const File = z.looseObject({
  id: z.string().min(1),
  title: Text,
  /** As it was given at upload. */
  metadata: z
    .unknown()
    .optional()
    .transform((given) => (typeof given === "string" ? given : JSON.stringify(given ?? "").replace(/^""$/, ""))),
  excerpt: Text,
  fileType: Text,
  workspaceId: Text,
  folderId: Text,
  language: Text,
  /** Milliseconds. */
  duration: z.number().nullish(),
  notes: Text,
  created: Text,
  updated: Text,
});
export type File = z.infer<typeof File>;

export const FileList = z.array(File);

/** Where an export lies for a while. */
export const ExportAnswer = z.looseObject({ title: Text, url: z.string().min(1) });

/** The export of words one by one, as far as it names who speaks. */
export const WordsAnswer = z.looseObject({ speakers: z.record(z.string(), z.looseObject({ name: Text })).nullish() });

/** What a callback says. */
export const Event = z.looseObject({ eventType: z.string().min(1), transcriptId: z.string().min(1) });
