import type { Side } from "../model/record.ts";
import type { DeskContact, DeskFields } from "../sandbox/control/desk.ts";
import type { Partners } from "./partners.ts";

/**
 * The invented people of a run. Who somebody is stands in the first name, which nobody ever edits: that is how the
 * oracles know a person again, whatever the hub makes of e-mails and phones.
 */
export const NAMES = ["Ana", "Bela", "Cleo", "Dora", "Emil", "Fay", "Gus", "Hana"] as const;

/** A person: the place in `NAMES`. */
export type Person = number;

/** The fields that people edit, beside tags. */
export const EDITED = ["city", "state", "postalCode", "addressLine1", "website", "phone", "email"] as const;
export type EditedField = (typeof EDITED)[number];

/** The tags that people give and take. */
export const TAGS = ["vip", "lead", "north"] as const;
export type Tag = (typeof TAGS)[number];

/** The first name of a person. */
export function nameOf(person: Person): string {
  return NAMES[person] ?? `Person${person}`;
}

/** What is known of a person when somebody enters them; nobody else has the same e-mail or phone. */
export function firstFields(person: Person, isNameless: boolean): DeskFields {
  const name = { firstName: nameOf(person), lastName: "Silva" };
  if (isNameless) return name;
  return { ...name, email: emailOf(person), phone: phoneOf(person) };
}

/** The e-mail that a person begins with. */
export function emailOf(person: Person): string {
  return `${nameOf(person).toLowerCase()}@example.com`;
}

/** The phone that a person begins with, as an international number. */
export function phoneOf(person: Person): string {
  return `+1201555010${person}`;
}

/** Most records that are looked at on one side; a run has a dozen. */
const RECORDS_MAX = 1_000;

/** The living records of a person on a side, newest first. */
export function recordsOf(partners: Partners, side: Side, person: Person): readonly DeskContact[] {
  return everybody(partners, side).filter((contact) => contact.fields.firstName === nameOf(person));
}

/** All living records of a side, newest first. */
export function everybody(partners: Partners, side: Side): readonly DeskContact[] {
  return partners.desk[side].list("", 0, RECORDS_MAX).contacts;
}
