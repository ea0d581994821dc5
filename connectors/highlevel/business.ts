import { z } from "zod";
import type { FieldDefinition } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, type Fields, isEmpty } from "../../model/value.ts";
import { CLEARED } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { textOf, versionOf } from "./values.ts";

/** A business, which HighLevel's pages call a company, between HighLevel's JSON and model form. Pure. */

const Text = z.union([z.string(), z.number(), z.boolean()]).nullish();
const Time = z.union([z.string(), z.number()]).nullish();

/** A business in any answer: a list, a read, or the answer to a write. Source: the published API description (businesses). */
export const Business = z.object({
  id: z.string().min(1),
  name: Text,
  email: Text,
  phone: Text,
  website: Text,
  address: Text,
  city: Text,
  state: Text,
  postalCode: Text,
  country: Text,
  description: Text,
  updatedAt: Time,
});
export type Business = z.infer<typeof Business>;

export const BusinessesAnswer = z.object({ businesses: z.array(Business) });
export const BusinessAnswer = z.object({ business: Business });

/** The envelope of a write is misspelt; it may have been put right by now. */
export const BusinessWriteAnswer = z.union([
  BusinessAnswer.transform(({ business }) => business),
  z.object({ buiseness: Business }).transform(({ buiseness }) => buiseness),
]);

const STANDARD = [
  { key: "name", label: "Name", type: "text", wire: "name" },
  { key: "email", label: "E-mail", type: "email", wire: "email" },
  { key: "phone", label: "Phone", type: "phone", wire: "phone" },
  { key: "website", label: "Website", type: "url", wire: "website" },
  { key: "addressLine1", label: "Street address", type: "text", wire: "address" },
  { key: "city", label: "City", type: "text", wire: "city" },
  { key: "state", label: "State", type: "text", wire: "state" },
  { key: "postalCode", label: "Postal code", type: "text", wire: "postalCode" },
  { key: "country", label: "Country", type: "country", wire: "country" },
  { key: "description", label: "Description", type: "longText", wire: "description" },
] as const satisfies readonly { key: string; label: string; type: FieldDefinition["type"]; wire: keyof Business }[];

/** The fields of a business. Its custom fields lie in another part of the API and are not carried. */
export const BUSINESS_CATALOGUE: readonly FieldDefinition[] = STANDARD.map(({ key, label, type }) => ({
  key,
  label,
  type,
  isWritable: true,
  standard: key,
}));

/** A business in model form: every answer shows the whole of it, so what is absent is empty. */
export function businessSnapshot(business: Business): Snapshot {
  const version = versionOf(business.updatedAt);
  return {
    externalId: business.id,
    fields: Object.fromEntries(STANDARD.map(({ key, wire }) => [key, textOf(business[wire])])),
    ...(version !== undefined && { version }),
  };
}

/** The body of a create: what is not empty. A business without a name is refused by HighLevel. */
export function businessCreateBody(fields: Fields, { locationId }: Settings): Record<string, unknown> {
  const filled = STANDARD.filter(({ key }) => !isEmpty(fields[key] ?? ""));
  return { ...Object.fromEntries(filled.map(({ key, wire }) => [wire, fields[key]])), locationId };
}

/** The body of an update: what changed and nothing else. A name cannot be taken away, so an emptied one is not sent. */
export function businessUpdateBody(changes: Changes, known: Fields): Record<string, unknown> {
  const next = applyChanges(known, changes);
  const changed = STANDARD.filter(({ key }) => changes[key] !== undefined);
  const sent = changed.filter(({ key }) => key !== "name" || !isEmpty(next.name ?? ""));
  return Object.fromEntries(sent.map(({ key, wire }) => [wire, isEmpty(next[key] ?? "") ? CLEARED.scalar : next[key]]));
}
