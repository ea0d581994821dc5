import { z } from "zod";

/**
 * Salesmate's JSON, as far as contacts need it. Source: the published collection of its v4 API (read in copies), and
 * answers seen in the field.
 */

const Id = z.union([z.number(), z.string().min(1)]);

/** A contact, in a direct read or a search row. Custom fields are keys of their own, so none may be dropped here. */
export const Contact = z.looseObject({ id: Id });
export type Contact = z.infer<typeof Contact>;

export const ContactAnswer = z.object({ Data: Contact });

export const CreateAnswer = z.object({ Data: z.object({ id: Id }) });

export const SearchAnswer = z.object({
  Data: z.object({ data: z.array(Contact), totalRows: z.coerce.number().nullish() }),
});

export const UsersAnswer = z.object({ Data: z.array(z.object({ id: Id })) });

export const VisibleField = z.object({
  fieldName: z.string().min(1),
  displayName: z.string().nullish(),
  fieldOptions: z.unknown().optional(),
});
export type VisibleField = z.infer<typeof VisibleField>;

export const FieldsAnswer = z.object({ Data: z.object({ contact: z.array(VisibleField) }) });

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
