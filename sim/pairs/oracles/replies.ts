import { SIDES } from "../../../model/record.ts";
import { seen } from "../../children/jots.ts";
import { nameOf } from "../../people.ts";
import type { GivenReply } from "../ledger.ts";
import { recordsOf } from "../people.ts";
import { isDismissed, madeOf } from "../replies.ts";
import { screenOf } from "../screens.ts";
import type { PairWorld } from "../world.ts";
import { isFollowed } from "./jots.ts";

/** What must be true of reviews and answers in every healed run. See `index.ts`. */

const MADE = ["notes", "tasks"] as const;

function called({ reply, person }: GivenReply): string {
  return `reply ${reply} of ${nameOf(person)}`;
}

/** Nothing is made twice of a reply, and what was dismissed or withdrawn does not come back. SPEC: TM20, TM21, TP7. */
export async function repeatedReplies(world: PairWorld): Promise<readonly string[]> {
  const found: string[] = [];
  for (const given of world.ledger.replies.values()) {
    for (const side of SIDES) {
      for (const of of MADE) {
        const count = (await madeOf(world, side, of, given.reply)).length;
        const isUnasked = of === "tasks" && !given.isLow && count > 0;
        const isBack = side === "left" && isDismissed(world, given, of) && count > 0;
        if (count > 1) found.push(`${called(given)} made ${count} ${of} on the ${side}`);
        if (isUnasked) found.push(`${called(given)} was a good one, and made a task on the ${side}`);
        if (isBack) found.push(`what ${called(given)} made of the ${of} was dismissed, and is there again`);
        if (of === "notes" && given.isWithdrawn && count > 0 && !mayStay(world, side))
          found.push(`${called(given)} was withdrawn, and its note is still on the ${side}`);
      }
    }
  }
  return found;
}

/** D5: where deletions are not carried, what was made across stays. */
function mayStay({ habits }: PairWorld, side: "left" | "right"): boolean {
  return side === "left" && habits.onRightGone !== "delete";
}

/** Every reply is a note of its person on both sides, in its present words, and a low one a task. SPEC: TA02, TA03, TA08, TA09. */
export async function lostReplies(world: PairWorld): Promise<readonly string[]> {
  const found: string[] = [];
  for (const given of world.ledger.replies.values()) {
    if (given.isWithdrawn || !(await isPersonFollowed(world, given))) continue;
    for (const of of MADE) if (of === "notes" || given.isLow) found.push(...(await lost(world, given, of)));
  }
  return found;
}

async function isPersonFollowed(world: PairWorld, { person }: GivenReply): Promise<boolean> {
  if (world.ledger.removals.some((one) => one.person === person)) return false;
  const [right] = await recordsOf(screenOf(world, "right"), person);
  return right !== undefined && isFollowed(world, "right", right.id);
}

async function lost(world: PairWorld, given: GivenReply, of: (typeof MADE)[number]): Promise<string[]> {
  if (isDismissed(world, given, of)) return [];
  const found: string[] = [];
  for (const side of SIDES) {
    const [made] = await madeOf(world, side, of, given.reply);
    const [person] = await recordsOf(screenOf(world, side), given.person);
    if (made === undefined) found.push(`${called(given)} has no ${of} on the ${side}`);
    else if (made.contactId !== person?.id)
      found.push(`the ${of} of ${called(given)} are under somebody else on the ${side}`);
    else if (of === "notes" && !seen(made, "body").includes(given.words))
      found.push(`${called(given)} says "${given.words}", and its note on the ${side} says "${seen(made, "body")}"`);
  }
  return found;
}
