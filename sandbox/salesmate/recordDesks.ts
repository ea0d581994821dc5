import type { RecordDesk, RecordDesks, RecordFields } from "../control/records.ts";
import { textOf } from "./contact.ts";
import type { DealPipeline } from "./deal.ts";
import type { Module, StoredRecord } from "./module.ts";
import type { WriteRules } from "./write.ts";

/** What the desks work with. */
export type RecordDeskParts = {
  readonly companies: Module;
  readonly deals: Module;
  readonly pipelines: () => readonly DealPipeline[];
  /** The tags that anything carries. */
  readonly tags: () => readonly string[];
  readonly rules: Pick<WriteRules, "refusals">;
  /** The person at the screen. */
  readonly user: number;
};

/** A person at the product's own screen, with what the account keeps beside contacts. */
export function createRecordDesks(parts: RecordDeskParts): RecordDesks {
  return {
    businesses: moduleDesk(parts.companies, COMPANY_NAMES, parts),
    tags: tagDesk(parts),
    opportunities: moduleDesk(parts.deals, DEAL_NAMES, parts, beginning(parts)),
  };
}

/** Friendly names of the fields that are spelled differently in the product. */
const COMPANY_NAMES: Readonly<Record<string, string>> = {
  addressLine1: "billingAddressLine1",
  addressLine2: "billingAddressLine2",
  city: "billingCity",
  state: "billingState",
  postalCode: "billingZipCode",
  country: "billingCountry",
};

const DEAL_NAMES: Readonly<Record<string, string>> = { name: "title", contactId: "primaryContact", value: "dealValue" };

/** What a deal begins with that a person says nothing more of. */
function beginning({ pipelines }: RecordDeskParts): Readonly<Record<string, string>> {
  const [first] = pipelines();
  return { pipeline: first?.name ?? "", stage: first?.stages[0] ?? "", status: "Open" };
}

function moduleDesk(
  module: Module,
  names: Readonly<Record<string, string>>,
  { rules: { refusals }, user }: RecordDeskParts,
  begins: Readonly<Record<string, string>> = {},
): RecordDesk {
  const { kind, book, fieldsByName } = module;
  const friendly = new Map(Object.entries(names).map(([name, wire]) => [wire, name]));
  const bodyOf = (fields: RecordFields): Record<string, string> => {
    const entries = Object.entries(fields).map(([name, value]) => [names[name] ?? name, value] as const);
    const strange = entries.find(([name]) => !fieldsByName.has(name));
    if (strange !== undefined) throw refusals.invalid(`${strange[0]} is not a valid field`);
    return Object.fromEntries(entries);
  };
  const shown = (record: StoredRecord) => ({
    id: String(record.id),
    fields: Object.fromEntries(
      [...fieldsByName.keys()].map((name) => [friendly.get(name) ?? name, textOf(record, name)]),
    ),
  });
  return {
    list: () => [...book.contacts.all()].map(shown),
    create: (fields) => shown(module.create({ owner: user, ...begins, ...bodyOf(fields) }, user)),
    edit: (id, fields) => {
      const record = module.demand(id);
      const demanded = Object.fromEntries(kind.required.map((name) => [name, record.values[name]]));
      return shown(module.update(id, { owner: record.owner, ...demanded, ...bodyOf(fields) }, user));
    },
    remove: (id) => module.remove(id, user),
  };
}

/** The account's tags are those that something carries: to make one, a person gives it to a contact. */
function tagDesk({ tags, rules: { refusals } }: RecordDeskParts): RecordDesk {
  const refuse = (): never => {
    throw refusals.invalid("A tag is made by giving it to a record, and gone when none has it");
  };
  return {
    list: () => tags().map((name) => ({ id: name, fields: { name } })),
    create: refuse,
    edit: refuse,
    remove: refuse,
  };
}
