import { hubKept } from "../../kit/index.ts";
import type { FieldDefinition } from "../../model/field.ts";
import { gatherAnswers } from "./answers.ts";
import { contactWith } from "./calls.ts";
import type { Settings } from "./settings.ts";

/** Notes and tasks, for which Trustmary has no place: kept by the hub beside its contacts. Answers to surveys are notes. */

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

const CHILD = {
  parent: "contact",
  isParentThere: async (session: Parameters<typeof contactWith>[0], parentId: string) =>
    (await contactWith(session, parentId)) !== undefined,
  gather: gatherAnswers,
} as const;

/** What was answered, and what people write about a contact. */
export const notes = hubKept<Settings>({
  ...CHILD,
  resource: "note",
  fields: NOTE,
  refresh: gatherAnswers,
});

/** What is to be done about a contact: low scores make such a task by themselves. */
export const tasks = hubKept<Settings>({ ...CHILD, resource: "task", fields: TASK });
