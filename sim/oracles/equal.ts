import { otherSide, SIDES, type Side } from "../../model/record.ts";
import type { DeskContact } from "../../sandbox/control/desk.ts";
import { type Ledger, livesOnAs, type Subject } from "../ledger.ts";
import { NAMES, nameOf, type Person, recordsOf } from "../people.ts";
import type { World } from "../world.ts";
import { isHeldBack, mayStayApart } from "./begun.ts";
import { type Listed, listedOf } from "./listed.ts";
import { SUBJECTS, shown } from "./sameness.ts";

/**
 * Both sides say the same of everybody, or the hub says why not. SPEC: E4, I4, M6, M7, D4, D5.
 * @returns each difference that nobody was told of, in words
 */
export async function differences(world: World): Promise<readonly string[]> {
  const found: string[] = [];
  for (const person of NAMES.keys()) {
    const [left] = recordsOf(world.partners, "left", person);
    const [right] = recordsOf(world.partners, "right", person);
    if (left !== undefined && right !== undefined) found.push(...(await apart(world, person, left, right)));
    else if (left !== undefined) found.push(...(await alone(world, person, "left", left)));
    else if (right !== undefined) found.push(...(await alone(world, person, "right", right)));
  }
  return found;
}

async function apart(world: World, person: Person, left: DeskContact, right: DeskContact): Promise<string[]> {
  const listed = { left: await listedOf(world, "left", left.id), right: await listedOf(world, "right", right.id) };
  if (SIDES.some((side) => isExcused(listed[side]))) return [];
  const found: string[] = [];
  for (const subject of SUBJECTS) {
    if (isSame(world, subject, left, right) || isListed(listed.left, subject)) continue;
    if (await mayStayApart(world, person, subject, [left, right])) continue;
    const [one, other] = [shown(left, subject), shown(right, subject)];
    found.push(
      `${nameOf(person)}'s ${subject} is "${one}" on the left and "${other}" on the right, and nobody was told`,
    );
  }
  return found;
}

/** M7: where emptying a field is not carried, an empty one may stand beside a filled one. */
function isSame({ pastRules }: World, subject: Subject, left: DeskContact, right: DeskContact): boolean {
  const values = [shown(left, subject), shown(right, subject)];
  if (values[0] === values[1]) return true;
  return values.includes("") && pastRules.some((rules) => rules.clear === "leave");
}

function isListed({ fields }: Listed, subject: Subject): boolean {
  return fields.has(subject.startsWith("tag ") ? "tags" : subject);
}

function isExcused({ isAmbiguous, isSetAside, isUnlinked }: Listed): boolean {
  return isAmbiguous || isSetAside || isUnlinked;
}

async function alone(world: World, person: Person, side: Side, record: DeskContact): Promise<string[]> {
  const listed = await listedOf(world, side, record.id);
  if (isExcused(listed) || isLeftAlone(world, person, side) || (await isHeldBack(world, person, side, listed)))
    return [];
  return [`${nameOf(person)} is on the ${side} only, and nobody was told (link ${listed.link?.state ?? "none"})`];
}

/** D5: under `leave` a counterpart stays where a person deleted the other, or whom it was merged into. */
function isLeftAlone({ ledger, pastRules }: World, person: Person, side: Side): boolean {
  const isRemoved = livesOnAs(ledger, person, otherSide(side)).some((end) => isDeleted(ledger, end, otherSide(side)));
  const policy = side === "left" ? "onRightGone" : "onLeftGone";
  return isRemoved && pastRules.some((rules) => rules[policy] === "leave");
}

function isDeleted({ removals }: Ledger, person: Person, side: Side): boolean {
  return removals.some((one) => one.person === person && one.side === side);
}
