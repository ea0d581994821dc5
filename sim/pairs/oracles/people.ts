import { otherSide, SIDES, type Side } from "../../../model/record.ts";
import { type Listed, listedOf } from "../../oracles/listed.ts";
import { meaning } from "../../oracles/sameness.ts";
import { NAMES, nameOf, type Person } from "../../people.ts";
import { HOUR_MS } from "../../rules.ts";
import { lastSaid } from "../ledger.ts";
import { PAIR_FIELDS, type PairField } from "../partner.ts";
import { recordsOf } from "../people.ts";
import { type ShownPerson, screenOf } from "../screens.ts";
import type { PairWorld } from "../world.ts";

/** What must be true of the people of every healed run. See `index.ts`. */

/** A person as both sides show them at the end. */
type Both = Readonly<Record<Side, readonly ShownPerson[]>> & { readonly person: Person };

async function everybody(world: PairWorld): Promise<readonly Both[]> {
  const left = await screenOf(world, "left").people();
  const right = await screenOf(world, "right").people();
  const named = (all: readonly ShownPerson[], name: string) => all.filter(({ firstName }) => firstName === name);
  return NAMES.map((name, person) => ({ person, left: named(left, name), right: named(right, name) }));
}

/** Nobody is there twice. SPEC: C1 to C4, I11. */
export async function doubledPeople(world: PairWorld): Promise<readonly string[]> {
  return (await everybody(world)).flatMap((both) =>
    SIDES.flatMap((side) => {
      const count = both[side].length;
      return count > 1 ? [`${nameOf(both.person)} is there ${count} times on the ${side}`] : [];
    }),
  );
}

/** Whom a person deleted does not come back, whatever they wrote before. SPEC: D2, C7. */
export async function returnedPeople(world: PairWorld): Promise<readonly string[]> {
  return (await everybody(world)).flatMap((both) =>
    world.ledger.removals.flatMap(({ person, side }) =>
      person === both.person && both[side].length > 0 && !isMoving(world, person, side)
        ? [`${nameOf(person)} was deleted on the ${side} and is there again`]
        : [],
    ),
  );
}

/**
 * Where an e-mail is the record itself, who is deleted on one side, while their e-mail is changed on that other, leaves
 * nothing that both had in common: the record under the new e-mail counts as new.
 */
function isMoving({ ledger, partner }: PairWorld, person: Person, side: Side): boolean {
  if (partner.desk === undefined || side === "right") return false;
  return ledger.removals.some((removal) =>
    ledger.deeds.some(
      (deed) =>
        deed.person === person &&
        removal.person === person &&
        deed.side === "right" &&
        deed.field === "email" &&
        deed.at > removal.at - ON_ITS_WAY_MS,
    ),
  );
}

/** Longer than a poll and all that follows from it take, an outage of an hour and a jump included, ms. */
const ON_ITS_WAY_MS = 3 * HOUR_MS;

/** Nobody is gone whom nobody deleted. SPEC: D1, D3, I11. */
export async function lostPeople(world: PairWorld): Promise<readonly string[]> {
  return (await everybody(world)).flatMap((both) =>
    SIDES.flatMap((side) => {
      const isEntered = world.ledger.entered.get(both.person)?.has(side) === true;
      const isRemoved = world.ledger.removals.some(({ person }) => person === both.person);
      return isEntered && !isRemoved && both[side].length === 0
        ? [`${nameOf(both.person)} was entered on the ${side}, and is gone though nobody deleted them`]
        : [];
    }),
  );
}

/** Where the policy says so, a deletion reaches the other side, unless somebody changed the record there. SPEC: D3, D4. */
export async function uncarriedRemovals(world: PairWorld): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { person, side } of world.ledger.removals) {
    const across = otherSide(side);
    const [record] = await recordsOf(screenOf(world, across), person);
    if (record === undefined || policyOf(world, side) !== "delete") continue;
    if (world.ledger.deeds.some((deed) => deed.person === person && deed.side === across)) continue;
    if (isExcused(await listedOf(world, across, record.id))) continue;
    found.push(`${nameOf(person)} was deleted on the ${side} and is still on the ${across}, where nobody changed them`);
  }
  return found;
}

function policyOf({ habits }: PairWorld, side: Side) {
  return side === "left" ? habits.onLeftGone : habits.onRightGone;
}

function isExcused({ isAmbiguous, isSetAside, isUnlinked }: Listed): boolean {
  return isAmbiguous || isSetAside || isUnlinked;
}

/** Both sides say the same of everybody, or the hub says why not. SPEC: E4, I4, M6, M7, D4, D5. */
export async function differingPeople(world: PairWorld): Promise<readonly string[]> {
  const found: string[] = [];
  for (const both of await everybody(world)) {
    const [left] = both.left;
    const [right] = both.right;
    if (left !== undefined && right !== undefined) found.push(...(await apart(world, both.person, left, right)));
    else if (left !== undefined) found.push(...(await alone(world, both.person, "left", left)));
    else if (right !== undefined) found.push(...(await alone(world, both.person, "right", right)));
  }
  return found;
}

async function apart(world: PairWorld, person: Person, left: ShownPerson, right: ShownPerson): Promise<string[]> {
  const told = await listedOf(world, "left", left.id);
  if (isExcused(told) || isExcused(await listedOf(world, "right", right.id))) return [];
  if (told.link?.right?.externalId !== right.id) return [`the two records of ${nameOf(person)} are not linked`];
  return fieldsOf(world).flatMap((field) => {
    const [one, other] = [shown(left, field), shown(right, field)];
    const mayDiffer = [one, other].includes("") && world.habits.clear === "leave";
    if (one === other || mayDiffer || isListed(world, told, field)) return [];
    return [`${nameOf(person)}'s ${field} is "${one}" on the left and "${other}" on the right, and nobody was told`];
  });
}

/** The fields that both sides have. */
function fieldsOf({ partner }: PairWorld): readonly PairField[] {
  return PAIR_FIELDS.filter((field) => partner.rows[field] !== undefined);
}

function isListed({ partner }: PairWorld, { fields }: Listed, field: PairField): boolean {
  return fields.has(field) || fields.has(partner.rows[field] ?? field);
}

function shown({ fields }: ShownPerson, field: PairField): string {
  return meaning(field, fields[field] ?? "");
}

async function alone(world: PairWorld, person: Person, side: Side, record: ShownPerson): Promise<string[]> {
  const told = await listedOf(world, side, record.id);
  const isLeftAlone =
    policyOf(world, otherSide(side)) === "leave" &&
    world.ledger.removals.some((one) => one.person === person && one.side !== side);
  if (isExcused(told) || isLeftAlone) return [];
  return [`${nameOf(person)} is on the ${side} only, and nobody was told (link ${told.link?.state ?? "none"})`];
}

/** No edit is lost: a field says what somebody last said of it on one side or the other. SPEC: M1, M3 to M7. */
export async function lostDeeds(world: PairWorld): Promise<readonly string[]> {
  const found: string[] = [];
  for (const both of await everybody(world)) {
    if (world.ledger.removals.some(({ person }) => person === both.person)) continue;
    for (const side of SIDES) {
      const [record] = both[side];
      if (record !== undefined) found.push(...(await lostIn(world, both.person, side, record)));
    }
  }
  return found;
}

async function lostIn(world: PairWorld, person: Person, side: Side, record: ShownPerson): Promise<string[]> {
  const { ledger, habits } = world;
  const told = await listedOf(world, side, record.id);
  if (isExcused(told)) return [];
  return fieldsOf(world).flatMap((field) => {
    const ever = ledger.deeds.filter((deed) => deed.person === person && deed.field === field);
    if (ever.length === 0 || isListed(world, told, field)) return [];
    const last = lastSaid(ledger, person, field, habits.conflict === "newest");
    const mayStay = last.includes("") && habits.clear === "leave";
    const allowed = mayStay ? ever.map(({ value }) => value) : last;
    if (allowed.some((value) => meaning(field, value) === shown(record, field))) return [];
    const said = last.map((value) => `"${value}"`).join(" and ");
    return [`${nameOf(person)}'s ${field} is "${shown(record, field)}" on the ${side}, where people last said ${said}`];
  });
}
