import { z } from "zod";

/** How an input is asked for: a line of text, a number, one of several words, yes or no, a list of texts, or JSON. */
export type InputKind = "text" | "number" | "pick" | "yesNo" | "texts" | "json";

/** One input of an operation, as its form asks for it. */
export interface InputField {
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  readonly kind: InputKind;
  readonly isRequired: boolean;
  /** Whether what is typed is hidden, and never shown again. */
  readonly isSecret: boolean;
  /** What can be chosen, of `pick`. */
  readonly options: readonly string[];
  /** What it is where nothing is chosen, of `pick` and `yesNo`; absent where that is not told. */
  readonly usual?: string;
}

/** What a person typed, by input; an absent or empty one is not sent. */
export type Draft = Readonly<Record<string, string>>;

/** The part of JSON Schema that the hub writes for an input. */
const Part = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.looseObject({ type: z.string().optional(), enum: z.array(z.unknown()).optional() })).optional(),
  items: z.looseObject({ type: z.string().optional() }).optional(),
  description: z.string().default(""),
  default: z.unknown().optional(),
  writeOnly: z.boolean().default(false),
});
type Part = z.infer<typeof Part>;
const Schema = z.looseObject({
  properties: z.record(z.string(), Part).default({}),
  required: z.array(z.string()).default([]),
});

/** The fields of an operation's form, what must be given first. */
export function fieldsOf(schema: unknown): readonly InputField[] {
  const { properties, required } = Schema.parse(schema);
  const fields = Object.entries(properties).map(([key, part]) => fieldOf(key, part, required.includes(key)));
  return [...fields.filter(({ isRequired }) => isRequired), ...fields.filter(({ isRequired }) => !isRequired)];
}

function fieldOf(key: string, part: Part, isRequired: boolean): InputField {
  // A part that may also be null is asked for as what it is otherwise.
  const plain = part.anyOf?.find(({ type }) => type !== "null") ?? part;
  const kind = kindOf(plain, part);
  const options = kind === "pick" ? (plain.enum ?? []).map(String) : [];
  const isSecret = part.writeOnly;
  const field = { key, label: labelOf(key), hint: hintOf(part, kind), kind, isRequired, isSecret, options };
  const usual = usualOf(part, kind);
  return usual === undefined ? field : { ...field, usual };
}

function usualOf({ default: usual }: Part, kind: InputKind): string | undefined {
  if (usual === undefined || (kind !== "pick" && kind !== "yesNo")) return undefined;
  return typeof usual === "boolean" ? (usual ? "yes" : "no") : String(usual);
}

function kindOf(plain: Pick<Part, "type" | "enum">, { items }: Part): InputKind {
  if (plain.enum !== undefined) return "pick";
  switch (plain.type) {
    case "string":
      return "text";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "yesNo";
    case "array":
      return items?.type === "string" ? "texts" : "json";
    default:
      return "json";
  }
}

function hintOf({ description, default: fallback }: Part, kind: InputKind): string {
  const form = kind === "texts" ? " With commas between." : kind === "json" ? " As JSON." : "";
  const isTold = kind !== "pick" && (typeof fallback === "string" || typeof fallback === "number");
  return `${description}${form}${isTold && fallback !== "" ? ` ${fallback} when left out.` : ""}`.trim();
}

/** `contactId` as `Contact id`, `apiVersion` as `API version` and `searchLagMs` as `Search lag, ms`. */
function labelOf(key: string): string {
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([a-z])([0-9])/g, "$1 $2")
    .toLowerCase()
    .replaceAll(/\b(api|url)\b/g, (word) => word.toUpperCase())
    .replace(/ ms$/, ", ms")
    .replace(/([0-9])s$/, "$1 s");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The fields for base addresses that an account may have of its own: each is a text, called by its name. */
export function fieldsOfHosts(hosts: Readonly<Record<string, string>> = {}): readonly InputField[] {
  const properties = Object.fromEntries(
    Object.entries(hosts).map(([name, description]) => [name, { type: "string", description }]),
  );
  return fieldsOf({ properties }).map((field) => ({ ...field, label: `${field.label} address` }));
}

/** The fields of a way to sign in; where there is one alone, it is called what the partner calls it. */
export function fieldsOfWay(way: {
  readonly label: string;
  readonly help: string;
  readonly schema?: unknown;
}): readonly InputField[] {
  const fields = fieldsOf(way.schema ?? {});
  const [only] = fields;
  return only !== undefined && fields.length === 1 ? [{ ...only, label: way.label, hint: way.help }] : fields;
}

/** What a form begins with where values are there already; what is secret is not among them. */
export function draftOf(fields: readonly InputField[], values: Readonly<Record<string, unknown>>): Draft {
  const there = fields.filter(({ key }) => values[key] !== undefined);
  return Object.fromEntries(there.map((field) => [field.key, typedAs(field, values[field.key])]));
}

function typedAs({ kind }: InputField, value: unknown): string {
  switch (kind) {
    case "yesNo":
      return value === true ? "yes" : "no";
    case "texts":
      return Array.isArray(value) ? value.join(", ") : String(value);
    case "json":
      return JSON.stringify(value);
    case "text":
    case "pick":
    case "number":
      return String(value);
    default:
      return kind satisfies never;
  }
}

/** What was typed, of fields that are texts alone. */
export function textsOf(draft: Draft): Record<string, string> {
  const typed = Object.entries(draft).map(([key, text]) => [key, text.trim()] as const);
  return Object.fromEntries(typed.filter(([, text]) => text !== ""));
}

/** What is sent, or what is wrong with what was typed, in one sentence. */
export type Filled =
  | { readonly kind: "input"; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: "wrong"; readonly words: string };

/** The input that a person typed. */
export function filled(fields: readonly InputField[], draft: Draft): Filled {
  const missing = fields.find(({ key, isRequired }) => isRequired && (draft[key] ?? "").trim() === "");
  if (missing !== undefined) return { kind: "wrong", words: `Fill in ${missing.label.toLowerCase()}` };
  const input: Record<string, unknown> = {};
  for (const field of fields) {
    const typed = (draft[field.key] ?? "").trim();
    if (typed === "") continue;
    const value = readAs(field, typed);
    if (value === undefined) return { kind: "wrong", words: `${field.label} must be ${WANTED[field.kind]}` };
    input[field.key] = value;
  }
  return { kind: "input", input };
}

const WANTED: Readonly<Record<InputKind, string>> = {
  text: "a text",
  number: "a number",
  pick: "one of the words",
  yesNo: "yes or no",
  texts: "texts with commas between",
  json: "JSON",
};

function readAs({ kind }: InputField, typed: string): unknown {
  switch (kind) {
    case "text":
    case "pick":
      return typed;
    case "number":
      return Number.isFinite(Number(typed)) ? Number(typed) : undefined;
    case "yesNo":
      return typed === "yes";
    case "texts":
      return typed
        .split(",")
        .map((text) => text.trim())
        .filter(Boolean);
    case "json":
      return jsonOf(typed);
    default:
      return kind satisfies never;
  }
}

function jsonOf(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    // What is no JSON is told beside the field.
    return undefined;
  }
}
