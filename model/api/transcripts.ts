import { z } from "zod";
import { TIED_BY, TRANSCRIPT_STATES } from "../transcript.ts";
import { route } from "./route.ts";

/** Transcripts and what the hub keeps beside them, as they leave the hub. See model/transcript.ts. */

const Person = z.object({ externalId: z.string(), name: z.string(), by: z.enum(TIED_BY) });

const Head = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(TRANSCRIPT_STATES),
  /** In the product's own pages. */
  pageUrl: z.string().optional(),
  language: z.string(),
  durationMs: z.number().optional(),
  /** ISO 8601, empty where the product does not tell. */
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const TranscriptRowView = Head.extend({ people: z.array(Person) });
export type TranscriptRowView = z.infer<typeof TranscriptRowView>;

const Note = z.object({ externalId: z.string(), title: z.string(), body: z.string(), at: z.number() });
const Task = z.object({ externalId: z.string(), title: z.string(), dueAt: z.string(), isCompleted: z.boolean() });

/** One of its people, with the contact details, key notes, narrative notes and tasks. */
const Beside = Person.extend({
  email: z.string(),
  phone: z.string(),
  keyNotes: z.array(Note),
  narrativeNotes: z.array(Note),
  tasks: z.array(Task),
});

export const TranscriptDetail = Head.extend({
  connection: z.object({ id: z.string(), name: z.string(), partner: z.string() }),
  excerpt: z.string(),
  /** As it was given at upload. */
  metadata: z.string(),
  people: z.array(Beside),
});
export type TranscriptDetail = z.infer<typeof TranscriptDetail>;

const Params = z.object({ workspaceId: z.string(), connectionId: z.string() });
const OneParams = Params.extend({ transcriptId: z.string() });
const PersonParams = OneParams.extend({ personId: z.string() });
const PATH = "/api/workspaces/:workspaceId/connections/:connectionId/transcripts" as const;
const TAG = "Transcripts";

/** The routes to transcripts. */
export const TRANSCRIPT_ROUTES = {
  transcripts: route({
    method: "GET",
    path: PATH,
    tag: TAG,
    summary: "Lists transcripts with the people they are with, newest first, or those with these words in their title.",
    params: Params,
    query: z.object({
      text: z.string().max(200).default(""),
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.object({
      connection: TranscriptDetail.shape.connection,
      transcripts: z.array(TranscriptRowView),
      total: z.int(),
    }),
  }),
  transcript: route({
    method: "GET",
    path: `${PATH}/:transcriptId`,
    tag: TAG,
    summary: "Shows a transcript with contact details, key notes, narrative notes and tasks of its people.",
    params: OneParams,
    answer: TranscriptDetail,
  }),
  exportTranscript: route({
    method: "GET",
    path: `${PATH}/:transcriptId/export`,
    tag: TAG,
    summary:
      "Exports a transcript with its words and everything kept beside it, as data and as a document to read (Markdown).",
    params: OneParams,
    answer: TranscriptDetail.extend({ text: z.string(), document: z.string() }),
  }),
  tieTranscript: route({
    method: "PUT",
    path: `${PATH}/:transcriptId/people/:personId`,
    tag: TAG,
    summary: "Says by hand that a transcript is with a person whom the hub keeps.",
    params: PersonParams,
    answer: TranscriptDetail,
  }),
  untieTranscript: route({
    method: "DELETE",
    path: `${PATH}/:transcriptId/people/:personId`,
    tag: TAG,
    summary: "Says that a transcript is not with a person; no rule ties the two again.",
    params: PersonParams,
    answer: TranscriptDetail,
  }),
} as const;
