import { compileMapping, type Mapping } from "../engine/mapping/compile.ts";
import { agreedBase } from "../engine/merge/plan.ts";
import type { Link, Partner, SideState } from "../engine/ports.ts";
import { Failure } from "../model/errors.ts";
import type { FieldDefinition } from "../model/field.ts";
import type { Side, Snapshot } from "../model/record.ts";
import { applyChanges, type Fields } from "../model/value.ts";
import { aField, aSync, NOON } from "../test/builders.ts";

/**
 * Contacts that are made from their number when they are asked for, so that a hundred thousand of them take neither
 * memory nor a network, and partners who keep them.
 */

/** The sync that keeps them, between partners `highlevel` and `salesmate`; its listings are far apart. */
export const SYNC = aSync({ workspaceId: "bench", pollMs: { left: 86_400_000, right: 86_400_000 } });

/** The fields of a contact that CRMs have in common. */
const FIELDS: readonly FieldDefinition[] = [
  aField("firstName"),
  aField("lastName"),
  aField("email", { type: "email" }),
  aField("phone", { type: "phone" }),
  aField("companyName"),
  aField("website", { type: "url" }),
  aField("address"),
  aField("city"),
  aField("state"),
  aField("postalCode"),
  aField("country", { type: "country" }),
  aField("dateOfBirth", { type: "date" }),
  aField("source"),
  aField("tags", { type: "set" }),
];

/** Everybody has moved there on the left, where the bench wants changes. */
const NEW_CITY = { city: "Rome" };

function fieldsOf(number: number): Fields {
  const name = number.toString(36);
  return {
    firstName: `Ana ${name}`,
    lastName: "Silva",
    email: `ana.${name}@example.com`,
    phone: `+1201555${String(number % 10_000).padStart(4, "0")}`,
    companyName: `Silva ${name} Tiles`,
    website: `https://${name}.example.com`,
    address: `${number} Quarry Road`,
    city: "Lisbon",
    state: "Lisboa",
    postalCode: "1000-001",
    country: "PT",
    dateOfBirth: "1984-02-29",
    source: "webinar",
    tags: ["customer", "newsletter"],
  };
}

const PREFIX = { left: "L", right: "R" } as const;
const CONNECTION = { left: "highlevel", right: "salesmate" } as const;

/** The mapping of the two partners' fields. */
export function mappingOfPeople(): Mapping {
  const side = { fields: FIELDS, country: "US" };
  return compileMapping(SYNC, side, side);
}

/** The link of one contact, equal and agreed on both sides, as it was some time ago. */
export function linkOfPerson(mapping: Mapping, number: number): Link {
  const [left, right] = [stateOf("left", number), stateOf("right", number)];
  return {
    id: linkIdOf(number),
    syncId: SYNC.id,
    state: "linked",
    left,
    right,
    base: agreedBase(mapping, {}, left, right, new Set()),
    conflicts: [],
    findings: [],
    title: `${left.fields.firstName} ${left.fields.lastName}`,
    createdAt: NOON,
    updatedAt: NOON,
  };
}

/** Ids of different links lie far apart, as those of links made over years do. */
export function linkIdOf(number: number): string {
  return `${(Math.imul(number, 0x9e3779b1) >>> 0).toString(36).padStart(7, "0")}-${number.toString(36)}`;
}

function stateOf(side: Side, number: number): SideState {
  return { externalId: `${PREFIX[side]}${number}`, fields: fieldsOf(number), version: String(NOON), asOf: NOON };
}

/** A partner who tells how many records were written to. */
export interface PartnerOfPeople extends Partner {
  readonly written: () => number;
}

/**
 * A partner who answers at once. What is written to it is there from then on; nothing can be created or deleted.
 * @param hasMoved whether everybody lives elsewhere than the links know.
 * @param count there is nobody beyond.
 */
export function partnerOfPeople(side: Side, count: number, hasMoved: boolean): PartnerOfPeople {
  // Only what differs: all else is made from the number.
  const changed = new Map<number, Fields>();
  const shown = (externalId: string): Snapshot | "gone" => {
    const number = Number(externalId.slice(PREFIX[side].length));
    if (number >= count) return "gone";
    const fields = { ...fieldsOf(number), ...(hasMoved ? NEW_CITY : {}), ...changed.get(number) };
    const version = String(hasMoved || changed.has(number) ? NOON + 1 : NOON);
    return { externalId, fields, version };
  };
  const never = async (): Promise<never> => {
    throw new Failure("bug", "The bench neither creates nor deletes records, nor looks for them.");
  };
  return {
    written: () => changed.size,
    connectionId: CONNECTION[side],
    name: CONNECTION[side],
    listing: { isComplete: true, lagMs: 0, overlapMs: 0 },
    canDelete: false,
    country: "US",
    longestCallMs: 1_000,
    describe: async () => FIELDS,
    list: async () => ({ records: [], total: 0 }),
    read: async (context, externalId) => {
      context.calls.push(callOf(side, "GET", externalId));
      return shown(externalId);
    },
    update: async (context, externalId, changes, known) => {
      context.calls.push(callOf(side, "PUT", externalId));
      const after = Object.entries(applyChanges(known, changes)).filter(([key, value]) => known[key] !== value);
      const number = Number(externalId.slice(PREFIX[side].length));
      changed.set(number, { ...changed.get(number), ...Object.fromEntries(after) });
      const now = shown(externalId);
      return now === "gone" ? undefined : now;
    },
    create: never,
    delete: never,
    find: never,
  };
}

function callOf(side: Side, method: string, externalId: string) {
  return { connectionId: CONNECTION[side], method, path: `/contacts/${externalId}`, status: 200, ms: 0 };
}
