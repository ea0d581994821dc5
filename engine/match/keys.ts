import type { Side } from "../../model/record.ts";
import type { MatchRule } from "../../model/sync.ts";
import type { Fields } from "../../model/value.ts";
import { type Mapping, standardText } from "../mapping/compile.ts";
import { normalForm, phoneNumber } from "../mapping/normalForm.ts";
import type { MatchKey } from "../ports.ts";

/** A key by which one record can be recognised, with the rule that reads it. */
export interface Recognised {
  readonly rule: MatchRule;
  /** Normal form: a lower-cased address, a number in E.164, a name as `nameForm` has it, a website without scheme. */
  readonly value: string;
}

/** What a record can be recognised by, in the order of the sync's rules. A phone counts only when it can be dialled. */
export function recognisedBy(
  mapping: Mapping,
  rules: readonly MatchRule[],
  side: Side,
  fields: Fields,
): readonly Recognised[] {
  const found: Recognised[] = [];
  for (const rule of rules) {
    const value = ruleValue(mapping, rule, side, fields);
    if (value !== "") found.push({ rule, value });
  }
  return found;
}

function ruleValue(mapping: Mapping, rule: MatchRule, side: Side, fields: Fields): string {
  const text = standardText(mapping, side, fields, rule).trim();
  switch (rule) {
    case "email":
      return text.toLowerCase();
    case "phone":
      return phoneNumber(text, mapping.country[side]) ?? "";
    case "name":
      return nameForm(mapping, side, fields);
    case "website":
      return websiteForm(text);
    default:
      return rule satisfies never;
  }
}

/** A website by its address alone: neither scheme nor a leading `www.` tells one company from another. */
function websiteForm(text: string): string {
  const form = normalForm("url", text, "");
  return typeof form === "string" ? form.replace(/^www\./, "") : "";
}

/**
 * The keys as the store holds them: `email:…`, `phone:…`, `name:…`, `website:…`; on a side whose records are known by one of these alone also
 * its name, by which a record is found again whose id has changed.
 */
export function matchKeys(
  mapping: Mapping,
  rules: readonly MatchRule[],
  side: Side,
  fields: Fields,
): readonly MatchKey[] {
  const keys = recognisedBy(mapping, rules, side, fields).map((key) => `${key.rule}:${key.value}`);
  const name = mapping.keyedBy[side] === undefined ? "" : nameForm(mapping, side, fields);
  return name === "" ? keys : [...new Set([...keys, nameKey(name)])];
}

/** The key of a name in normal form. */
export function nameKey(name: string): MatchKey {
  return `name:${name}`;
}

/**
 * A name in a form that survives letter case, accents and a name kept in one field or two; may be empty. Of a person the
 * full name, of anything else its one name.
 */
export function nameForm(mapping: Mapping, side: Side, fields: Fields): string {
  const parts = [standardText(mapping, side, fields, "firstName"), standardText(mapping, side, fields, "lastName")];
  const name = parts.join(" ").trim();
  return (name || standardText(mapping, side, fields, "fullName") || standardText(mapping, side, fields, "name"))
    .normalize("NFKD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}
