import { z } from "zod";

/**
 * Salesmate's JSON, as far as contacts, notes and activities need it. Source: the published collection of its v4 API (read in copies), and
 * answers seen in the field.
 */

const Id = z.union([z.number(), z.string().min(1)]);

/** A record as a search row or a direct read shows it. Custom fields are keys of their own, so none may be dropped. */
export const Row = z.looseObject({ id: Id });
export type Row = z.infer<typeof Row>;

/** A contact, in a direct read or a search row. */
export const Contact = Row;
export type Contact = Row;

/** An activity (task, meeting, call), in a direct read or a search row. */
export type Activity = Row;

export const ReadAnswer = z.object({ Data: Row });

export const CreateAnswer = z.object({ Data: z.object({ id: Id }) });

export const SearchAnswer = z.object({
  Data: z.object({ data: z.array(Row), totalRows: z.coerce.number().nullish() }),
});

export const NoteCreateAnswer = z.object({ Data: z.object({ noteId: Id }) });

/**
 * A note in a list. The keys are not documented: the id has the name that a create answers with or the one of all other
 * records, and the text the name that it is written under, or another that was seen elsewhere in the API.
 */
export const Note = z
  .looseObject({
    id: Id.optional(),
    noteId: Id.optional(),
    note: z.string().nullish(),
    description: z.string().nullish(),
    text: z.string().nullish(),
    type: z.string().nullish(),
    isDeleted: z.boolean().nullish(),
  })
  .transform((shown, context) => {
    const id = shown.noteId ?? shown.id;
    const html = shown.note ?? shown.description ?? shown.text;
    if (id !== undefined && typeof html === "string") return { ...shown, id, html };
    context.addIssue({ code: "custom", message: "has no id or no text" });
    return z.NEVER;
  });
export type Note = z.infer<typeof Note>;

/** The notes of one record: a bare list, or rows with or without a total. */
export const NotesAnswer = z.object({
  Data: z.union([
    z.array(Note).transform((data) => ({ data, totalRows: undefined })),
    z.object({ data: z.array(Note), totalRows: z.coerce.number().nullish() }),
  ]),
});

export const UsersAnswer = z.object({ Data: z.array(z.object({ id: Id })) });

export const VisibleField = z.object({
  fieldName: z.string().min(1),
  displayName: z.string().nullish(),
  fieldOptions: z.unknown().optional(),
});
export type VisibleField = z.infer<typeof VisibleField>;

export const FieldsAnswer = z.object({
  Data: z.object({
    contact: z.array(VisibleField),
    company: z.array(VisibleField).nullish(),
    deal: z.array(VisibleField).nullish(),
    activity: z.array(VisibleField).nullish(),
  }),
});

/** What every answer says of itself. */
export const Envelope = z.object({ Status: z.string() });

/** The envelope of a refusal; the live API also writes its keys small. */
export const Refusal = z.object({
  Error: z.object({
    Name: z.string().nullish(),
    name: z.string().nullish(),
    Message: z.string().nullish(),
    message: z.string().nullish(),
  }),
});
