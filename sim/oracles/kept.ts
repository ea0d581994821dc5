import { otherSide, SIDES, type Side } from "../../model/record.ts";
import { type Deed, lastDeeds, livesOnAs, type Subject, subjectsOf } from "../ledger.ts";
import { nameOf, type Person, recordsOf } from "../people.ts";
import type { World } from "../world.ts";
import { mayStayApart } from "./begun.ts";
import { type Listed, listedOf } from "./listed.ts";
import { isOverwritten } from "./overwritten.ts";
import { meaning, shown } from "./sameness.ts";

/**
 * No edit of a person is lost: what a record says of a field is what somebody last said of it on one side or the other.
 * Which of the two, where both sides spoke, is for policy and timing; that nobody's value is invented, or brought back
 * after the same person replaced it, is not. SPEC: M1, M3 to M7, M10.
 */
export async function lostEdits(world: World): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { person, subject } of subjectsOf(world.ledger)) {
    for (const side of SIDES) found.push(...(await lostOn(world, side, person, subject)));
  }
  return found;
}

async function lostOn(world: World, side: Side, person: Person, subject: Subject): Promise<string[]> {
  const [record] = recordsOf(world.partners, side, person);
  if (record === undefined || isRemoved(world, person)) return [];
  const listed = await listedOf(world, side, record.id);
  if (listed.isAmbiguous || listed.isSetAside || listed.isUnlinked || isAsked(listed, subject)) return [];
  const [across] = recordsOf(world.partners, otherSide(side), person);
  if (across !== undefined && (await mayStayApart(world, person, subject, [record, across]))) return [];
  // M6: of two said at the same moment neither is the newer, until anything else in one of the records is changed.
  // I9: and of two that a person is asked about either may be chosen, whoever spoke later.
  const mayWait = world.habits.isAnswering === true || world.pastRules.some(({ conflict }) => conflict === "newest");
  const last = lastDeeds(world.ledger, person, subject, mayWait);
  const value = shown(record, subject);
  if (allowed(world, person, subject, last).includes(value)) return [];
  const said = Object.values(last).map((deed) => `"${deed.value}" on the ${deed.side} at ${deed.at}`);
  return [`${nameOf(person)}'s ${subject} is "${value}" on the ${side}, where people last said ${said.join(" and ")}`];
}

/** Whoever deletes a record, or one that it was merged into, deletes what was said in it and not carried yet. */
function isRemoved({ ledger }: World, person: Person): boolean {
  const { removals } = ledger;
  const ends = livesOnAs(ledger, person, "left");
  return removals.some((one) => one.person === person || (one.side === "left" && ends.includes(one.person)));
}

/** M6: a field that waits for a person stays as it is on both sides. */
function isAsked({ fields }: Listed, subject: Subject): boolean {
  return fields.has(subject.startsWith("tag ") ? "tags" : subject);
}

function allowed(world: World, person: Person, subject: Subject, last: Partial<Record<Side, Deed>>): string[] {
  const values = Object.values(last).map((deed) => meaning(subject, deed.value));
  const overwritten = Object.values(last).filter((deed) => isOverwritten(world, deed));
  // M7: what was cleared on one side only may stay on the other where clearing is not carried, whoever had said it.
  const mayStay = values.includes("") && world.pastRules.some((rules) => rules.clear === "leave");
  // D8: a link that goes on with the survivor of a merge brings along what was said of the retired one.
  const inherited = retiredInto(world, person).flatMap((retired) => everSaid(world, retired, subject));
  return [...values, ...overwritten.map(opposite), ...inherited, ...(mayStay ? everSaid(world, person, subject) : [])];
}

/** What a tag is where a deed about it did not come to be. */
function opposite({ value }: Deed): string {
  return value === "on" ? "off" : "on";
}

/** Whoever was merged into a person, or deleted while the person had their e-mail, which may look the same. */
function retiredInto({ ledger }: World, person: Person): readonly Person[] {
  const merged = ledger.merges.filter(({ survivor }) => survivor === person).map(({ retired }) => retired);
  return [...merged, ...ledger.removals.filter(({ heirs }) => heirs.includes(person)).map((one) => one.person)];
}

function everSaid({ ledger }: World, person: Person, subject: Subject): string[] {
  return ledger.deeds
    .filter((deed) => deed.person === person && deed.subject === subject)
    .map((deed) => meaning(subject, deed.value));
}
