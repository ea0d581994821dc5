import type { KeptRecord, KeptResource } from "../../model/api/kept.ts";
import type { ValueView } from "../../model/api/views.ts";
import type { FieldDefinition } from "../../model/field.ts";
import { nounsOf } from "../../model/kept.ts";
import { fromFieldTime, toFieldTime } from "./fieldTimes.ts";
import { toElements, toText } from "./values.ts";

/** Forms and words of the records that the hub keeps itself. Pure. */

/** What is typed or held, by field, as the form shows it. */
export type Texts = Readonly<Record<string, string>>;

/** What a kind of kept record is called, one and many. */
export function namesOf({ noun }: Pick<KeptResource, "noun">): { readonly one: string; readonly many: string } {
  return { one: noun, many: nounsOf(noun) };
}

/** The same with a capital, for headings. */
export function heading(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Which fields of a record its form shows, in their order: those that may be written. */
export function formFields(
  { fields }: Pick<KeptResource, "fields">,
  record: Pick<KeptRecord, "writable"> | undefined,
): readonly FieldDefinition[] {
  return fields.filter(({ key, isWritable }) => (record === undefined ? isWritable : record.writable.includes(key)));
}

/** What a form shows at first. */
export function shownAtFirst(fields: readonly FieldDefinition[], held: KeptRecord["fields"] | undefined): Texts {
  return Object.fromEntries(fields.map((field) => [field.key, shownIn(field, held?.[field.key])]));
}

function shownIn({ type }: FieldDefinition, value: ValueView | undefined): string {
  const text = toText(value);
  switch (type) {
    case "dateTime":
      return toFieldTime(text);
    case "richText":
      return plainOf(text);
    case "boolean":
      return value === true ? "yes" : value === false ? "no" : "";
    default:
      return text;
  }
}

/** What to send: the fields that show something else than at first; an empty one clears. */
export function changesOf(
  fields: readonly FieldDefinition[],
  first: Texts,
  shown: Texts,
): Readonly<Record<string, ValueView>> {
  const changed = fields.filter(({ key }) => (shown[key] ?? "").trim() !== (first[key] ?? "").trim());
  return Object.fromEntries(changed.map((field) => [field.key, valueIn(field, (shown[field.key] ?? "").trim())]));
}

function valueIn({ type }: FieldDefinition, text: string): ValueView {
  switch (type) {
    case "set":
      return toElements(text);
    case "number":
      // What is no number is the hub's to refuse, in its own words.
      return text === "" || Number.isNaN(Number(text)) ? text : Number(text);
    case "boolean":
      return text === "" ? "" : text === "yes";
    case "dateTime":
      return fromFieldTime(text);
    case "richText":
      return htmlOf(text);
    default:
      return text;
  }
}

const LINE_ENDS = /<br\s*\/?>|<\/(?:p|div|li|h\d|tr)>/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };

/** Formatted text as its lines read. */
export function plainOf(html: string): string {
  const lines = html.replaceAll(LINE_ENDS, "\n").replaceAll(/<[^>]*>/g, "");
  return lines.replaceAll(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole).trim();
}

/** Lines as formatted text, a paragraph each. */
export function htmlOf(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return escaped === ""
    ? ""
    : escaped
        .split("\n")
        .map((line) => `<p>${line}</p>`)
        .join("");
}

/** What there is to say of a record beside its name, in one line. */
export function secondLine({ fields: definitions }: Pick<KeptResource, "fields">, record: KeptRecord): string {
  const briefs = (types: ReadonlySet<FieldDefinition["type"]>) =>
    definitions
      .filter(({ type }) => types.has(type))
      .map(({ key, type }) => brief(type, record.fields[key]))
      .filter((text) => text !== "" && !record.title.startsWith(text));
  return [...briefs(SHORT), ...briefs(LONG).slice(0, 1)].join(" · ");
}

/** Fields of whose first line there is room for one. */
const LONG: ReadonlySet<FieldDefinition["type"]> = new Set(["longText", "richText"]);
const LINE_LENGTH = 80;

/** Fields that say something of a record in a few words. */
const SHORT: ReadonlySet<FieldDefinition["type"]> = new Set(["email", "phone", "set", "dateTime", "date", "boolean"]);

function brief(type: FieldDefinition["type"], value: ValueView | undefined): string {
  if (type === "boolean") return value === true ? "done" : "";
  const text = toText(value);
  if (LONG.has(type)) return clipped(plainOf(text).split("\n")[0] ?? "");
  if (type !== "dateTime" || text === "") return text;
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : day.format(at);
}

function clipped(line: string): string {
  return line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH - 1).toWellFormed()}…` : line;
}
