import { SIDES, type Side } from "../../model/record.ts";
import { seen } from "../children/jots.ts";
import { emailOf, nameOf, type Person } from "../people.ts";
import { WORKSPACE_ID } from "../rules.ts";
import { asPerson } from "../screen.ts";
import { type GivenReply, noteDeed, noteEntered } from "./ledger.ts";
import { recordsOf } from "./people.ts";
import { type ShownJot, type ShownPerson, screenOf } from "./screens.ts";
import type { PairStepOf, Reply } from "./steps.ts";
import type { PairWorld } from "./world.ts";

/**
 * The reviews and answers of a run. Which one is meant stands in its words, in a mark that nobody ever edits, and so in the
 * note and in the task that are made of it.
 */

/** Plays what somebody does with a reply. */
export async function playReply(
  world: PairWorld,
  step: PairStepOf<"reply" | "amend" | "withdraw" | "dismiss">,
): Promise<void> {
  switch (step.kind) {
    case "reply":
      return give(world, step);
    case "amend":
      return amend(world, step);
    case "withdraw":
      return withdraw(world, step);
    case "dismiss":
      return dismiss(world, step);
    default:
      return step satisfies never;
  }
}

function markOf(reply: Reply): string {
  return `[reply ${reply}]`;
}

/** What was made of a reply on a side; more than one of a kind where it was made twice. */
export async function madeOf(
  world: PairWorld,
  side: Side,
  of: "notes" | "tasks",
  reply: Reply,
): Promise<readonly ShownJot[]> {
  const all = await screenOf(world, side).jots(of);
  return all.filter((one) => seen(one, "body").includes(markOf(reply)));
}

/** Nothing is said twice in a run. Whoever is not known yet is known by what they write, where they were invited. */
async function give(world: PairWorld, { reply, person, isLow }: PairStepOf<"reply">): Promise<void> {
  const { ledger, clock, partner } = world;
  const who = await replying(world, person);
  if (who === undefined || ledger.replies.has(reply)) return;
  const words = `${markOf(reply)} first words`;
  const id = partner.give({
    name: `${nameOf(person)} Silva`,
    isLow,
    words,
    email: who.email,
    contactId: who.contactId,
  });
  ledger.replies.set(reply, { reply, at: clock.now(), person, id, isLow, words, isWithdrawn: false });
  // Who is known at HighLevel only is met by what they write as if they were entered here.
  if (ledger.entered.get(person)?.has("right") === true || who.isThere) return;
  noteEntered(ledger, "right", person);
  noteDeed(ledger, { at: clock.now(), side: "right", person, field: "email", value: who.email });
}

/**
 * Under which address somebody replies: the one that both sides know them by. Who is deleted, or whose address is on its
 * way from one side to the other, replies to nothing: nobody could tell who they are.
 */
async function replying(world: PairWorld, person: Person) {
  const { ledger, partner } = world;
  if (ledger.removals.some((one) => one.person === person)) return undefined;
  const known: ShownPerson[] = [];
  for (const side of SIDES) known.push(...(await recordsOf(screenOf(world, side), person)).slice(0, 1));
  const emails = new Set(known.map(({ fields }) => fields.email ?? ""));
  const [right] = await recordsOf(screenOf(world, "right"), person);
  const contactId = partner.desk === undefined ? undefined : right?.screenId;
  const [email = emailOf(person)] = emails;
  if (emails.size > 1 || email === "") return undefined;
  // A product that knows people asks only those whom it knows.
  if (partner.desk !== undefined && contactId === undefined) return undefined;
  if (known.length === 0 && ledger.entered.has(person)) return undefined;
  return { email, contactId, isThere: right !== undefined };
}

async function amend({ ledger, partner }: PairWorld, { reply, words }: PairStepOf<"amend">): Promise<void> {
  const given = ledger.replies.get(reply);
  if (given === undefined || given.isWithdrawn || partner.amend === undefined) return;
  const next = `${markOf(reply)} ${words}`;
  partner.amend(given.id, next);
  ledger.replies.set(reply, { ...given, words: next });
}

async function withdraw({ ledger, partner }: PairWorld, { reply }: PairStepOf<"withdraw">): Promise<void> {
  const given = ledger.replies.get(reply);
  if (given === undefined || given.isWithdrawn || !asPerson(() => partner.withdraw?.(given.id))) return;
  ledger.replies.set(reply, { ...given, isWithdrawn: true });
}

/** Somebody at HighLevel deletes the note or the task that was made there of a reply, and that the hub knows. */
async function dismiss(world: PairWorld, { reply, of }: PairStepOf<"dismiss">): Promise<void> {
  const [made] = await madeOf(world, "left", of, reply);
  if (made === undefined) return;
  const link = await world.store.linkByRecord(WORKSPACE_ID, of, "left", made.id);
  if (link?.left === undefined || link.right === undefined) return;
  await screenOf(world, "left").discard(of, made.id);
  world.ledger.dismissed.push({ at: world.clock.now(), reply, of });
}

/** Whether somebody dismissed what was made of a reply. */
export function isDismissed({ ledger }: PairWorld, { reply }: GivenReply, of: "notes" | "tasks"): boolean {
  return ledger.dismissed.some((one) => one.reply === reply && one.of === of);
}
