import type { FieldDefinition } from "../../model/field.ts";
import { type MappingRow, partKeys, type RowParts } from "../../model/sync.ts";
import { type Change, type Changes, EMPTY, type Fields } from "../../model/value.ts";
import { joinAddress, type SplitAddress, splitAddress } from "./address.ts";
import { type Carried, carry, type Origin } from "./carry.ts";
import { joinName, splitName } from "./names.ts";

/**
 * Several fields of one side read and written as one. Under the key `first+last` the engine sees one text, which is
 * compared, planned and agreed on like any other field; only at the partner's door does it become its parts again.
 */

/** The key under which the parts are one field. */
export function joinedKey(parts: RowParts): string {
  return partKeys(parts).join("+");
}

/** What the parts say together; `undefined` as long as one of them was not shown. */
export function joinedValue(parts: RowParts, fields: Fields): string | undefined {
  if (partKeys(parts).some((key) => fields[key] === undefined)) return undefined;
  return parts.as === "fullName"
    ? joinName({ first: text(fields, parts.first), last: text(fields, parts.last) })
    : joinAddress(addressIn(parts, fields));
}

/** Fields with what the parts of these rows say together beside them. */
export function withJoined(rows: readonly MappingRow[], fields: Fields): Fields {
  const joined: Record<string, string> = {};
  for (const { parts } of rows) {
    const value = parts === undefined ? undefined : joinedValue(parts, fields);
    if (parts !== undefined && value !== undefined) joined[joinedKey(parts)] = value;
  }
  return { ...fields, ...joined };
}

/** What writing a joined value comes to at its parts, or why it can not be written. */
export type PartChanges =
  | { readonly kind: "changes"; readonly changes: Changes }
  | Extract<Carried, { kind: "notExpressible" }>;

/**
 * The changes of the parts that make them say `value` together. Parts that say it already, and those that still fit, are
 * left alone; a part is emptied only where the row carries clearing. Pure.
 *
 * @param present the side's fields as last read; empty for a record that is to be made.
 * @param fields  the side's catalogue: each part is carried in the form its own field keeps.
 */
export function partChanges(
  row: MappingRow,
  value: string,
  present: Fields,
  fields: readonly FieldDefinition[],
  from: Origin,
): PartChanges {
  const { parts } = row;
  const split = parts === undefined ? undefined : splitValue(parts, value, present);
  if (parts === undefined || split === undefined) {
    return {
      kind: "notExpressible",
      message: `This can not be told apart into ${inWords(row, fields)} without guessing.`,
    };
  }
  const changes: Record<string, Change> = {};
  for (const [key, part] of Object.entries(split)) {
    if (part === text(present, key)) continue;
    const carried = carryPart(part, key, fields, from);
    if (carried.kind === "notExpressible") return carried;
    if (part !== EMPTY) changes[key] = { kind: "set", value: carried.value };
    else if (row.clear === "carry") changes[key] = { kind: "clear" };
  }
  return { kind: "changes", changes };
}

function carryPart(part: string, key: string, fields: readonly FieldDefinition[], from: Origin): Carried {
  const target = fields.find((field) => field.key === key);
  return target === undefined
    ? { kind: "notExpressible", message: `There is no field ${key} to hold a part of this.` }
    : carry(target.type, part, from, target);
}

/** The value of each part by its field; `undefined` where it can not be told, or a part has no field here. */
function splitValue(parts: RowParts, value: string, present: Fields): Readonly<Record<string, string>> | undefined {
  if (parts.as === "fullName") {
    const { first, last } = splitName(value, { first: text(present, parts.first), last: text(present, parts.last) });
    return { [parts.first]: first, [parts.last]: last };
  }
  const split = splitAddress(value, addressIn(parts, present));
  if (split === undefined) return undefined;
  const values: Record<string, string> = {};
  for (const role of ADDRESS_ROLES) {
    const key = parts[role];
    if (key !== undefined) values[key] = split[role];
    else if (split[role] !== EMPTY) return undefined;
  }
  return values;
}

const ADDRESS_ROLES = ["street", "city", "state", "postalCode", "country"] as const;

function addressIn(parts: Extract<RowParts, { as: "address" }>, fields: Fields): SplitAddress {
  const part = (role: (typeof ADDRESS_ROLES)[number]): string => text(fields, parts[role]);
  return {
    street: part("street"),
    city: part("city"),
    state: part("state"),
    postalCode: part("postalCode"),
    country: part("country"),
  };
}

function text(fields: Fields, key: string | undefined): string {
  const value = key === undefined ? undefined : fields[key];
  return value === undefined || typeof value === "object" ? EMPTY : String(value);
}

/** The labels of a row's parts, for sentences. */
function inWords(row: MappingRow, fields: readonly FieldDefinition[]): string {
  const keys = row.parts === undefined ? [] : partKeys(row.parts);
  const labels = keys.map((key) => fields.find((field) => field.key === key)?.label ?? key);
  return `${labels.slice(0, -1).join(", ")} and ${labels.at(-1)}`;
}
