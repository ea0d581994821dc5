import { otherSide, SIDES } from "../../model/record.ts";
import { isMerged } from "../acts.ts";
import { type Answer, answersOf, subjectOf } from "../answers.ts";
import { everybody, nameOf, type Person, recordsOf } from "../people.ts";
import { WORKSPACE_ID } from "../rules.ts";
import type { World } from "../world.ts";
import { listedOf } from "./listed.ts";

/** What people answered is carried out, and no question waits that was answered. SPEC: I7, I8, I9, T5. */
export async function unheard(world: World): Promise<readonly string[]> {
  const found: string[] = [];
  for (const answer of world.ledger.answers) found.push(...(await ignored(world, answer)));
  return [...found, ...(await askedAgain(world))];
}

async function ignored(world: World, answer: Answer): Promise<string[]> {
  switch (answer.kind) {
    case "same":
      return isDisturbed(world, answer.person) ? [] : apart(world, answer);
    case "different":
      return together(world, answer);
    case "new":
      return isDisturbed(world, answer.person) ? [] : alone(world, answer);
    case "keep":
      return []; // what a field says is for the oracle of edits; that it is asked no more, for `askedAgain`
    default:
      return answer satisfies never;
  }
}

type Of<Kind extends Answer["kind"]> = Extract<Answer, { readonly kind: Kind }>;

async function apart(world: World, { ids, person }: Of<"same">): Promise<string[]> {
  if (SIDES.some((side) => !everybody(world.partners, side).some(({ id }) => id === ids[side]))) return [];
  const told = await listedOf(world, "left", ids.left);
  if (told.link?.right?.externalId === ids.right || told.isSetAside) return [];
  return [`somebody said that both records of ${nameOf(person)} are the same, and they are not linked`];
}

async function together(world: World, { ids }: Of<"different">): Promise<string[]> {
  const { link } = await listedOf(world, "left", ids.left);
  return link?.right?.externalId === ids.right
    ? [`somebody said that ${ids.left} and ${ids.right} are different people, and they are linked`]
    : [];
}

async function alone(world: World, { person, side }: Of<"new">): Promise<string[]> {
  const [record] = recordsOf(world.partners, side, person);
  if (record === undefined || recordsOf(world.partners, otherSide(side), person).length > 0) return [];
  const { isAmbiguous, isSetAside } = await listedOf(world, side, record.id);
  return isAmbiguous || isSetAside
    ? []
    : [`somebody said that ${nameOf(person)} on the ${side} is new, and no counterpart was made`];
}

function isDisturbed(world: World, person: Person): boolean {
  const { removals, restorations } = world.ledger;
  return isMerged(world, person) || [...removals, ...restorations].some((one) => one.person === person);
}

/** Longer than it takes to carry an answer out once nothing fails, ms. */
const CARRIED_MS = 600_000;

/** Questions that wait although the very answer to them was given. A field can be in conflict again by a later edit. */
async function askedAgain(world: World): Promise<string[]> {
  const now = world.clock.now();
  const aside = await world.store.troubledKeys(WORKSPACE_ID, { state: "dead", limit: KEYS_MAX });
  return (await answersOf(world, 0)).flatMap((open) => {
    const given = world.ledger.answers.findLast((answer) => isSameQuestion(answer, open));
    const isOld = given !== undefined && now - given.at > CARRIED_MS;
    // Q8: where a partner refuses what would be written with it, the link is set aside with the partner's words.
    const [, linkId] = open.key.split(":");
    const isRefused = aside.some(({ key }) => key === `link:${linkId}` || key === open.key);
    if (!isOld || isRefused || isSaidSince(world, open, given.at)) return [];
    return [`"${open.key}" was answered at ${given.at}, and waits`];
  });
}

const KEYS_MAX = 1_000;

function isSameQuestion(one: Answer, other: Answer): boolean {
  if (one.kind !== "keep" || other.kind !== "keep") return one.key === other.key;
  return one.person === other.person && one.field === other.field;
}

function isSaidSince({ ledger }: World, open: Answer, at: number): boolean {
  if (open.kind !== "keep") return false;
  const subject = subjectOf(open.field);
  return ledger.deeds.some((deed) => deed.person === open.person && deed.subject === subject && deed.at >= at);
}
