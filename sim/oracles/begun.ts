import { otherSide, SIDES, type Side } from "../../model/record.ts";
import type { DeskContact } from "../../sandbox/control/desk.ts";
import { isMerged } from "../acts.ts";
import type { Subject } from "../ledger.ts";
import { NAMES, nameOf, type Person, recordsOf } from "../people.ts";
import { SYNC_ID, WORKSPACE_ID } from "../rules.ts";
import type { World } from "../world.ts";
import type { Listed } from "./listed.ts";
import { shown } from "./sameness.ts";

/** What holds of records that were there before the sync was started, where it was not started in full. SPEC: T4 to T6. */

/** When the start had ended, epoch ms: what people did until then was there before. */
async function begunAt({ store }: World): Promise<number> {
  return (await store.checkpoint(WORKSPACE_ID, SYNC_ID, "left", "start"))?.finishedAt ?? Number.POSITIVE_INFINITY;
}

/** When somebody put a person in on a side, epoch ms; never, where the hub did. */
function enteredAt({ ledger }: World, person: Person, side: Side): number {
  if (ledger.entered.get(person)?.has(side) !== true) return Number.POSITIVE_INFINITY;
  return ledger.deeds.find((deed) => deed.person === person && deed.side === side)?.at ?? 0;
}

/** Whether a record was left alone, as was chosen: it was there before and has no counterpart. */
export async function isHeldBack(world: World, person: Person, side: Side, { link }: Listed): Promise<boolean> {
  return link?.beforeStart === "newOnly" && enteredAt(world, person, side) <= (await begunAt(world));
}

/**
 * Whether a field may differ because it did so at the start: nobody has said anything of it since. Where only one of the two
 * was there before, they are agreed on as they are when the hub meets the other, which nobody but the hub can date.
 */
export async function mayStayApart(
  world: World,
  person: Person,
  subject: Subject,
  [left, right]: readonly [DeskContact, DeskContact],
): Promise<boolean> {
  const { start = "full" } = world.rules();
  if (start === "full") return false;
  if (start === "fillEmpty" && [left, right].some((record) => shown(record, subject) === "")) return false;
  const at = await begunAt(world);
  // D8: whoever goes on with another's counterpart is agreed on with it as they are when the hub learns of it.
  const merges = world.ledger.merges.filter(({ survivor }) => survivor === person);
  const mergedAt = Math.max(...merges.map((merge) => merge.at));
  if (merges.length > 0) return !isSaidSince(world, person, subject, Math.max(at, mergedAt));
  const sidesBefore = SIDES.filter((side) => enteredAt(world, person, side) <= at).length;
  if (sidesBefore === 1) return SIDES.every((side) => Number.isFinite(enteredAt(world, person, side)));
  return sidesBefore === 2 && !isSaidSince(world, person, subject, at);
}

function isSaidSince({ ledger }: World, person: Person, subject: Subject, at: number): boolean {
  return ledger.deeds.some((deed) => deed.person === person && deed.subject === subject && deed.at > at);
}

/**
 * Started with new records only, who was on one side is left alone, and what differed is left as it was; the latter also
 * where only empty fields are filled. Whom anything else happened to is for the other oracles.
 */
export async function startBroken(world: World, startedAt: number): Promise<readonly string[]> {
  const { start = "full" } = world.rules();
  if (start === "full") return [];
  return [...NAMES.keys()].flatMap((person) => {
    const sides = SIDES.filter((side) => enteredAt(world, person, side) === startedAt);
    const isAskedFor = world.ledger.answers.some((answer) => answer.kind === "new" && answer.person === person);
    if (isAskedFor || isDisturbed(world, person) || sides.length !== world.ledger.entered.get(person)?.size) return [];
    const [side] = sides;
    if (sides.length === 1 && side !== undefined) return start === "newOnly" ? copied(world, person, side) : [];
    return SIDES.flatMap((one) => altered(world, person, one, startedAt));
  });
}

function isDisturbed(world: World, person: Person): boolean {
  const { removals, restorations } = world.ledger;
  return isMerged(world, person) || [...removals, ...restorations].some((one) => one.person === person);
}

function copied(world: World, person: Person, side: Side): string[] {
  return recordsOf(world.partners, otherSide(side), person).length === 0
    ? []
    : [`${nameOf(person)} was on the ${side} before a start with new records only, and was made across`];
}

/**
 * A city that stood against another from the start, and of which nobody has said anything since the record was put in: an
 * edit of the moment before may have been shown by no listing yet, and then travels like a later one.
 */
function altered({ ledger, partners }: World, person: Person, side: Side, startedAt: number): string[] {
  const deeds = ledger.deeds.filter((deed) => deed.person === person && deed.subject === "city");
  const own = deeds.find((deed) => deed.side === side);
  const [record] = recordsOf(partners, side, person);
  const isOfBoth = SIDES.every((one) => deeds.some((deed) => deed.side === one));
  const isOfStart = deeds.every(({ at, isEntry }) => at === startedAt && isEntry === true);
  const isUntouched = isOfBoth && deeds.length === SIDES.length && isOfStart;
  if (!isUntouched || own === undefined || record === undefined || shown(record, "city") === own.value) return [];
  return [
    `${nameOf(person)}'s city was "${own.value}" on the ${side} before the start, and is "${shown(record, "city")}"`,
  ];
}
