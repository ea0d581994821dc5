import { z } from "zod";

/** The shapes of Trustmary's JSON, as far as the hub reads them. Source: help.trustmary.com/api and its developer articles. */

const Text = z.string().nullish();

/** A contact. Custom fields stand beside the others under names that begin with `field_`. */
export const Contact = z.looseObject({
  id: z.string(),
  email: z.string().min(1),
  eid: Text,
  name: Text,
  phone: Text,
  company: Text,
  type: Text,
  status: Text,
  last_action: Text,
  created_at: Text,
  updated_at: Text,
  deleted_at: Text,
});
export type Contact = z.infer<typeof Contact>;

/** What was answered. Everything but the score may be missing. */
const AnswerValues = z.looseObject({
  nps: z.number().nullish(),
  feedback: Text,
  comment: Text,
  name: Text,
  email: Text,
  location: Text,
  organization: Text,
});

/** One answer to a survey, as the list of responses and webhooks show it; its contact stands inside or beside it. */
export const Answer = z.looseObject({
  survey_id: Text,
  survey_name: Text,
  answer_id: z.string().min(1),
  created_at: Text,
  organization_id: Text,
  answer_values: AnswerValues.optional(),
  contact: Contact.partial().nullish(),
});
export type Answer = z.infer<typeof Answer>;

/** A webhook. */
export const AnswerEvent = z.looseObject({ answer: Answer, contact: Contact.partial().nullish() });

/** A survey. */
export const Survey = z.looseObject({
  id: z.string(),
  name: z.string().default(""),
  count: z.number().nullish(),
  updated_at: Text,
});
export type Survey = z.infer<typeof Survey>;

/** A list of records under their name, or bare: its articles and its reference differ. */
export function listOf<Shape extends z.ZodType>(name: string, shape: Shape) {
  return z.union([z.object({ [name]: z.array(shape) }).transform((body) => body[name] ?? []), z.array(shape)]);
}

/** The answer to an import. */
export const ImportAnswer = z.looseObject({ contact: Contact, action: z.string().optional() });

/** Whose key it is. */
export const TestAnswer = z.looseObject({ organization_id: Text, organization_name: Text, api_key_name: Text });
