import { APPOINTMENT_STATES } from "../../../model/children.ts";
import { type DeclaredField, type DeclaredResource, STANDARD_FIELDS } from "../../../model/declaration.ts";
import type { FieldType } from "../../../model/field.ts";
import { isObject, type JsonObject } from "../json.ts";
import { plainShape, propertiesOf, textOf, typeOf } from "./schema.ts";
import { bare, DONE_WORDS, FIELD_WORDS, STATE_WORDS } from "./words.ts";

/** Suggests the table of fields from a record's shape. Pure. */

/** One property of a record that can be a field, with where it stands. */
interface Leaf {
  readonly path: string;
  readonly names: readonly string[];
  readonly shape: JsonObject;
  readonly isInner: boolean;
}

/** How deep inner objects are looked into. */
const DEPTH_MAX = 3;
const FIELDS_MAX = 200;

/**
 * The fields of a record.
 * @param left out: paths that are no field, such as the id
 * @param writable paths that a body takes; everything when it is not known
 */
export function suggestFields(
  resource: DeclaredResource,
  shape: JsonObject,
  leftOut: ReadonlySet<string>,
  writable: ReadonlySet<string> | undefined,
): DeclaredField[] {
  const leaves = leavesOf(shape).filter(({ path }) => !leftOut.has(path));
  const standards = standardsOf(resource, leaves);
  const keys = new Set<string>();
  return leaves.slice(0, FIELDS_MAX).map((leaf) => {
    const standard = standards.get(leaf.path);
    const key = freeKey(standard ?? `custom.${camel(leaf.names)}`, keys);
    const isReadOnly = leaf.shape.readOnly === true || (writable !== undefined && !writable.has(leaf.path));
    return {
      key,
      label: labelOf(leaf),
      path: leaf.path,
      isWritable: !isReadOnly,
      emptyAs: "null" as const,
      ...(standard === undefined ? plainType(leaf) : standardType(resource, standard, leaf)),
    };
  });
}

/** The paths of every leaf of a shape. */
export function pathsIn(shape: JsonObject): ReadonlySet<string> {
  return new Set(leavesOf(shape).map(({ path }) => path));
}

function leavesOf(shape: JsonObject, above: readonly string[] = []): Leaf[] {
  if (above.length >= DEPTH_MAX) return [];
  return Object.entries(propertiesOf(shape)).flatMap(([name, given]) => {
    // A name with a dot or a blank can not stand in a path.
    if (!/^[^.\s][^.]*$/.test(name) || ["__proto__", "constructor", "prototype"].includes(name)) return [];
    const names = [...above, name];
    const one = plainShape(given);
    const type = typeOf(one);
    if (type === "object") return leavesOf(one, names);
    if (type === "array" && !isListOfWords(one)) return [];
    return [{ path: names.join("."), names, shape: one, isInner: above.length > 0 }];
  });
}

function isListOfWords({ items }: JsonObject): boolean {
  return isObject(items) && ["string", "number", "integer"].includes(typeOf(items));
}

/** Which field of ours each leaf is; each is given once, to the leaf whose name says it most surely. */
function standardsOf(resource: DeclaredResource, leaves: readonly Leaf[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const candidates = Object.entries(FIELD_WORDS[resource]).flatMap(([standard, words]) =>
    leaves.flatMap((leaf) => {
      const place = words.indexOf(bare(leaf.names.at(-1) ?? ""));
      const joined = words.indexOf(bare(leaf.names.join("")));
      const best = Math.min(...[place, joined].filter((one) => one !== -1));
      return Number.isFinite(best) && fits(resource, standard, leaf) ? [{ standard, leaf, rank: best }] : [];
    }),
  );
  for (const { standard, leaf } of candidates.sort((one, other) => one.rank - other.rank)) {
    if (taken.has(standard) || found.has(leaf.path)) continue;
    taken.add(standard);
    found.set(leaf.path, standard);
  }
  // One field for the whole name says nothing beside two for its parts.
  if (taken.has("firstName") && taken.has("lastName")) {
    for (const [path, standard] of found) if (standard === "fullName") found.delete(path);
  }
  return found;
}

/** A shape that can not hold such a value is another thing of the same name. */
function fits(resource: DeclaredResource, standard: string, { shape }: Leaf): boolean {
  const type = typeOf(shape);
  const wanted = STANDARD_FIELDS[resource][standard];
  if (wanted === "set") return type === "array" || type === "string";
  if (wanted === "boolean") return type === "boolean" || doneValues(shape) !== undefined;
  if (wanted === "option") return stateValues(shape).length > 0;
  if (wanted === "dateTime") return type === "string" || type === "integer" || type === "number";
  return type === "string" || type === "";
}

type TypePart = Pick<DeclaredField, "type" | "written"> &
  Partial<Pick<DeclaredField, "standard" | "values" | "options" | "maxLength">>;

function standardType(resource: DeclaredResource, standard: string, { shape }: Leaf): TypePart {
  const type: FieldType = STANDARD_FIELDS[resource][standard] ?? "text";
  const values = type === "boolean" && typeOf(shape) !== "boolean" ? doneValues(shape) : undefined;
  const states = type === "option" ? stateValues(shape) : undefined;
  return {
    type,
    standard,
    written: writtenAs(type, shape),
    ...(values && { values }),
    ...(states && { values: states, options: [...new Set(states.map(({ ours }) => String(ours)))] }),
    ...maxLengthOf(shape),
  };
}

function plainType({ shape, names }: Leaf): TypePart {
  const type = typeOf(shape);
  const options = enumOf(shape);
  const found = typeByShape(type, textOf(shape.format), bare(names.at(-1) ?? ""), options.length > 0);
  return {
    type: found,
    written: writtenAs(found, shape),
    ...(found === "option" && { options }),
    ...(found === "text" && maxLengthOf(shape)),
  };
}

function typeByShape(type: string, format: string, name: string, hasOptions: boolean): FieldType {
  if (type === "array") return "set";
  if (type === "boolean") return "boolean";
  if (type === "number" || type === "integer") return "number";
  if (hasOptions) return "option";
  const byFormat: Readonly<Record<string, FieldType>> = {
    email: "email",
    date: "date",
    "date-time": "dateTime",
    uri: "url",
    url: "url",
  };
  const known = byFormat[format];
  if (known !== undefined) return known;
  return /phone|mobile/.test(name) ? "phone" : /email/.test(name) ? "email" : "text";
}

/** A moment in a number is in seconds unless its words or its size say milliseconds. */
function writtenAs(type: FieldType, shape: JsonObject): DeclaredField["written"] {
  if (type === "set") return typeOf(shape) === "string" ? "commaText" : "natural";
  if (type !== "dateTime" || typeOf(shape) === "string") return "natural";
  const words = `${textOf(shape.description)} ${textOf(shape.title)} ${textOf(shape.format)}`;
  const size = [shape.example, shape.default].find((one) => typeof one === "number");
  return /milli|\bms\b/i.test(words) || (typeof size === "number" && size > 100_000_000_000)
    ? "epochMs"
    : "epochSeconds";
}

function enumOf({ enum: given }: JsonObject): string[] {
  return Array.isArray(given) ? given.flatMap((one) => (typeof one === "string" && one !== "" ? [one] : [])) : [];
}

/** The app's words for done and not done, where exactly one of them is a word for it. */
function doneValues(shape: JsonObject): DeclaredField["values"] {
  const words = enumOf(shape);
  const done = words.find((word) => DONE_WORDS.has(bare(word)));
  if (done === undefined || words.length < 2) return undefined;
  const open = words.find((word) =>
    /^(open|pending|todo|new|notstarted|incomplete|active|needsaction)$/.test(bare(word)),
  );
  const others = words.filter((word) => word !== done && word !== open);
  // The first word for a side is the one that is written.
  const notDone = [...(open === undefined ? [] : [open]), ...others];
  return [{ theirs: done, ours: true }, ...notDone.map((theirs) => ({ theirs, ours: false }))];
}

function stateValues(shape: JsonObject): NonNullable<DeclaredField["values"]> {
  return enumOf(shape).flatMap((theirs) => {
    const ours = APPOINTMENT_STATES.find((state) => (STATE_WORDS[state] ?? [state]).includes(bare(theirs)));
    return ours === undefined ? [] : [{ theirs, ours }];
  });
}

function maxLengthOf({ maxLength }: JsonObject): Pick<DeclaredField, "maxLength"> {
  return typeof maxLength === "number" && Number.isInteger(maxLength) && maxLength > 0 ? { maxLength } : {};
}

function labelOf({ names, shape, isInner }: Leaf): string {
  const title = textOf(shape.title);
  if (title !== "") return title.slice(0, 100);
  const words = (isInner ? names.slice(-2) : names)
    .join(" ")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1).toLowerCase()}`.slice(0, 100);
}

function camel(names: readonly string[]): string {
  const words = names.flatMap((name) => name.split(/[^A-Za-z0-9]+/).filter((word) => word !== ""));
  const joined = words
    .map((word, place) => (place === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
  return (joined || "field").slice(0, 60);
}

function freeKey(key: string, taken: Set<string>): string {
  let free = key;
  for (let number = 2; taken.has(free); number += 1) free = `${key}${number}`;
  taken.add(free);
  return free;
}
