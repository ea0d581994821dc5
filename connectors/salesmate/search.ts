import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";
import type { MatchRule } from "../../model/sync.ts";
import { PHONE_FIELDS } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { timesIn } from "./times.ts";

/** Bodies of `POST /contact/v4/search`. */

interface Rule {
  readonly condition: "IS_AFTER" | "EQUALS";
  readonly moduleName: "Contact";
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
  const rules = since === undefined ? [] : [changedAfter(timesIn(settings.timeZone).after(since))];
  return searchBody(displayingFields, "AND", rules);
}

/** A search for the ids of contacts that carry this key, in any of the fields and writings it may stand in. */
export function findBody(rule: MatchRule, value: string, settings: Settings): Record<string, unknown> {
  const rules =
    rule === "email"
      ? [equals("contact.email", "Email", value)]
      : PHONE_FIELDS.flatMap((field) =>
          phoneWritings(value, settings.country).map((text) => equals(field, "Phone", text)),
        );
  return searchBody(["contact.id"], "OR", rules);
}

function searchBody(displayingFields: readonly string[], operator: "AND" | "OR", rules: readonly Rule[]) {
  return {
    displayingFields,
    filterQuery: { group: { operator, rules } },
    sort: { fieldName: "contact.id", order: "asc" },
    moduleId: 1,
    reportType: "get_data",
    getRecordsCount: true,
  };
}

function changedAfter(literal: string): Rule {
  const field = { fieldName: "contact.lastModifiedAt", displayName: "Last Modified At", type: "DateTime" };
  return { condition: "IS_AFTER", moduleName: "Contact", field, data: literal, eventType: "DateTime" };
}

function equals(fieldName: string, displayName: string, value: string): Rule {
  const field = { fieldName, displayName, type: "Text" };
  return { condition: "EQUALS", moduleName: "Contact", field, data: value, eventType: "String" };
}

/**
 * The writings in which a phone is looked for. Phones are kept as typed, so a number typed in yet another way is not
 * found here; the engine's own match keys, made from full listings, find those.
 */
export function phoneWritings(value: string, country: string): readonly string[] {
  const phone = parsePhoneNumberFromString(value, isSupportedCountry(country) ? country : undefined);
  if (phone === undefined) return [value];
  const writings = [phone.number, phone.number.slice(1), phone.formatInternational(), phone.formatNational()];
  return [...new Set([...writings, phone.nationalNumber])];
}
