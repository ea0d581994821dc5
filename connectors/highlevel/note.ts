import type { FieldDefinition } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, type Fields } from "../../model/value.ts";
import type { Note } from "./childWire.ts";
import { textOf } from "./values.ts";

/** A note between HighLevel's JSON and model form. Pure. It tells no time of its last change, so it has no version. */

/** The fields of a note. Colour, pin and author are HighLevel's own and stay as they are. */
export const NOTE_CATALOGUE: readonly FieldDefinition[] = [
  { key: "title", label: "Title", type: "text", isWritable: true, standard: "title" },
  { key: "body", label: "Note", type: "richText", isWritable: true, standard: "body" },
];

/** A note in model form. */
export function noteSnapshot(note: Note, parentId: string): Snapshot {
  return { externalId: note.id, parentId, fields: { title: textOf(note.title), body: textOf(note.body) } };
}

/** The body of a create: HighLevel wants no empty title. */
export function noteCreateBody(fields: Fields): Record<string, unknown> {
  const title = textOf(fields.title);
  return { body: textOf(fields.body), ...(title !== "" && { title }) };
}

/** The body of an update: what changed and nothing else. */
export function noteUpdateBody(changes: Changes, known: Fields): Record<string, unknown> {
  const next = applyChanges(known, changes);
  return Object.fromEntries(Object.keys(changes).map((key) => [key, textOf(next[key])]));
}
