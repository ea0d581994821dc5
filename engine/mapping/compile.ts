import type { FieldDefinition, FieldType } from "../../model/field.ts";
import { otherSide, SIDES, type Side } from "../../model/record.ts";
import { type MappingRow, type MatchRule, partKeys, readKeys, rowKeys, type SyncConfig } from "../../model/sync.ts";
import type { Fields, Value } from "../../model/value.ts";
import { type Carried, carry } from "./carry.ts";
import { joinedKey, partChanges } from "./joined.ts";
import { type Readers, rememberingReaders } from "./readers.ts";

/** One pair of fields, ready to compare and to carry. */
export interface MappedField {
  /** The row's left name; names the field in conflicts, findings and journal. */
  readonly id: string;
  /** Names what both sides agree on in the base: another counterpart or another type is another agreement. */
  readonly agreement: string;
  readonly label: string;
  readonly type: FieldType;
  readonly keys: Readonly<Record<Side, string>>;
  /** Whether people of that side's account made the field, so that it may go or change. */
  readonly isCustom: Readonly<Record<Side, boolean>>;
  /** All keys of a side that planning this field looks at: its own, and those of the parts that it is made of. */
  readonly reads: Readonly<Record<Side, readonly string[]>>;
  readonly conflict: MappingRow["conflict"];
  readonly clear: MappingRow["clear"];
  /** The side that a one-way row comes from; absent where changes travel both ways. */
  readonly from?: Side;
  /** Whether a change may be written to this side: the direction allows it and the partner's field is writable. */
  readonly canWrite: Readonly<Record<Side, boolean>>;
  /** Whether a value of this side that reads like a normal form is that form; not where text stands for markup. */
  readonly readsForms: Readonly<Record<Side, boolean>>;
  /** Whether a pair of values that reads to the letter like what was agreed on is just that, without a closer look. */
  readonly isVerbatim: boolean;
  /** The normal form of a value of this side. */
  readonly normal: (side: Side, value: Value) => Value;
  /** A value of side `from` as the other side is asked to hold it; `present` is what that side shows now. */
  readonly carry: (from: Side, value: Value, present?: Fields) => Carried;
}

/** A mapping made from a sync's configuration and both sides' field catalogues. */
export interface Mapping {
  readonly fields: readonly MappedField[];
  /** Field keys per side for the standard fields by which records are recognised and named. */
  readonly standard: Readonly<Record<Side, Readonly<Record<string, string>>>>;
  readonly country: Readonly<Record<Side, string>>;
  /** The field that is a record's id on that side, where it is one: such records are known by their name as well. */
  readonly keyedBy: Readonly<Partial<Record<Side, MatchRule>>>;
  /** Rows that name a field which a side does not have, and had not when the mapping was made. */
  readonly missing: readonly { readonly side: Side; readonly key: string }[];
  /** Beginnings of the agreements of rows that do nothing for now: what was agreed on stays until they go on. */
  readonly resting: readonly string[];
}

/** What one side brings to a mapping. */
export interface MappingSide {
  readonly fields: readonly FieldDefinition[];
  readonly country: string;
  readonly keyedBy?: MatchRule;
  /** Keys of fields that are left out for now; the rows that read them rest. */
  readonly leftOut?: readonly string[];
  /** Keys of fields that were made anew: what was agreed on about the one before does not count. */
  readonly anew?: readonly string[];
}

/**
 * Joins the stock mapping (fields of both sides with the same `standard`, and a name in one field with one in two) with the sync's own rows. A row replaces
 * every stock pair of its two fields, so that no field has two counterparts. Pure.
 */
export function compileMapping(config: SyncConfig, left: MappingSide, right: MappingSide): Mapping {
  const fields: MappedField[] = [];
  const readers = rememberingReaders();
  const missing: { side: Side; key: string }[] = [];
  const resting: string[] = [];
  for (const row of rowsOf(config, left, right)) {
    if (isLeftOut(row, "left", left) || isLeftOut(row, "right", right)) {
      resting.push(agreementStart(row));
      continue;
    }
    const gone = SIDES.flatMap((side) => missingKeys(row, side, side === "left" ? left : right));
    missing.push(...gone);
    const pair = { left: endOf(row, "left", left), right: endOf(row, "right", right) };
    if (pair.left && pair.right)
      fields.push(mappedField(row, { left: pair.left, right: pair.right }, { left, right }, readers));
    else resting.push(agreementStart(row));
  }
  return {
    fields,
    missing,
    resting,
    standard: { left: standardKeys(left), right: standardKeys(right) },
    country: { left: left.country, right: right.country },
    keyedBy: {
      ...(left.keyedBy === undefined ? {} : { left: left.keyedBy }),
      ...(right.keyedBy === undefined ? {} : { right: right.keyedBy }),
    },
  };
}

/** The rows of the stock mapping in which one side's fields are joined: what those are read and written as. Pure. */
export function stockJoins(config: SyncConfig, left: MappingSide, right: MappingSide): readonly MappingRow[] {
  return rowsOf(config, left, right).filter((row) => row.parts !== undefined && !config.mapping.includes(row));
}

/** Own rows stand where the stock pair of a left field of theirs stood, else at the end. */
function rowsOf(config: SyncConfig, left: MappingSide, right: MappingSide): readonly MappingRow[] {
  const byLeft = new Map(config.mapping.flatMap((row) => rowKeys(row, "left").map((key) => [key, row])));
  const claimed = new Set(config.mapping.flatMap((row) => rowKeys(row, "right")));
  const rows = stockRows(config, left, right).flatMap((row) => {
    const own = byLeft.get(row.left);
    return own === undefined && claimed.has(row.right) ? [] : [own ?? row];
  });
  return [...new Set([...rows, ...byLeft.values()])];
}

function stockRows(config: SyncConfig, left: MappingSide, right: MappingSide): MappingRow[] {
  if (!config.hasStockMapping) return [];
  const rightKeys = standardKeys(right);
  const rows: MappingRow[] = [];
  for (const field of left.fields) {
    const counterpart = field.standard === undefined ? undefined : rightKeys[field.standard];
    if (counterpart === undefined || config.without.includes(field.standard ?? "")) continue;
    const direction = directionOf(field, definition(right, counterpart));
    const clear = LEFT_STANDING.has(field.standard ?? "") ? "leave" : "carry";
    rows.push({ left: field.key, right: counterpart, direction, conflict: "preferLeft", clear });
  }
  return [...rows, ...(config.without.includes("fullName") ? [] : stockNames(left, right))];
}

/** What somebody asked for is not taken back because another product does not know of it. */
const LEFT_STANDING: ReadonlySet<string> = new Set(["doNotEmail"]);

/** A field that one side only shows goes the other way, and wins there: nothing else could ever bring the two together. */
function directionOf(left: FieldDefinition, right: FieldDefinition | undefined): MappingRow["direction"] {
  if (right === undefined || left.isWritable === right.isWritable) return "both";
  return left.isWritable ? "toLeft" : "toRight";
}

/** One side keeps a name whole and the other in two parts: together they are one row. */
function stockNames(left: MappingSide, right: MappingSide): MappingRow[] {
  const keys = { left: standardKeys(left), right: standardKeys(right) };
  return SIDES.flatMap((side) => {
    const whole = keys[side].fullName;
    const { firstName: first, lastName: last, fullName } = keys[side === "left" ? "right" : "left"];
    if (whole === undefined || first === undefined || last === undefined || fullName !== undefined) return [];
    const across = side === "left" ? ("right" as const) : ("left" as const);
    const parts = { as: "fullName", side: across, first, last } as const;
    const ends = side === "left" ? { left: whole, right: WHOLE_NAME } : { left: WHOLE_NAME, right: whole };
    return [{ ...ends, parts, direction: "both", conflict: "preferLeft", clear: "carry" } as const];
  });
}

/** What first and last name are called together, where the stock mapping joins them. */
const WHOLE_NAME = "name";

function standardKeys(side: MappingSide): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const field of side.fields) if (field.standard !== undefined) keys[field.standard] = field.key;
  return keys;
}

function definition(side: MappingSide, key: string): FieldDefinition | undefined {
  return side.fields.find((field) => field.key === key);
}

function isLeftOut(row: MappingRow, side: Side, { leftOut = [] }: MappingSide): boolean {
  return leftOut.length > 0 && readKeys(row, side).some((key) => leftOut.includes(key));
}

/** What the agreements of a row begin with, whatever it is compared as. */
function agreementStart(row: MappingRow): string {
  const keyOf = (side: Side): string => (row.parts?.side === side ? joinedKey(row.parts) : row[side]);
  return agreementOf(keyOf("left"), keyOf("right"), "");
}

function readsOf(row: MappingRow, side: Side, pair: Readonly<Record<Side, FieldDefinition>>): ReadonlySet<string> {
  return new Set([pair[side].key, ...readKeys(row, side)]);
}

function missingKeys(row: MappingRow, side: Side, end: MappingSide): { side: Side; key: string }[] {
  return readKeys(row, side)
    .filter((key) => definition(end, key) === undefined)
    .map((key) => ({ side, key }));
}

/** The field of a row on one side; parts are one field, which can be written where each of them can. */
function endOf(row: MappingRow, side: Side, end: MappingSide): FieldDefinition | undefined {
  if (row.parts?.side !== side) return definition(end, row[side]);
  const parts = partKeys(row.parts).map((key) => definition(end, key));
  const found = parts.filter((part) => part !== undefined);
  if (found.length < parts.length) return undefined;
  const isWritable = found.every((part) => part.isWritable);
  return { key: joinedKey(row.parts), label: row[side], type: row.parts.as, isWritable };
}

function mappedField(
  row: MappingRow,
  pair: Readonly<Record<Side, FieldDefinition>>,
  sides: Readonly<Record<Side, MappingSide>>,
  readers: Readers,
): MappedField {
  const type = row.parts?.as ?? row.type ?? commonType(pair.left.type, pair.right.type);
  const normalOf = {
    left: readers.normal(type, sides.left.country, pair.left.type),
    right: readers.normal(type, sides.right.country, pair.right.type),
  };
  return {
    id: row.left,
    agreement: agreementOf(pair.left.key, pair.right.key, type) + madeAnew(pair, sides),
    label: row.parts?.side === "left" ? pair.right.label : pair.left.label,
    type,
    keys: { left: pair.left.key, right: pair.right.key },
    isCustom: { left: pair.left.isCustom === true, right: pair.right.isCustom === true },
    reads: { left: [...readsOf(row, "left", pair)], right: [...readsOf(row, "right", pair)] },
    conflict: row.conflict,
    clear: row.clear,
    ...(row.direction === "both" ? {} : { from: row.direction === "toRight" ? "left" : "right" }),
    canWrite: {
      left: row.direction !== "toRight" && pair.left.isWritable,
      right: row.direction !== "toLeft" && pair.right.isWritable,
    },
    isVerbatim: type !== "set" && readsForms(type, pair.left.type) && readsForms(type, pair.right.type),
    readsForms: { left: readsForms(type, pair.left.type), right: readsForms(type, pair.right.type) },
    normal: (side, value) => normalOf[side](value),
    carry: carrier(row, type, pair, sides, readers),
  };
}

function carrier(
  row: MappingRow,
  type: FieldType,
  pair: Readonly<Record<Side, FieldDefinition>>,
  sides: Readonly<Record<Side, MappingSide>>,
  { readPhone }: Readers,
): MappedField["carry"] {
  const origins = {
    left: { country: sides.left.country, type: pair.left.type, readPhone },
    right: { country: sides.right.country, type: pair.right.type, readPhone },
  };
  return (from, value, present = {}) => {
    const to = otherSide(from);
    const carried = carry(type, value, origins[from], pair[to]);
    if (row.parts?.side !== to || carried.kind === "notExpressible") return carried;
    const parts = partChanges(row, String(carried.value), present, sides[to].fields, origins[from]);
    return parts.kind === "changes" ? carried : parts;
  };
}

/**
 * The key under which a link's base keeps what was agreed on for a pair of fields, for instance `phone>mobile:phone`.
 * It names all that gives the agreed forms their meaning, so that a row that was changed starts without a base.
 */
export function agreementOf(left: string, right: string, type: FieldType | ""): string {
  return `${left}>${right}:${type}`;
}

/** What tells the agreement about a field that was made anew from that about the one before it. */
function madeAnew(pair: Readonly<Record<Side, FieldDefinition>>, sides: Readonly<Record<Side, MappingSide>>): string {
  const marks = SIDES.flatMap((side) => (sides[side].anew?.includes(pair[side].key) ? [pair[side].madeAs ?? ""] : []));
  return marks.map((mark) => `~${mark}`).join("");
}

/** From what says least of a value to what says most; every other type is stricter than these. */
const LOOSE: readonly FieldType[] = ["text", "longText", "richText", "option", "json"];

/**
 * The type that two fields are compared as, whichever side each is on: a set beside anything is a set, loose types give
 * way to strict ones, and of two strict types the one that both can be read as.
 */
export function commonType(left: FieldType, right: FieldType): FieldType {
  if (left === right) return left;
  if (left === "set" || right === "set") return "set";
  const looseness = [LOOSE.indexOf(left), LOOSE.indexOf(right)] as const;
  if (looseness[0] !== -1 && looseness[1] !== -1) return looseness[0] > looseness[1] ? left : right;
  if (looseness[0] !== -1) return right;
  if (looseness[1] !== -1) return left;
  const both: ReadonlySet<FieldType> = new Set([left, right]);
  if (both.has("date") && both.has("dateTime")) return "date";
  if (both.has("number") && both.has("money")) return "number";
  return "text";
}

/** Plain text beside formatted text holds no markup: what looks like an escape there is what was written. */
function readsForms(type: FieldType, held: FieldType): boolean {
  return type !== "richText" || held === "richText";
}

/** The value of a standard field on one side, as text; empty when the side has no such field or did not show it. */
export function standardText(mapping: Mapping, side: Side, fields: Fields, standard: string): string {
  const key = mapping.standard[side][standard];
  const value = key === undefined ? undefined : fields[key];
  return typeof value === "string" ? value : "";
}
