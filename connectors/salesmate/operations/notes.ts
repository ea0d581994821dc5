import { z } from "zod";
import type { Action } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";
import { actionsOf, DONE, type Gives, MADE } from "./dialect.ts";
import { ACTIVITY_KIND, COMPANY_KIND, CONTACT_KIND, DEAL_KIND } from "./kinds.ts";
import { EXAMPLE_ID, type RecordKind } from "./records.ts";
import { number } from "./shapes.ts";

const noteId = number("Number of the note.");
const Html = z.string().trim().min(1).max(100_000).describe("The note, as HTML.");
const EXAMPLE_NOTE = "221";

const Note = z.looseObject({ id: z.union([z.number(), z.string()]) });

/** A bare list or rows; how a note names its number in them is not published. */
const NOTES: Gives = {
  output: { notes: z.array(Note) },
  of: (data) => {
    const list: unknown = Array.isArray(data) ? data : Object(data).data;
    if (!Array.isArray(list)) return {};
    return { notes: list.map((note: unknown) => ({ id: Object(note).noteId, ...Object(note) })) };
  },
};

/** What can be asked about the notes of contacts, companies, deals and activities. */
export const notes: readonly Action<Settings>[] = [CONTACT_KIND, COMPANY_KIND, DEAL_KIND, ACTIVITY_KIND].flatMap(
  notesOf,
);

function notesOf({ name, one, searched }: RecordKind): readonly Action<Settings>[] {
  const action = actionsOf("Notes");
  const key = `${name}Id`;
  const id = number(`Number of the ${name}.`);
  const all = `/${name}/v4/modules/${searched.id}/object/{${key}}/notes`;
  const input = { [key]: id, noteId };
  const example = { input: { [key]: EXAMPLE_ID, noteId: EXAMPLE_NOTE }, output: { succeeded: true } };
  const pinning = (verb: "pin" | "unpin", title: string, description: string) =>
    action({
      ...{ id: `${name}Note.${verb}`, title, description, effect: "changes", method: "PATCH" },
      path: `${all}/{noteId}/${verb}-it`,
      ...{ input, gives: DONE, example },
    });
  return [
    action({
      id: `${name}Note.list`,
      title: `List the notes of ${one}`,
      description: `Shows what was noted on ${one}.`,
      effect: "reads",
      method: "GET",
      path: `/module/v4/modules/${searched.id}/objects/{${key}}/notes`,
      input: { [key]: id },
      gives: NOTES,
      example: { input: { [key]: EXAMPLE_ID }, output: { notes: [{ id: 221, note: "<p>Likes tiles</p>" }] } },
    }),
    action({
      id: `${name}Note.create`,
      title: `Write a note on ${one}`,
      description: `Adds a note to ${one}.`,
      effect: "creates",
      method: "POST",
      path: all,
      input: { [key]: id, note: Html },
      constant: { type: "Note", attachments: [] },
      gives: MADE,
      example: { input: { [key]: EXAMPLE_ID, note: "<p>Likes tiles</p>" }, output: { id: EXAMPLE_NOTE } },
    }),
    action({
      id: `${name}Note.update`,
      title: `Change a note on ${one}`,
      description: "Replaces what a note says.",
      effect: "changes",
      method: "PUT",
      path: `${all}/{noteId}`,
      input: { ...input, note: Html },
      gives: DONE,
      example: { ...example, input: { ...example.input, note: "<p>Likes wood</p>" } },
    }),
    action({
      id: `${name}Note.delete`,
      title: `Delete a note on ${one}`,
      description: "Takes a note away.",
      effect: "deletes",
      method: "DELETE",
      path: `${all}/{noteId}`,
      ...{ input, gives: DONE, example },
    }),
    pinning("pin", `Pin a note on ${one}`, "Keeps a note above the others."),
    pinning("unpin", `Let go a pinned note on ${one}`, "Puts a note back among the others."),
  ];
}
