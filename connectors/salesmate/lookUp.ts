import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";
import { isSameKey } from "../../kit/index.ts";
import type { MatchRule } from "../../model/sync.ts";
import { PHONE_FIELDS } from "./quirks.ts";
import { equals, type Module, searchBody } from "./search.ts";
import type { Settings } from "./settings.ts";
import type { Row } from "./wire.ts";

/** How records are looked up by a key that they carry. */

/**
 * A search for the records that carry this key, in any of the fields and writings it may stand in, with these fields.
 * @returns `undefined` where the module has no field for it
 */
export function findBody(
  module: Module,
  rule: MatchRule,
  value: string,
  settings: Settings,
): Record<string, unknown> | undefined {
  const fields = keyFields(module, rule);
  if (fields.length === 0) return undefined;
  const rules = fields.flatMap(({ field, label }) =>
    writingsOf(rule, value, settings).map((text) => equals(module, field, label, text)),
  );
  const shown = ["id", ...fields.map(({ field }) => field)].map((field) => `${module.prefix}.${field}`);
  return searchBody(module, shown, "OR", rules);
}

/**
 * Whether a row that a look-up shows carries the key that was asked for; one that shows none of its fields is believed
 * to. Pure.
 */
export function carriesKey(module: Module, row: Row, rule: MatchRule, value: string, { country }: Settings): boolean {
  const shown = keyFields(module, rule).flatMap(({ field }) => (row[field] === undefined ? [] : [row[field] ?? ""]));
  return shown.length === 0 || shown.some((text) => isSameKey(rule, String(text), value, country));
}

/** The fields that a key may stand in. */
function keyFields(module: Module, rule: MatchRule): readonly FindField[] {
  return FIND_FIELDS[module.prefix]?.[rule] ?? [];
}

interface FindField {
  readonly field: string;
  readonly label: string;
}

/** Where each key of a record stands, by module. */
const FIND_FIELDS: Readonly<Record<string, Readonly<Partial<Record<MatchRule, readonly FindField[]>>>>> = {
  contact: {
    email: [{ field: "email", label: "Email" }],
    phone: PHONE_FIELDS.map((field) => ({ field, label: "Phone" })),
  },
  company: {
    name: [{ field: "name", label: "Name" }],
    website: [{ field: "website", label: "Website" }],
    phone: [
      { field: "phone", label: "Phone" },
      { field: "otherPhone", label: "Phone" },
    ],
  },
};

function writingsOf(rule: MatchRule, value: string, { country }: Settings): readonly string[] {
  if (rule === "phone") return phoneWritings(value, country);
  return rule === "website" ? websiteWritings(value) : [value];
}

/** The usual writings of a website, of which the key has neither scheme nor `www.`; they are kept as typed. */
function websiteWritings(value: string): readonly string[] {
  const bare = [value, `www.${value}`];
  return ["", "https://", "http://"].flatMap((scheme) => bare.flatMap((host) => [scheme + host, `${scheme}${host}/`]));
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
