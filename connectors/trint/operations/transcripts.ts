import { z } from "zod";
import { actionsOf, SOURCES } from "./dialect.ts";

const transcriptAction = actionsOf("Transcripts", SOURCES.page);
const exportAction = actionsOf("Exports", SOURCES.flow);
const storyAction = actionsOf("Stories", SOURCES.seen);

const Text = z.string().optional();
const transcriptId = z.string().min(1).describe("Id of the transcript.");
const Transcript = z.looseObject({ id: z.string(), title: Text, metadata: z.unknown().optional(), updated: Text });
const EXAMPLE = { id: "trDemo1", title: "First visit.mp3", updated: "2026-05-04T08:00:00.000Z" };
const LINK = { title: EXAMPLE.title, url: "https://files.example/signed/1" };

/** The formats whose export is an address that is good for a while, by the last part of the path, and what they are. */
const FORMATS = {
  text: "plain text",
  docx: "a Word document",
  srt: "SRT captions",
  webvtt: "WebVTT captions",
  xml: "XML",
  edl: "an edit decision list",
  "premiere-xml": "XML for Premiere",
  "avid-ds": "Avid DS captions",
  "spruce-stl": "Spruce STL captions",
  "vantage-xml": "XML for Vantage",
  "csv/full": "a table of all that is said",
  "csv/highlights": "a table of the highlights",
  "csv/comments": "a table of the comments",
  "csv/markers": "a table of the markers",
} as const;

const Flag = z.enum(["true", "false"]).optional();
/** Options of captions. Source: two published clients. */
const CAPTIONS = {
  "captions-by-paragraph": Flag,
  "max-subtitle-character-length": z.int().min(1).optional(),
  "highlights-only": Flag,
  "enable-speakers": Flag,
  "speaker-on-new-line": Flag,
  "speaker-uppercase": Flag,
  "skip-strikethroughs": Flag,
} as const;

const STORIES = { docx: "a Word document", edl: "an edit decision list", project_xml: "a project in XML" } as const;

/** `csv/full` as a part of an id. */
function word(format: string): string {
  return format.replaceAll(/[/_-](\w)/g, (_whole, letter: string) => letter.toUpperCase());
}

/** What can be asked about transcripts, beside uploading one. */
export const transcripts = [
  transcriptAction({
    id: "transcript.list",
    title: "List transcripts",
    description: "Lists the transcripts that the key sees, or those of a shared drive, page by page.",
    effect: "reads",
    method: "GET",
    path: "/transcripts/",
    input: {
      limit: z.int().min(1).max(1_000).optional().describe("100 unless given."),
      skip: z.int().min(0).optional().describe("How many to pass over."),
      sharedDriveId: z.string().min(1).optional().describe("Id of a shared drive."),
      folderId: z.string().min(1).optional().describe("Id of a folder of that drive."),
    },
    output: { transcripts: z.array(Transcript) },
    bare: "transcripts",
    example: { input: {}, output: { transcripts: [EXAMPLE] } },
  }),
  transcriptAction({
    id: "transcript.read",
    title: "Read a transcript",
    description: "Shows what Trint says of one transcript; its words are had by an export.",
    effect: "reads",
    source: SOURCES.seen,
    method: "GET",
    path: "/transcripts/file/{transcriptId}",
    input: { transcriptId },
    output: { transcript: Transcript },
    bare: "transcript",
    example: { input: { transcriptId: EXAMPLE.id }, output: { transcript: EXAMPLE } },
  }),
  ...Object.entries(FORMATS).map(([format, words]) =>
    exportAction({
      id: `export.${word(format)}`,
      title: `Export a transcript as ${words}`,
      description: "Gives an address from which the file can be fetched for a while, without the key.",
      effect: "reads",
      method: "GET",
      path: `/export/${format}/{transcriptId}`,
      input: { transcriptId, ...((format === "srt" || format === "webvtt") && CAPTIONS) },
      output: { title: Text, url: z.string() },
      example: { input: { transcriptId: EXAMPLE.id }, output: LINK },
    }),
  ),
  exportAction({
    id: "export.json",
    title: "Export a transcript word by word",
    description: "Gives each word with its time, and who says it.",
    effect: "reads",
    method: "GET",
    path: "/export/json/{transcriptId}",
    input: { transcriptId },
    output: {
      title: Text,
      words: z.array(z.unknown()).optional(),
      speakers: z.record(z.string(), z.unknown()).optional(),
      paragraphs: z.record(z.string(), z.unknown()).optional(),
    },
    example: { input: { transcriptId: EXAMPLE.id }, output: { title: EXAMPLE.title, words: [], speakers: {} } },
  }),
  exportAction({
    id: "export.html",
    title: "Export a transcript as a page",
    description: "Gives a web page with all that is said.",
    effect: "reads",
    method: "GET",
    path: "/export/html/{transcriptId}",
    answers: "text",
    input: { transcriptId },
    output: { html: z.string() },
    bare: "html",
    example: { input: { transcriptId: EXAMPLE.id }, output: { html: "<!doctype html><p>Good morning.</p>" } },
  }),
  ...Object.entries(STORIES).map(([format, words]) =>
    storyAction({
      id: `story.${word(format)}`,
      title: `Export a story as ${words}`,
      description: "Gives an address from which the file can be fetched for a while, without the key.",
      effect: "reads",
      method: "GET",
      path: `/export/story-builder/${format}/{storyId}`,
      input: { storyId: z.string().min(1).describe("Id of the story.") },
      output: { title: Text, url: z.string() },
      example: { input: { storyId: EXAMPLE.id }, output: LINK },
    }),
  ),
];
