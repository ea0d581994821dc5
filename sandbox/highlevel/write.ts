import { getCountries, parsePhoneNumberFromString } from "libphonenumber-js";
import { type ContactTexts, type CustomValue, type StoredContact, TEXT_FIELDS, type TextField } from "./contact.ts";
import { type CustomFields, storable } from "./customFields.ts";
import { birthDate } from "./dates.ts";
import type { Quirks } from "./quirks.ts";
import type { Refusals } from "./wording.ts";

/** A checked body of create, update or upsert. */
export type ContactWrite = ContactTexts & {
  readonly name?: string | null;
  readonly tags?: readonly string[] | null;
  readonly customFields?: readonly CustomWrite[] | null;
  readonly dnd?: boolean | null;
  readonly dndSettings?: Record<string, unknown> | null;
  readonly inboundDndSettings?: Record<string, unknown> | null;
  readonly additionalEmails?: readonly { readonly email: string }[] | null;
};

/** One value sent for a custom field; `fieldValue` is the spelling of v3. */
export type CustomWrite = {
  readonly id?: string;
  readonly key?: string;
  readonly field_value?: unknown;
  readonly fieldValue?: unknown;
};

/** What the rules of writing depend on. */
export type WriteRules = {
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly fields: CustomFields;
  /** Country of the location, by which a phone without a country code is read. */
  readonly country: string;
};

/** What changes in a contact; only the keys that were sent. */
export type ContactChange = Partial<Omit<StoredContact, "id" | "locationId">>;

/**
 * Turns a body into what will be stored: e-mails and tags lower-cased, phones in E.164, dates as YYYY-MM-DD, custom
 * fields merged by id, empty texts cleared.
 * @throws Refusal when a value is not acceptable.
 */
export function changeOf(write: ContactWrite, current: StoredContact, rules: WriteRules): ContactChange {
  const change: Record<string, unknown> = {};
  const texts = namesFrom(write);
  for (const field of TEXT_FIELDS) {
    const text = texts[field];
    if (text === undefined) continue;
    const value = storedText(field, text, rules);
    if (value !== undefined) change[field] = value;
  }
  if (write.tags !== undefined) change.tags = storedTags(write.tags ?? []);
  if (write.customFields) change.customFields = mergedCustom(current.customFields, write.customFields, rules);
  if (typeof write.dnd === "boolean") change.dnd = write.dnd;
  if (write.dndSettings) change.dndSettings = mergedDnd(current, write.dndSettings, rules);
  if (write.inboundDndSettings) change.inboundDndSettings = write.inboundDndSettings;
  if (write.additionalEmails) change.additionalEmails = write.additionalEmails.map(({ email }) => email.toLowerCase());
  return change as ContactChange; // every key was set above from its own type
}

/** Tags as they are kept: lower-cased, trimmed, each once. */
export function storedTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim().toLowerCase()).filter((tag) => tag !== ""))];
}

/** `name` counts only when neither first nor last name is given. */
function namesFrom(write: ContactWrite): ContactTexts {
  if (typeof write.name !== "string" || write.firstName || write.lastName) return write;
  const [firstName = "", ...rest] = write.name.trim().split(/\s+/);
  return { ...write, firstName, lastName: rest.join(" ") };
}

function storedText(field: TextField, text: string | null, rules: WriteRules): string | null | undefined {
  const trimmed = text?.trim() ?? "";
  if (trimmed === "") return null;
  switch (field) {
    case "email":
      return trimmed.toLowerCase();
    case "phone":
      return storedPhone(trimmed, rules);
    case "country":
      return storedCountry(trimmed, rules);
    case "dateOfBirth":
      return storedBirthDate(trimmed, rules);
    default:
      return trimmed;
  }
}

/** E.164, or `undefined` when the phone is to be dropped. */
export function phoneInE164(phone: string, country: string): string | undefined {
  const parsed = parsePhoneNumberFromString(phone, { defaultCountry: asCountry(country) });
  return parsed?.isPossible() ? parsed.number : undefined;
}

function storedPhone(phone: string, { quirks, refusals, country }: WriteRules): string | undefined {
  const e164 = phoneInE164(phone, country);
  if (e164 === undefined && quirks().badPhone === "reject") throw refusals.bad("Invalid phone number");
  return e164;
}

function storedCountry(country: string, { quirks, refusals }: WriteRules): string | undefined {
  if (COUNTRIES.has(country.toUpperCase())) return country.toUpperCase();
  if (quirks().badCountry === "reject") throw refusals.invalid(["country must be a valid enum value"]);
  return quirks().badCountry === "keep" ? country : undefined;
}

const COUNTRIES: ReadonlySet<string> = new Set(getCountries());

function asCountry(code: string) {
  return getCountries().find((country) => country === code);
}

function storedBirthDate(text: string, { refusals }: WriteRules): string {
  const date = birthDate(text);
  if (date === undefined) throw refusals.invalid(["dateOfBirth must be a valid date"]);
  return date;
}

function mergedCustom(current: readonly CustomValue[], sent: readonly CustomWrite[], rules: WriteRules): CustomValue[] {
  const merged = new Map(current.map((custom) => [custom.id, custom.value]));
  for (const write of sent) {
    const field = rules.fields.find(write.id ?? write.key ?? "");
    if (field === undefined) {
      refuseUnknownField(write, rules);
      continue;
    }
    const value = write.field_value === undefined ? write.fieldValue : write.field_value;
    if (isEmpty(value)) {
      merged.delete(field.id);
      continue;
    }
    const kept = storable(field, value) ?? unsuitable(field.name, value, rules);
    if (kept !== undefined) merged.set(field.id, kept);
  }
  return [...merged].map(([id, value]) => ({ id, value }));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function refuseUnknownField(write: CustomWrite, { quirks, refusals }: WriteRules): void {
  if (quirks().unknownCustomField === "ignore") return;
  throw refusals.bad(`Custom field ${write.id ?? write.key ?? ""} not found`);
}

function unsuitable(name: string, value: unknown, { quirks, refusals }: WriteRules): unknown {
  if (quirks().badCustomValue === "reject") throw refusals.bad(`Invalid value for custom field ${name}`);
  return quirks().badCustomValue === "keep" ? value : undefined;
}

function mergedDnd(current: StoredContact, sent: Record<string, unknown>, { refusals }: WriteRules) {
  const merged: Record<string, unknown> = { ...current.dndSettings };
  for (const [name, setting] of Object.entries(sent)) {
    const channel = CHANNELS.get(name.toLowerCase()) ?? name;
    if (statusOf(merged[channel]) === "permanent" && statusOf(setting) !== "permanent") {
      throw refusals.bad(`Not authorized to update permanent dnd setting for ${channel}`);
    }
    merged[channel] = setting;
  }
  return merged;
}

/** Channels by their lower-cased spelling; v3 writes them in lower camel case. */
const CHANNELS = new Map(["Call", "Email", "SMS", "WhatsApp", "GMB", "FB"].map((name) => [name.toLowerCase(), name]));

function statusOf(setting: unknown): unknown {
  return typeof setting === "object" && setting !== null && "status" in setting ? setting.status : undefined;
}
