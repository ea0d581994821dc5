import type { Settings } from "./settings.ts";
import { timesIn } from "./times.ts";

/** Bodies of `POST /contact/v4/search` and of the same of other modules. */

/** What a search must name of the kind of record that it is for. */
export interface Searched {
  /** Stands before the names of fields. */
  readonly prefix: string;
  readonly name: string;
  readonly id: number;
}

/** A kind of record that can be searched and that a sync can keep in step. */
export interface Module extends Searched {
  /** Stands in paths, too. */
  readonly prefix: "contact" | "activity" | "company" | "deal";
  /** For messages. */
  readonly one: string;
  readonly plural: string;
  /** What its searches want beside the page. */
  readonly query: Readonly<Record<string, string>>;
}

/** Source: contract of the v4 API, table of modules; only `viewType` of activities differs. */
export const CONTACTS: Module = {
  prefix: "contact",
  name: "Contact",
  id: 1,
  one: "contact",
  plural: "contacts",
  query: {},
};
export const COMPANIES: Module = {
  prefix: "company",
  name: "Company",
  id: 5,
  one: "company",
  plural: "companies",
  query: {},
};
export const DEALS: Module = { prefix: "deal", name: "Deal", id: 4, one: "deal", plural: "deals", query: {} };
export const ACTIVITIES: Module = {
  prefix: "activity",
  name: "Activity",
  id: 2,
  one: "activity",
  plural: "activities",
  query: { viewType: "list" },
};

/** A condition of a search. */
export interface Rule {
  readonly condition: "IS_AFTER" | "EQUALS";
  readonly moduleName: string;
  readonly field: { readonly fieldName: string; readonly displayName: string; readonly type: string };
  readonly data: string;
  readonly eventType: string;
}

/** Conditions of which all, or any one, must hold. */
export interface RuleGroup {
  readonly group: { readonly operator: "AND" | "OR"; readonly rules: readonly Rule[] };
}

/**
 * A search for all records of a module, for those changed since, or for those of one contact. Always in the order of ids: a change during the reading then
 * moves no row, while the order of changes would move rows past the reader.
 * @param since epoch ms
 */
export function listBody(
  module: Module,
  displayingFields: readonly string[],
  settings: Settings,
  since: number | undefined,
  contactId?: string,
): Record<string, unknown> {
  const ofContact = contactId === undefined ? [] : [equals(module, "primaryContact.id", "Primary Contact", contactId)];
  return searchBody(module, displayingFields, "AND", [...changedSince(module, settings, since), ...ofContact]);
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

/** The body of a search. */
export function searchBody(
  module: Searched,
  displayingFields: readonly string[],
  operator: "AND" | "OR",
  rules: readonly (Rule | RuleGroup)[],
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

function changedSince(module: Module, settings: Settings, since: number | undefined): readonly Rule[] {
  return since === undefined ? [] : [stamped(module, "lastModifiedAt", since, settings)];
}

/** A condition that a record was made, or changed, since; it begins with the minute before. `since` is epoch ms. */
export function stamped(
  module: Searched,
  name: "createdAt" | "lastModifiedAt",
  since: number,
  { timeZone }: Settings,
): Rule {
  const displayName = name === "createdAt" ? "Created At" : "Last Modified At";
  const field = { fieldName: `${module.prefix}.${name}`, displayName, type: "DateTime" };
  const data = timesIn(timeZone).after(since);
  return { condition: "IS_AFTER", moduleName: module.name, field, data, eventType: "DateTime" };
}

/** A condition that a field of the module reads like this. */
export function equals(module: Searched, name: string, displayName: string, value: string, type = "Text"): Rule {
  const field = { fieldName: `${module.prefix}.${name}`, displayName, type };
  const eventType = type === "Text" ? "String" : type;
  return { condition: "EQUALS", moduleName: module.name, field, data: value, eventType };
}
