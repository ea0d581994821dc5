import { isSupportedCountry, type PhoneNumber, parsePhoneNumberFromString } from "libphonenumber-js";
import type { MatchRule } from "../../model/sync.ts";
import { PHONE_FIELDS } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { timesIn } from "./times.ts";
import type { Row } from "./wire.ts";

/** Bodies of `POST /contact/v4/search` and `POST /activity/v4/search`. */

/** A kind of record that can be searched. */
export interface Module {
  /** Stands in paths, and before the names of fields. */
  readonly prefix: "contact" | "activity";
  readonly name: string;
  readonly id: number;
  /** For messages. */
  readonly plural: string;
  /** What its searches want beside the page. */
  readonly query: Readonly<Record<string, string>>;
}

/** Source: contract of the v4 API, table of modules; only `viewType` of activities differs. */
export const CONTACTS: Module = { prefix: "contact", name: "Contact", id: 1, plural: "contacts", query: {} };
export const ACTIVITIES: Module = {
  prefix: "activity",
  name: "Activity",
  id: 2,
  plural: "activities",
  query: { viewType: "list" },
};

interface Rule {
  readonly condition: "IS_AFTER" | "EQUALS";
  readonly moduleName: string;
  readonly field: { readonly fieldName: string; readonly displayName: string; readonly type: string };
  readonly data: string;
  readonly eventType: string;
}

/**
 * A search for all contacts, or for those changed since. Always in the order of ids: a change during the reading then
 * moves no row, while the order of changes would move rows past the reader.
 * @param since epoch ms
 */
export function listBody(
  displayingFields: readonly string[],
  settings: Settings,
  since: number | undefined,
): Record<string, unknown> {
  return searchBody(CONTACTS, displayingFields, "AND", changedSince(CONTACTS, settings, since));
}

/**
 * A search for the activities of one type: all, or those changed since, or those of one contact.
 * @param since epoch ms
 */
export function activitiesBody(
  displayingFields: readonly string[],
  settings: Settings,
  wanted: { readonly type: string; readonly since: number | undefined; readonly contactId: string | undefined },
): Record<string, unknown> {
  const { type, since, contactId } = wanted;
  const rules = [
    equals(ACTIVITIES, "type", "Type", type, "Select"),
    ...changedSince(ACTIVITIES, settings, since),
    ...(contactId === undefined ? [] : [equals(ACTIVITIES, "primaryContact.id", "Primary Contact", contactId)]),
  ];
  return searchBody(ACTIVITIES, displayingFields, "AND", rules);
}

/** The fields that a key may stand in. */
function keyFields(rule: MatchRule): readonly string[] {
  return rule === "email" ? ["email"] : PHONE_FIELDS;
}

/**
 * Whether a row that a look-up shows carries the key that was asked for; one that shows none of its fields is believed
 * to. Pure.
 */
export function carriesKey(row: Row, rule: MatchRule, value: string, { country }: Settings): boolean {
  const shown = keyFields(rule).flatMap((field) => (row[field] === undefined ? [] : [String(row[field] ?? "")]));
  const form = (text: string): string =>
    rule === "email" ? text.trim().toLowerCase() : (phoneOf(text, country)?.number ?? text.trim());
  return shown.length === 0 || shown.some((text) => form(text) === form(value));
}

/** A search for the contacts that carry this key, in any of the fields and writings it may stand in, with these fields. */
export function findBody(rule: MatchRule, value: string, settings: Settings): Record<string, unknown> {
  const rules =
    rule === "email"
      ? [equals(CONTACTS, "email", "Email", value)]
      : PHONE_FIELDS.flatMap((field) =>
          phoneWritings(value, settings.country).map((text) => equals(CONTACTS, field, "Phone", text)),
        );
  const shown = ["id", ...keyFields(rule)].map((field) => `contact.${field}`);
  return searchBody(CONTACTS, shown, "OR", rules);
}

function searchBody(
  module: Module,
  displayingFields: readonly string[],
  operator: "AND" | "OR",
  rules: readonly Rule[],
) {
  return {
    displayingFields,
    filterQuery: { group: { operator, rules } },
    sort: { fieldName: `${module.prefix}.id`, order: "asc" },
    moduleId: module.id,
    reportType: "get_data",
    getRecordsCount: true,
  };
}

function changedSince(module: Module, { timeZone }: Settings, since: number | undefined): readonly Rule[] {
  if (since === undefined) return [];
  const fieldName = `${module.prefix}.lastModifiedAt`;
  const field = { fieldName, displayName: "Last Modified At", type: "DateTime" };
  const data = timesIn(timeZone).after(since);
  return [{ condition: "IS_AFTER", moduleName: module.name, field, data, eventType: "DateTime" }];
}

function equals(module: Module, name: string, displayName: string, value: string, type = "Text"): Rule {
  const field = { fieldName: `${module.prefix}.${name}`, displayName, type };
  const eventType = type === "Text" ? "String" : type;
  return { condition: "EQUALS", moduleName: module.name, field, data: value, eventType };
}

/**
 * The writings in which a phone is looked for. Phones are kept as typed, so a number typed in yet another way is not
 * found here; the engine's own match keys, made from full listings, find those.
 */
export function phoneWritings(value: string, country: string): readonly string[] {
  const phone = phoneOf(value, country);
  if (phone === undefined) return [value];
  const writings = [phone.number, phone.number.slice(1), phone.formatInternational(), phone.formatNational()];
  return [...new Set([...writings, phone.nationalNumber])];
}

function phoneOf(text: string, country: string): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, isSupportedCountry(country) ? country : undefined);
}
