import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { ContactId, Flag, id, optional, required, Succeeded, Text, Time, UserId } from "./shapes.ts";

const action = actionsOf({
  subject: "Notes",
  module: "contacts",
  scopes: { reads: "contacts.readonly", writes: "contacts.write" },
});

/** A note. HighLevel tells no time of its last change; the text may hold HTML. */
const Note = z.object({
  id: z.string(),
  body: Text,
  title: Text,
  color: Text,
  pinned: Flag,
  userId: Text,
  contactId: Text,
  dateAdded: Time,
});

const ONE = { contactId: ContactId, noteId: id("Id of the note.") };
const MORE = {
  title: optional("Title."),
  color: z
    .string()
    .regex(/^#[0-9a-fA-F]{3,8}$/, "must be a colour such as #ffcc00")
    .optional()
    .describe("Colour, as #ffcc00."),
  pinned: z.boolean().optional().describe("Whether it stands on top."),
  userId: UserId.optional(),
};
const EXAMPLE = {
  id: "GCs5KuzPqTls7vWclkEV",
  body: "Prefers to be called in the morning.",
  contactId: "ocQHyuzHvysMo5N5VsXc",
  dateAdded: "2026-03-06T10:00:00.000Z",
};
const ONE_EXAMPLE = { contactId: EXAMPLE.contactId, noteId: EXAMPLE.id };

/** The notes of a contact. */
export const notes = [
  action({
    id: "note.list",
    title: "List the notes of a contact",
    description: "Lists all notes of one contact.",
    effect: "reads",
    method: "GET",
    path: "/contacts/{contactId}/notes",
    input: { contactId: ContactId },
    output: { notes: z.array(Note) },
    example: { input: { contactId: EXAMPLE.contactId }, output: { notes: [EXAMPLE] } },
  }),
  action({
    id: "note.create",
    title: "Create a note",
    description: "Writes a new note about one contact.",
    effect: "creates",
    method: "POST",
    path: "/contacts/{contactId}/notes",
    input: { contactId: ContactId, body: required("Text of the note."), ...MORE },
    output: { note: Note },
    example: { input: { contactId: EXAMPLE.contactId, body: EXAMPLE.body }, output: { note: EXAMPLE } },
  }),
  action({
    id: "note.read",
    title: "Read a note",
    description: "Shows one note of a contact.",
    effect: "reads",
    method: "GET",
    path: "/contacts/{contactId}/notes/{noteId}",
    input: ONE,
    output: { note: Note },
    example: { input: ONE_EXAMPLE, output: { note: EXAMPLE } },
  }),
  action({
    id: "note.update",
    title: "Change a note",
    description: "Changes what is given of one note.",
    effect: "changes",
    method: "PUT",
    path: "/contacts/{contactId}/notes/{noteId}",
    input: { ...ONE, body: optional("Text of the note."), ...MORE },
    output: { note: Note },
    example: {
      input: { ...ONE_EXAMPLE, body: "Prefers e-mail." },
      output: { note: { ...EXAMPLE, body: "Prefers e-mail." } },
    },
  }),
  action({
    id: "note.delete",
    title: "Delete a note",
    description: "Deletes one note of a contact.",
    effect: "deletes",
    method: "DELETE",
    path: "/contacts/{contactId}/notes/{noteId}",
    input: ONE,
    output: Succeeded,
    example: { input: ONE_EXAMPLE, output: { succeeded: true } },
  }),
];
