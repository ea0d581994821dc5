import { createBook } from "./book.ts";
import { type Field, type StoredContact, textOf } from "./contact.ts";
import { readOwner, readValues, type WriteRules } from "./write.ts";

/**
 * A module of the account beside contacts and activities. What its records are made of is data; how they are kept,
 * checked, searched and shown is the same for each.
 */
export type ModuleKind = {
  /** Stands in paths, and before the names of fields. */
  readonly prefix: string;
  /** For refusals. */
  readonly label: string;
  readonly id: number;
  /** Its writable fields but for `owner`. */
  readonly fields: readonly Field[];
  /** Names of the fields that create and update demand, beside the owner. */
  readonly required: readonly string[];
  /** The field that a record is called by. */
  readonly calledBy: string;
  readonly firstId: number;
  /** Whether a write may leave the owner out; whoever makes a record then owns it. */
  readonly isOwnerOptional?: true;
};

/** A record of such a module, kept as contacts are. */
export type StoredRecord = StoredContact;

/** The records of one module, and the acts that change them. */
export type Module = {
  readonly kind: ModuleKind;
  readonly book: ReturnType<typeof createBook>;
  readonly fieldsByName: ReadonlyMap<string, Field>;
  readonly nameOf: (record: StoredRecord) => string;
  readonly create: (body: unknown, user: number) => StoredRecord;
  readonly update: (id: string, body: unknown, user: number) => StoredRecord;
  /** Soft: it keeps its id. */
  readonly remove: (id: string, user: number) => void;
  /** One that is there and not deleted. @throws Refusal 404 ObjectNotFound. */
  readonly demand: (id: string) => StoredRecord;
  /** Those whose field leads to a record lead to another from now on, or to none. */
  readonly relink: (field: string, from: number, to: number | undefined, user: number) => void;
  /** What the record is called that a field of type `Link` leads to; `undefined` where there is none. */
  readonly linkedName: LinkedName;
};

/** Looks up the record that a field leads to. */
export type LinkedName = (field: string, id: number) => string | undefined;

/**
 * Makes an empty module.
 * @param check Looks at what a body says of a record after its fields were read. @throws Refusal
 */
export function createModule(
  kind: ModuleKind,
  rules: WriteRules,
  now: () => number,
  linkedName: LinkedName = () => undefined,
  check: (values: StoredRecord["values"]) => void = () => undefined,
): Module {
  const fieldsByName = new Map(kind.fields.map((field) => [field.name, field]));
  const nameOf = (record: StoredRecord) => textOf(record, kind.calledBy);
  const book = createBook({ firstId: kind.firstId, nameOf });
  const { refusals, quirks } = rules;

  const demand = (id: string): StoredRecord => {
    const record = /^\d+$/.test(id) ? book.get(Number(id)) : undefined;
    if (record === undefined || record.isDeleted) throw refusals.missing(`${kind.label} not found`);
    return record;
  };

  const readWrite = (body: unknown) => {
    const given: Record<string, unknown> = typeof body === "object" && body !== null ? { ...body } : {};
    const owner = readOwner(given.owner, rules);
    if (owner === undefined && kind.isOwnerOptional !== true) throw refusals.invalid("Owner is required");
    for (const name of kind.required) {
      if (String(given[name] ?? "").trim() === "") {
        throw refusals.invalid(`${fieldsByName.get(name)?.label ?? name} is required`);
      }
    }
    const values = readValues(given, rules, fieldsByName);
    for (const [name, value] of Object.entries(values)) {
      const field = fieldsByName.get(name);
      const isLost = field?.type === "Link" && value !== "" && linkedName(name, Number(value)) === undefined;
      if (isLost) throw refusals.invalid(`${field.label} is not valid`);
    }
    check(values);
    return { owner, values };
  };

  return {
    kind,
    book,
    fieldsByName,
    nameOf,
    demand,
    linkedName,
    create: (body, user) => {
      const write = readWrite(body);
      return book.add(write, write.owner ?? user, user, now());
    },
    update: (id, body, user) => {
      const record = demand(id);
      const write = readWrite(body);
      const moves =
        (write.owner !== undefined && write.owner !== record.owner) ||
        Object.entries(write.values).some(([name, value]) => value !== (record.values[name] ?? ""));
      if (!quirks().touchOnNoChange && !moves) return record;
      return book.change(record, write, user, now());
    },
    remove: (id, user) => book.remove(demand(id), user, now()),
    relink: (field, from, to, user) => {
      for (const record of [...book.contacts.all()].filter(({ values }) => values[field] === from)) {
        book.change(record, { owner: undefined, values: { [field]: to ?? "" } }, user, now());
      }
    },
  };
}
