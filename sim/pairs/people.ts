import { otherSide, type Side } from "../../model/record.ts";
import { emailOf, NAMES, nameOf, type Person, phoneOf } from "../people.ts";
import { SYNC_ID, WORKSPACE_ID } from "../rules.ts";
import { noteDeed, noteEntered } from "./ledger.ts";
import type { PairField } from "./partner.ts";
import { type Screen, type ShownPerson, screenOf } from "./screens.ts";
import type { PairStepOf } from "./steps.ts";
import type { PairWorld } from "./world.ts";

/** What people do with contacts, on either side. */

/** A person's records on a side. */
export async function recordsOf(screen: Screen, person: Person): Promise<readonly ShownPerson[]> {
  return (await screen.people()).filter(({ firstName }) => firstName === nameOf(person));
}

/** Somebody is entered once in a run. */
export async function enter(world: PairWorld, { person, sides }: PairStepOf<"enter">): Promise<void> {
  if (world.ledger.entered.has(person)) return;
  for (const side of sides) {
    const screen = screenOf(world, side);
    const said = { email: emailOf(person), phone: phoneOf(person) };
    await screen.enter(nameOf(person), said);
    const [made] = await recordsOf(screen, person);
    if (made !== undefined) noteSaid(world, side, person, {}, said);
    // What a person had the hub make may have been made just then, by a process that died over it.
    if (made !== undefined) noteEntered(world.ledger, side, person);
  }
}

function noteSaid(
  { ledger, clock }: PairWorld,
  side: Side,
  person: Person,
  before: ShownPerson["fields"],
  after: ShownPerson["fields"],
): void {
  for (const [key, value] of Object.entries(after)) {
    const field = key as PairField; // the keys of a person's fields
    // What was there before is no edit, and leaves no trace at the product.
    if ((before[field] ?? "") !== value) noteDeed(ledger, { at: clock.now(), side, person, field, value });
  }
}

export async function edit(
  world: PairWorld,
  { person, side, field, value }: Omit<PairStepOf<"edit">, "kind">,
): Promise<void> {
  const isIdentity = field === "email" || field === "phone";
  // Two records that lose all that they have in common before anybody compared them are two people.
  if (!(await (isIdentity ? isKnown : isFollowed)(world, side, person))) return;
  if (field === "email" && (await isUnheard(world, person)) && !(await isPaired(world, side, person))) return;
  await change(world, side, person, { [field]: value });
}

/** Changes fields on a side's screen. @returns whether it came to be */
async function change(world: PairWorld, side: Side, person: Person, said: ShownPerson["fields"]): Promise<boolean> {
  const screen = screenOf(world, side);
  const [record] = await recordsOf(screen, person);
  if (record === undefined) return false;
  await screen.edit(record.screenId, said);
  const [after] = await recordsOf(screen, person);
  const isTaken = Object.entries(said).every(([key, value]) => after?.fields[key as PairField] === value);
  if (isTaken) noteSaid(world, side, person, record.fields, said);
  return isTaken;
}

const TRIES = 5;
/** Longer than it takes until another process has begun, ms. */
const SOON_MS = 10_000;

export async function remove(world: PairWorld, { person, side }: PairStepOf<"remove">): Promise<void> {
  const screen = screenOf(world, side);
  const [record] = await recordsOf(screen, person);
  if (record === undefined || !(await isKnown(world, side, person)) || isMistakable(world, person)) return;
  const at = world.clock.now();
  await screen.remove(record.screenId);
  // Where the hub died over it, half of it may be done: whoever sees that they are still there deletes them again.
  for (let again = 0; again < TRIES && (await recordsOf(screen, person)).length > 0; again += 1) {
    await world.clock.advance(SOON_MS);
    await screen.remove(record.screenId);
  }
  if ((await recordsOf(screen, person)).length === 0) world.ledger.removals.push({ at, side, person });
}

/**
 * Whether a person wrote something that the hub has not met yet, to a product that tells people by their address only: under
 * an address that the hub never saw, or that is somebody else's by then, nobody could tell whose it is.
 */
async function isUnheard(world: PairWorld, person: Person): Promise<boolean> {
  if (world.partner.desk !== undefined) return false;
  const notes = new Set((await screenOf(world, "right").jots("notes")).map(({ id }) => id));
  return [...world.ledger.replies.values()].some((one) => one.person === person && !notes.has(one.id));
}

/** Whoever had an e-mail that somebody else had as well may be taken for merged with them (D8). */
function isMistakable({ ledger }: PairWorld, person: Person): boolean {
  const emails = ledger.deeds.filter(({ field }) => field === "email");
  const own = new Set(emails.filter((deed) => deed.person === person).map(({ value }) => value));
  return emails.some((deed) => deed.person !== person && own.has(deed.value));
}

/** Two people exchange their e-mails, by way of a third. */
export async function swap(world: PairWorld, { one, other, side }: PairStepOf<"swap">): Promise<void> {
  const screen = screenOf(world, side);
  // Where an e-mail is the record itself, two that exchange theirs look like two that exchange all the rest.
  if (side === "right" && world.partner.desk !== undefined) return;
  if ((await isUnheard(world, one)) || (await isUnheard(world, other))) return;
  const emails: string[] = [];
  for (const person of [one, other]) {
    if (world.ledger.removals.some((removal) => removal.person === person)) return;
    if (!(await isPaired(world, side, person))) return;
    if ((await recordsOf(screenOf(world, otherSide(side)), person)).length !== 1) return;
    emails.push((await recordsOf(screen, person))[0]?.fields.email ?? "");
  }
  const [ofOne = "", ofOther = ""] = emails;
  if (ofOne === "" || ofOther === "") return;
  if (!(await change(world, side, one, { email: `between.${NAMES[one]?.toLowerCase()}@example.net` }))) return;
  await change(world, side, other, { email: ofOne });
  await change(world, side, one, { email: ofOther });
}

/** Whether a person may act on this record: one that people entered themselves, or a copy that the hub knows it made. */
async function isFollowed(world: PairWorld, side: Side, person: Person): Promise<boolean> {
  return world.ledger.entered.get(person)?.has(side) === true || (await isPaired(world, side, person));
}

/**
 * Whether the hub can know that a deleted record was there: it has linked it, or it is the only one that people entered.
 */
async function isKnown(world: PairWorld, side: Side, person: Person): Promise<boolean> {
  const entered = world.ledger.entered.get(person);
  const isOnlyOne = entered?.size === 1 && entered.has(side);
  return isOnlyOne || (await isPaired(world, side, person));
}

async function isPaired(world: PairWorld, side: Side, person: Person): Promise<boolean> {
  const [record] = await recordsOf(screenOf(world, side), person);
  if (record === undefined) return false;
  const link = await world.store.linkByRecord(WORKSPACE_ID, SYNC_ID, side, record.id);
  return link?.left !== undefined && link.right !== undefined;
}
