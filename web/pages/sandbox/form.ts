import type { ValueView } from "../../../model/api/views.ts";
import { CONTACT_FIELDS, type ContactField } from "../../../model/contact.ts";
import type { SandboxPartner } from "../../api/keys.ts";
import { toElements, toText } from "../../text/values.ts";
import { otherPartner, PARTNER_NAMES, type SandboxApp } from "./journey.ts";

/** What a person has typed, by field; fields left alone are absent, so that live changes to them show through. */
export type Draft = Readonly<Partial<Record<ContactField, string>>>;

/** One field of the form. */
export interface FormField {
  readonly key: ContactField;
  /** The product refuses a contact without it. */
  readonly isRequired?: boolean;
  readonly label: string;
  readonly type: "text" | "email" | "tel" | "url" | "long";
  readonly hint?: string;
}

const FIELDS: readonly FormField[] = [
  { key: "firstName", label: "First name", type: "text" },
  { key: "lastName", label: "Last name", type: "text" },
  { key: "email", label: "E-mail", type: "email" },
  { key: "phone", label: "Phone", type: "tel" },
  { key: "tags", label: "Tags, with commas", type: "text" },
  { key: "city", label: "City", type: "text" },
  { key: "addressLine1", label: "Street", type: "text" },
  { key: "postalCode", label: "Postal code", type: "text" },
  { key: "state", label: "State or region", type: "text" },
  { key: "country", label: "Country", type: "text" },
  { key: "website", label: "Website", type: "url" },
  { key: "companyName", label: "Company", type: "text" },
  { key: "source", label: "Source", type: "text" },
  { key: "dateOfBirth", label: "Date of birth, as 1990-12-31", type: "text" },
  { key: "jobTitle", label: "Job title", type: "text" },
  { key: "workPhone", label: "Work phone", type: "tel" },
  { key: "otherPhone", label: "Other phone", type: "tel" },
  { key: "description", label: "Description", type: "long" },
];

/** How many fields stand open; the others are one click away. */
const OPEN_FIELDS = 6;

/** Fields that a partner's own contact screen does not have. Source: the emulators' screens. */
const LACKING: Readonly<Record<SandboxPartner, readonly ContactField[]>> = {
  highlevel: ["jobTitle", "workPhone", "otherPhone", "description"],
  salesmate: ["companyName", "source", "dateOfBirth"],
  trustmary: [
    ...(["tags", "addressLine1", "postalCode", "state", "country", "website", "source", "dateOfBirth"] as const),
    ...(["city", "jobTitle", "workPhone", "otherPhone", "description"] as const),
  ],
  trustpilot: [],
  trint: [],
  daybook: ["website", "source", "jobTitle", "workPhone", "otherPhone"],
};

/** Fields without which a partner takes no contact. Source: the emulators' screens. */
const REQUIRED: Readonly<Record<SandboxPartner, readonly ContactField[]>> = {
  highlevel: [],
  salesmate: ["lastName"],
  trustmary: ["email"],
  trustpilot: [],
  trint: [],
  daybook: [],
};

/** The fields of a partner's contact form: those that stand open, and the further ones. */
export function formFields(
  partner: SandboxPartner,
  app: SandboxApp,
): {
  readonly open: readonly FormField[];
  readonly more: readonly FormField[];
} {
  const other = otherPartner(partner, app);
  const own = FIELDS.filter(({ key }) => !LACKING[partner].includes(key));
  const told = own.map((field) => ({
    ...field,
    ...(LACKING[other].includes(field.key) && { hint: `${PARTNER_NAMES[other]} has no such field` }),
    ...(REQUIRED[partner].includes(field.key) && { isRequired: true, hint: `${PARTNER_NAMES[partner]} asks for it` }),
  }));
  return { open: told.slice(0, OPEN_FIELDS), more: told.slice(OPEN_FIELDS) };
}

/** The text that a field shows: what was typed, else what the contact holds. */
export function textOf(draft: Draft, fields: Readonly<Record<string, ValueView>>, key: ContactField): string {
  return draft[key] ?? toText(fields[key]);
}

/** The values to send: only those typed that differ from what the contact holds. */
export function changesOf(draft: Draft, fields: Readonly<Record<string, ValueView>>): Record<string, ValueView> {
  const changes: Record<string, ValueView> = {};
  for (const { key } of FIELDS) {
    const typed = draft[key];
    if (typed === undefined || typed === toText(fields[key])) continue;
    changes[key] = CONTACT_FIELDS[key] === "set" ? toElements(typed) : typed.trim();
  }
  return changes;
}

/** Why a form cannot be saved before anything was typed. */
export const NOTHING_TYPED = "Change a field first";

/** What a field that a product asks for is called in a sentence. */
const ASKED: Readonly<Partial<Record<ContactField, string>>> = { lastName: "a last name", email: "an e-mail" };

/** Why a form cannot be saved now, or `undefined` when it can. Products refuse contacts without what they ask for. */
export function whyNot(
  partner: SandboxPartner,
  draft: Draft,
  fields: Readonly<Record<string, ValueView>>,
): string | undefined {
  if (Object.keys(changesOf(draft, fields)).length === 0) return NOTHING_TYPED;
  const isGiven = (key: ContactField): boolean => textOf(draft, fields, key).trim() !== "";
  const isNamed = (["firstName", "lastName", "email", "phone"] as const).some(isGiven);
  if (!isNamed) return "A contact needs a name, an e-mail or a phone";
  const lacking = REQUIRED[partner].find((key) => !isGiven(key));
  return lacking === undefined ? undefined : `${PARTNER_NAMES[partner]} asks for ${ASKED[lacking] ?? lacking}`;
}
