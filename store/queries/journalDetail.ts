import type { DecisionInputs, FieldDecision, JournalCall, JournalDetail } from "../../engine/ports.ts";
import type { Side } from "../../model/record.ts";
import type { Fields, Value } from "../../model/value.ts";
import { fromJson } from "../json.ts";

/**
 * How the detail of a journal entry is written: most of what the journal holds, so it is written short. Each value is
 * written once, in `v`, and named by its place there: the raw value, its normal form and the base are mostly the same.
 * Reading gives back exactly what was written, keys in the same order, so that decisions compare as text.
 */
interface Written {
  readonly v: readonly Value[];
  /** The mapping's version. */
  readonly m?: string;
  readonly f?: readonly WrittenDecision[];
  readonly l?: WrittenSide;
  readonly r?: WrittenSide;
  /** Choices. */
  readonly k?: Readonly<Record<string, Side>>;
  /** Fields that a person had been asked about. */
  readonly a?: readonly string[];
  /** What was sent, and to which side. */
  readonly s?: readonly [Side, Places];
  readonly c?: readonly (readonly [WrittenCallSide, ...CallRest])[];
  readonly e?: NonNullable<JournalDetail["error"]>;
  readonly n?: string;
}

/** Places in `v`, by field key. */
type Places = Readonly<Record<string, number>>;
type CallRest = readonly [method: string, path: string, status: number, ms: number];

/** Places of what a decision does not have are -1; the base comes last and is left out when there was none. */
type WrittenDecision = readonly [
  field: string,
  rule: string,
  write: "l" | "r" | "b" | 0,
  left: number,
  right: number,
  ...base: readonly number[],
];

type WrittenCallSide = "l" | "r" | 0;

type WrittenInputs = Pick<Written, "l" | "r" | "k" | "a">;

interface WrittenSide {
  readonly f: Places;
  /** Keys known in lower case only. */
  readonly o?: readonly string[];
  /** When it changed, epoch ms. */
  readonly t?: number;
}

/** The detail as text for the database. */
export function writtenDetail(detail: JournalDetail): string {
  const { mapping, fields, inputs, sent, calls, error, note, ...rest } = detail;
  rest satisfies Record<string, never>;
  const values = valueList();
  const written: Omit<Written, "v"> = {
    ...(mapping === undefined ? {} : { m: mapping }),
    ...(fields === undefined ? {} : { f: fields.map((decision) => writtenDecision(decision, values)) }),
    ...(inputs === undefined ? {} : writtenInputs(inputs, values)),
    ...(sent === undefined ? {} : { s: [sent.side, places(sent.fields, values)] as const }),
    ...(calls === undefined ? {} : { c: calls.map(writtenCall) }),
    ...(error === undefined ? {} : { e: error }),
    ...(note === undefined ? {} : { n: note }),
  };
  return JSON.stringify({ v: values.all, ...written } satisfies Written);
}

/**
 * The detail of an entry, from the database's text. Entries of versions before the short form are read as they are.
 * @throws Failure `bug` that names the entry when its text is damaged.
 */
export function readDetail(id: string, text: string): JournalDetail {
  const written = fromJson<Written | JournalDetail>("journal", id, text);
  if (!("v" in written)) return written;
  const { v, m, f, l, r, k, a, s, c, e, n } = written;
  return {
    ...(m === undefined ? {} : { mapping: m }),
    ...(f === undefined ? {} : { fields: f.map((decision) => readDecision(decision, v)) }),
    ...(l === undefined || r === undefined ? {} : { inputs: readInputs([l, r], { k, a }, v) }),
    ...(s === undefined ? {} : { sent: { side: s[0], fields: fieldsAt(s[1], v) } }),
    ...(c === undefined ? {} : { calls: c.map(readCall) }),
    ...(e === undefined ? {} : { error: e }),
    ...(n === undefined ? {} : { note: n }),
  };
}

interface ValueList {
  readonly all: Value[];
  /** The value's place, which it is given when it is new. */
  readonly placeOf: (value: Value) => number;
}

function valueList(): ValueList {
  const all: Value[] = [];
  const [scalars, lists] = [new Map<Value, number>(), new Map<Value, number>()];
  return {
    all,
    placeOf: (value) => {
      const known = typeof value === "object" ? lists : scalars;
      const name = typeof value === "object" ? JSON.stringify(value) : value;
      const place = known.get(name) ?? all.push(value) - 1;
      known.set(name, place);
      return place;
    },
  };
}

const NOWHERE = -1;

function writtenDecision(decision: FieldDecision, { placeOf }: ValueList): WrittenDecision {
  const { field, base, left, right, rule, write, ...rest } = decision;
  // A decision that learns to say more must learn it here too.
  rest satisfies Record<string, never>;
  return [
    field,
    rule,
    write === "both" ? "b" : shortSide(write),
    left === undefined ? NOWHERE : placeOf(left),
    right === undefined ? NOWHERE : placeOf(right),
    ...(base ?? []).map(placeOf),
  ];
}

/** Its keys come in the order in which planning writes them. */
function readDecision(
  [field, rule, write, left, right, ...base]: WrittenDecision,
  values: Written["v"],
): FieldDecision {
  const [baseLeft, baseRight] = base.map((place) => values[place]);
  const [leftForm, rightForm, side] = [values[left], values[right], write === "b" ? "both" : longSide(write)] as const;
  return {
    field,
    ...(baseLeft === undefined || baseRight === undefined ? {} : { base: [baseLeft, baseRight] }),
    ...(leftForm === undefined ? {} : { left: leftForm }),
    ...(rightForm === undefined ? {} : { right: rightForm }),
    rule,
    ...(side === undefined ? {} : { write: side }),
  };
}

function writtenInputs({ left, right, choices, asked, ...rest }: DecisionInputs, values: ValueList): WrittenInputs {
  rest satisfies Record<string, never>;
  return {
    l: writtenSide(left, values),
    r: writtenSide(right, values),
    ...(choices === undefined ? {} : { k: choices }),
    ...(asked === undefined ? {} : { a: asked }),
  };
}

function writtenSide({ fields, folded, changedAt }: DecisionInputs[Side], values: ValueList): WrittenSide {
  return {
    f: places(fields, values),
    ...(folded === undefined ? {} : { o: folded }),
    ...(changedAt === undefined ? {} : { t: changedAt }),
  };
}

function readInputs(
  [left, right]: readonly [WrittenSide, WrittenSide],
  { k: choices, a: asked }: Pick<WrittenInputs, "k" | "a">,
  values: Written["v"],
): DecisionInputs {
  return {
    left: readSide(left, values),
    right: readSide(right, values),
    ...(choices === undefined ? {} : { choices }),
    ...(asked === undefined ? {} : { asked }),
  };
}

function readSide({ f, o, t }: WrittenSide, values: Written["v"]): DecisionInputs[Side] {
  return {
    fields: fieldsAt(f, values),
    ...(o === undefined ? {} : { folded: o }),
    ...(t === undefined ? {} : { changedAt: t }),
  };
}

function places(fields: Fields, { placeOf }: ValueList): Places {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, placeOf(value)]));
}

function fieldsAt(at: Places, values: Written["v"]): Fields {
  const fields: Record<string, Value> = {};
  for (const [key, place] of Object.entries(at)) {
    const value = values[place];
    if (value !== undefined) fields[key] = value;
  }
  return fields;
}

function writtenCall({ side, method, path, status, ms }: JournalCall): readonly [WrittenCallSide, ...CallRest] {
  return [shortSide(side), method, path, status, ms];
}

function readCall([short, method, path, status, ms]: readonly [WrittenCallSide, ...CallRest]): JournalCall {
  const side = longSide(short);
  return { ...(side === undefined ? {} : { side }), method, path, status, ms };
}

function shortSide(side: Side | undefined): "l" | "r" | 0 {
  return side === undefined ? 0 : side === "left" ? "l" : "r";
}

function longSide(short: "l" | "r" | 0): Side | undefined {
  return short === 0 ? undefined : short === "l" ? "left" : "right";
}
