import { z } from "zod";

/**
 * HighLevel's JSON, as far as contacts need it. Keys that are not named are ignored; the dated versions and v3 are read
 * alike. Source: the published API description (contacts, locations) and answers seen in the field.
 */

const Text = z.union([z.string(), z.number(), z.boolean()]).nullish();
const Time = z.union([z.string(), z.number()]).nullish();

/** A custom value on a contact; the key of the value differs by version. */
export const CustomValue = z.object({
  id: z.string(),
  value: z.unknown().optional(),
  fieldValue: z.unknown().optional(),
  field_value: z.unknown().optional(),
});
export type CustomValue = z.infer<typeof CustomValue>;

/** A contact in a direct read, the answer to a write, or a search row. */
export const Contact = z.object({
  id: z.string().min(1),
  firstName: Text,
  lastName: Text,
  firstNameRaw: Text,
  lastNameRaw: Text,
  firstNameLowerCase: Text,
  lastNameLowerCase: Text,
  email: Text,
  phone: Text,
  companyName: Text,
  address1: Text,
  address: Text,
  city: Text,
  state: Text,
  postalCode: Text,
  country: Text,
  website: Text,
  dateOfBirth: Text,
  source: Text,
  gender: Text,
  timezone: Text,
  assignedTo: Text,
  dnd: z.boolean().nullish().catch(undefined),
  dndSettings: z
    .record(z.string(), z.object({ status: z.string().nullish() }).nullish().catch(undefined))
    .nullish()
    .catch(undefined),
  /** Texts, or objects that hold one. */
  additionalEmails: z.array(z.unknown()).nullish().catch(undefined),
  tags: z.array(z.string()).nullish(),
  customFields: z.array(CustomValue).nullish(),
  dateUpdated: Time,
  deleted: z.boolean().nullish(),
});
export type Contact = z.infer<typeof Contact>;

export const ContactAnswer = z.object({ contact: Contact });

/** The answer to an update; older ones may show nothing but a flag. */
export const UpdateAnswer = z.object({ contact: Contact.nullish() });

export const SearchAnswer = z.object({
  contacts: z.array(Contact.extend({ searchAfter: z.array(z.unknown()).nullish() })),
  total: z.number().nullish(),
});

export const DuplicateAnswer = z.object({ contact: z.object({ id: z.string().min(1) }).nullish() });

/** The refusal of a duplicate. */
export const DuplicateRefusal = z.object({ meta: z.object({ contactId: z.string().min(1) }) });

export const TagsAnswer = z.object({ tags: z.array(z.string()).nullish() });

export const CustomField = z.object({
  id: z.string().min(1),
  name: z.string().default(""),
  fieldKey: z.string().min(1),
  dataType: z.string(),
  picklistOptions: z.array(z.unknown()).nullish(),
});
export type CustomField = z.infer<typeof CustomField>;

export const CustomFieldsAnswer = z.object({ customFields: z.array(CustomField) });
