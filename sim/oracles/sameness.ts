import type { DeskContact } from "../../sandbox/control/desk.ts";
import type { Subject } from "../ledger.ts";
import { EDITED, type EditedField, TAGS } from "../people.ts";

/**
 * When two values mean the same to a person who looks at both screens. Written apart from the hub's own normal forms on
 * purpose: an oracle that shares code with what it judges shares its mistakes.
 */

/** Everything that a person can compare between two screens. */
export const SUBJECTS: readonly Subject[] = [...EDITED, ...TAGS.map((tag) => `tag ${tag}` as const)];

/** What a screen shows of a subject, in the form in which it is compared. */
export function shown(contact: DeskContact, subject: Subject): string {
  if (!isField(subject)) return hasTag(contact, subject.slice("tag ".length)) ? "on" : "off";
  const value = contact.fields[subject] ?? "";
  return meaning(subject, typeof value === "string" ? value : value.join(","));
}

/** A value as people take it: letter case of an e-mail, and signs between the digits of a phone, say nothing. */
export function meaning(subject: Subject, value: string): string {
  if (subject === "email") return value.trim().toLowerCase();
  if (subject === "phone") return value.replaceAll(/\D/g, "").slice(-10);
  return value.trim();
}

function isField(subject: Subject): subject is EditedField {
  return !subject.startsWith("tag ");
}

function hasTag({ fields }: DeskContact, tag: string): boolean {
  return [fields.tags ?? []].flat().some((each) => each.toLowerCase() === tag);
}
