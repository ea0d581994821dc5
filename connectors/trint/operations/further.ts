import { z } from "zod";
import { actionsOf, SOURCES } from "./dialect.ts";

const translationAction = actionsOf("Translations", SOURCES.seen);
const liveAction = actionsOf("Live streams", SOURCES.realtime);
const memberAction = actionsOf("Members", SOURCES.seen);

const Text = z.string().optional();
const transcriptId = z.string().min(1).describe("Id of the transcript.");
const language = z.string().min(2).max(20).describe("Code of the language, for instance de.");
const Translated = {
  source: z.record(z.string(), z.unknown()).optional(),
  translations: z.array(z.unknown()).optional(),
};
const TRANSLATED = { source: { transcriptId: "trDemo1" }, translations: [{ languageCode: "de" }] };
const Live = { id: Text, status: Text, warnings: z.array(z.unknown()).optional(), started: Text, expires: Text };
const LIVE = { id: "liDemo1", status: "TRANSCRIBING", warnings: [] };
const Members = { totalResults: z.number().optional(), Resources: z.array(z.unknown()) };
const MEMBERS = { totalResults: 1, Resources: [{ id: "u1", userName: "ines@example.com" }] };
const filter = Text.describe('In the words of SCIM, for instance userName eq "ines@example.com".');

/** What can be asked about translations, streams that are transcribed while they run, and the members of an organisation. */
export const further = [
  translationAction({
    id: "translation.languages",
    title: "List the languages of translations",
    description: "Lists the languages into which a transcript can be translated.",
    effect: "reads",
    method: "GET",
    base: "translation",
    path: "/translation-languages",
    input: {},
    output: { data: z.looseObject({ translationLanguages: z.array(z.unknown()) }) },
    example: {
      input: {},
      output: { data: { translationLanguages: [{ languageCode: "de", languageName: "German" }] } },
    },
  }),
  translationAction({
    id: "translation.create",
    title: "Translate a transcript",
    description: "Has a transcript translated. The names of the inputs are assumed.",
    effect: "creates",
    source: `${SOURCES.seen}; the inputs are assumed`,
    method: "POST",
    base: "translation",
    path: "/",
    input: { transcriptId, language },
    output: Translated,
    example: { input: { transcriptId: "trDemo1", language: "de" }, output: TRANSLATED },
  }),
  translationAction({
    id: "translation.list",
    title: "List the translations of a transcript",
    description: "Lists the languages into which a transcript was translated. The names of the inputs are assumed.",
    effect: "reads",
    source: `${SOURCES.seen}; the inputs are assumed`,
    method: "GET",
    base: "translation",
    path: "/",
    input: { transcriptId },
    output: Translated,
    example: { input: { transcriptId: "trDemo1" }, output: TRANSLATED },
  }),
  translationAction({
    id: "translation.delete",
    title: "Delete a translation",
    description: "Takes one translation of a transcript away. The names of the inputs are assumed.",
    effect: "deletes",
    source: `${SOURCES.seen}; the inputs are assumed`,
    method: "DELETE",
    base: "translation",
    path: "/",
    input: { transcriptId, language },
    inQuery: ["transcriptId", "language"],
    output: Translated,
    example: { input: { transcriptId: "trDemo1", language: "de" }, output: TRANSLATED },
  }),
  liveAction({
    id: "live.start",
    title: "Start a live transcript",
    description: "Begins to transcribe a stream while it runs, for six hours at most. The inputs are assumed.",
    effect: "creates",
    source: `${SOURCES.seen}; the inputs are assumed`,
    method: "PUT",
    path: "/transcripts/realtime/",
    input: { title: z.string().min(1), language: Text, streamUrl: z.url().optional() },
    output: Live,
    example: { input: { title: "Press conference" }, output: LIVE },
  }),
  liveAction({
    id: "live.stop",
    title: "Stop a live transcript",
    description: "Ends the transcribing of a stream. The inputs are assumed.",
    effect: "changes",
    source: `${SOURCES.seen}; the inputs are assumed`,
    method: "DELETE",
    path: "/transcripts/realtime/",
    input: { id: z.string().min(1).describe("Id of the live transcript.") },
    output: Live,
    example: { input: { id: LIVE.id }, output: { ...LIVE, status: "STOPPED" } },
  }),
  liveAction({
    id: "live.read",
    title: "Read the state of a live transcript",
    description: "Shows whether a stream is being transcribed, and what went wrong.",
    effect: "reads",
    method: "GET",
    path: "/transcripts/realtime/{liveId}",
    input: { liveId: z.string().min(1).describe("Id of the live transcript.") },
    output: Live,
    example: { input: { liveId: LIVE.id }, output: LIVE },
  }),
  liveAction({
    id: "live.push",
    title: "Get an address to stream to",
    description: "Gives a key and an address to which a stream is pushed by RTMP.",
    effect: "creates",
    source: SOURCES.seen,
    method: "POST",
    path: "/transcripts/realtime/push",
    input: {},
    output: { streamKey: Text, streamUrl: Text },
    example: { input: {}, output: { streamKey: "key", streamUrl: "rtmp://live.example/push" } },
  }),
  memberAction({
    id: "member.list",
    title: "List the members",
    description: "Lists the users of an Enterprise organisation, as SCIM shows them.",
    effect: "reads",
    method: "GET",
    base: "members",
    path: "/Users",
    input: { filter, startIndex: z.int().min(1).optional(), count: z.int().min(1).optional() },
    output: Members,
    example: { input: {}, output: MEMBERS },
  }),
  memberAction({
    id: "member.search",
    title: "Search the members",
    description: "Finds users of an Enterprise organisation, as SCIM does.",
    effect: "reads",
    method: "POST",
    base: "members",
    path: "/Users/.search",
    input: { filter },
    constant: { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"] },
    output: Members,
    example: { input: { filter: 'userName eq "ines@example.com"' }, output: MEMBERS },
  }),
  memberAction({
    id: "group.list",
    title: "List the groups of members",
    description: "Lists the groups of an Enterprise organisation, as SCIM shows them.",
    effect: "reads",
    method: "GET",
    base: "members",
    path: "/Groups",
    input: {},
    output: Members,
    example: { input: {}, output: { totalResults: 1, Resources: [{ id: "g1", displayName: "Everybody" }] } },
  }),
];
