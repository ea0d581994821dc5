import { hubKept, type ResourceAdapter } from "../../kit/index.ts";
import type { FieldDefinition } from "../../model/field.ts";
import { narrate } from "./narrative.ts";
import type { Settings } from "./settings.ts";
import { transcriptOf } from "./transcript.ts";
import { gatherTranscripts, refreshTranscript } from "./transcripts.ts";

/** People, notes and tasks, for which Trint has no place: kept by the hub beside its transcripts. */

const PERSON: readonly FieldDefinition[] = [
  { key: "fullName", label: "Name", type: "fullName", isWritable: true, standard: "fullName" },
  { key: "email", label: "E-mail", type: "email", isWritable: true, standard: "email" },
  { key: "phone", label: "Phone", type: "phone", isWritable: true, standard: "phone" },
  { key: "transcripts", label: "Number of transcripts", type: "number", isWritable: false },
  { key: "transcriptTitle", label: "Latest transcript", type: "text", isWritable: false },
  { key: "transcribedOn", label: "Day of the latest transcript", type: "date", isWritable: false },
  { key: "transcriptPage", label: "Page of the latest transcript", type: "url", isWritable: false },
];

const NOTE: readonly FieldDefinition[] = [
  { key: "title", label: "Title", type: "text", isWritable: true, standard: "title" },
  { key: "body", label: "Text", type: "richText", isWritable: true, standard: "body" },
];

const TASK: readonly FieldDefinition[] = [
  { key: "title", label: "Title", type: "text", isWritable: true, standard: "title" },
  { key: "body", label: "Description", type: "longText", isWritable: true, standard: "body" },
  { key: "dueAt", label: "Due", type: "dateTime", isWritable: true, standard: "dueAt" },
  { key: "isCompleted", label: "Done", type: "boolean", isWritable: true, standard: "isCompleted" },
];

/** What ids of records begin with that the hub made. Source: model/book.ts. */
const HUB_MADE = "kith_";

/** The people whom the hub knows beside Trint, with what they said last. */
export const people = hubKept<Settings>({
  resource: "contact",
  noun: "person",
  fields: PERSON,
  gather: gatherTranscripts,
});

/** Finished transcripts, and what people write about a person. */
export const notes = hubKept<Settings>({
  resource: "note",
  parent: "contact",
  fields: NOTE,
  gather: gatherTranscripts,
  // What the hub wrote itself is nothing that Trint could tell of.
  refresh: async (session, externalId) => {
    if (!externalId.startsWith(HUB_MADE)) await refreshTranscript(session, transcriptOf(externalId));
  },
});

const kept = hubKept<Settings>({ resource: "task", parent: "contact", fields: TASK, gather: gatherTranscripts });

/** What is to be done about a person. */
export const tasks: ResourceAdapter<Settings> = {
  ...kept,
  update: async (session, externalId, changes, known) => {
    await narrate(session, externalId, changes);
    return kept.update(session, externalId, changes, known);
  },
};
