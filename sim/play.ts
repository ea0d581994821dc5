import { PRIORITIES, type Priority } from "../kit/http.ts";
import { otherSide, SIDES, type Side } from "../model/record.ts";
import type { DeskFields } from "../sandbox/control/desk.ts";
import { merge, restore } from "./acts.ts";
import { answer } from "./answers.ts";
import { playJot } from "./children/play.ts";
import { noteEdited, noteEntered, noteTagged } from "./ledger.ts";
import { everybody, firstFields, NAMES, nameOf, type Person, recordsOf } from "./people.ts";
import type { Plan, Resident } from "./plan.ts";
import { SYNC_ID, WORKSPACE_ID } from "./rules.ts";
import { asPerson } from "./screen.ts";
import { isDisturbing, type Step, type StepOf } from "./steps.ts";
import type { World } from "./world.ts";

/**
 * Puts the residents in before the hub begins, as if they had always been there.
 */
export function settleIn(world: World, { residents, habits }: Plan): void {
  for (const resident of residents) {
    for (const side of resident.sides) moveIn(world, side, resident, habits.nameless.includes(resident.person));
  }
}

function moveIn({ partners, ledger, clock }: World, side: Side, resident: Resident, isNameless: boolean): void {
  const known = firstFields(resident.person, isNameless);
  const unlike = { email: `private.${known.email}`, phone: "" };
  const isOther = resident.isUnlike === true && side === "right";
  const fields = { ...known, ...(isOther ? unlike : {}), city: resident.cities[side] };
  const { seed } = side === "left" ? partners.highlevel : partners.salesmate;
  seed([{ fields }]);
  noteEntered(ledger, clock.now(), side, resident.person, fields);
}

/** Plays one step and lets all happen that needs no time. A step that makes no sense where things stand does nothing. */
export async function play(world: World, step: Step): Promise<void> {
  world.trace.note("step", JSON.stringify(step));
  if (isDisturbing(step)) world.ledger.disturbedAt ??= world.clock.now();
  await act(world, step);
  await world.turns.settle();
}

async function act(world: World, step: Step): Promise<void> {
  switch (step.kind) {
    case "enter":
      return enter(world, step);
    case "join":
      return join(world, step);
    case "edit":
      return edit(world, step);
    case "clash":
      return clash(world, step);
    case "type":
      return type(world, step);
    case "tag":
      return tag(world, step);
    case "remove":
      return remove(world, step);
    case "answer":
      return answer(world, step.roll);
    case "swap":
      return swap(world, step);
    case "share":
      return share(world, step);
    case "pause":
      return pause(world, step.isPaused);
    case "configure":
      return world.configure(step.change);
    case "wait":
      return world.clock.advance(step.ms);
    case "jump":
      return world.clock.jump(step.ms);
    case "wire":
      return arm(world, step);
    case "partner":
      return void controlOf(world, step.side).faults.set([step.fault]);
    case "outage":
      return world.network.cutOff(step.side, world.clock.now() + step.ms);
    case "webhooks":
      return void world.partners.highlevel.control.faults.set({ webhooks: step.faults });
    case "crash":
      return world.hub()?.life.endAtAwait(step.awaits, step.when);
    case "second":
      return world.startHub();
    case "revoke":
      return revoke(world, step.token);
    case "merge":
      return merge(world, step.survivor, step.retired);
    case "restore":
      return restore(world, step.side, step.person);
    case "write":
    case "rewrite":
    case "discard":
      return playJot(world, step);
    default:
      return step satisfies never;
  }
}

function controlOf({ partners }: World, side: Side) {
  return side === "left" ? partners.highlevel.control : partners.salesmate.control;
}

/** Somebody is entered once in a run. Without e-mail and phone nobody could tell two of them apart. */
function enter(world: World, { person, sides, city }: StepOf<"enter">): void {
  if (world.ledger.entered.has(person)) return;
  const isNameless = world.habits.nameless.includes(person);
  for (const side of isNameless || hidesTwins(world) ? sides.slice(0, 1) : sides) {
    const fields = { ...firstFields(person, isNameless), city };
    if (!asPerson(() => world.partners.desk[side].create(fields))) continue;
    noteEntered(world.ledger, world.clock.now(), side, person, fields);
  }
}

/** Where HighLevel takes the same person twice and its look-up lags, nobody could tell that they are there already. */
function hidesTwins({ habits: { highlevel } }: World): boolean {
  return highlevel.allowDuplicateContact === true && (highlevel.searchLagMs ?? 0) > 0;
}

/** The other is known on both sides: else the two would be one person by every rule that a sync can have. */
async function join(world: World, { person, other, side }: StepOf<"join">): Promise<void> {
  if (world.ledger.entered.has(person) || !(await isLinked(world, side, other))) return;
  const email = String(recordsOf(world.partners, side, other)[0]?.fields.email ?? "");
  const fields = { ...firstFields(person, true), email };
  if (email === "" || !asPerson(() => world.partners.desk[side].create(fields))) return;
  noteEntered(world.ledger, world.clock.now(), side, person, fields);
}

async function clash(world: World, { person, field, values: [left, right] }: StepOf<"clash">): Promise<void> {
  await edit(world, { kind: "edit", person, side: "left", field, value: left });
  await edit(world, { kind: "edit", person, side: "right", field, value: right });
}

async function edit(world: World, { person, side, field, value }: StepOf<"edit">): Promise<void> {
  const isIdentity = field === "email" || field === "phone";
  if (isIdentity && world.habits.nameless.includes(person)) return;
  // Two records that lose all that they have in common before anybody compared them are two people.
  if (!(await (isIdentity ? isKnown : isFollowed)(world, side, person))) return;
  change(world, side, person, { [field]: value });
}

/**
 * Whoever types takes time. It is a burst where the hub knows both records, is told of every edit, as by HighLevel, and
 * nothing has gone wrong before; a poll that happens to see a first edit at Salesmate can not know that others follow.
 */
async function type(world: World, { person, side, field, values, everyMs }: StepOf<"type">): Promise<void> {
  const { clock, ledger, store, partners } = world;
  const [record] = recordsOf(partners, side, person);
  const link = record && (await store.linkByRecord(WORKSPACE_ID, SYNC_ID, side, record.id));
  const acrossId = link?.state === "linked" ? link[otherSide(side)]?.externalId : undefined;
  const from = clock.now();
  for (const value of values) {
    await edit(world, { kind: "edit", person, side, field, value });
    await clock.advance(everyMs);
  }
  const until = clock.now() - everyMs + (world.rules().settleMs?.[side] ?? 0);
  if (acrossId !== undefined && side === "left" && ledger.disturbedAt === undefined)
    ledger.bursts.push({ side, acrossId, from, until });
}

/** Changes fields at a side's own screen. @returns whether the product took it. */
function change(world: World, side: Side, person: Person, fields: DeskFields): boolean {
  const [record] = recordsOf(world.partners, side, person);
  if (record === undefined) return false;
  if (!asPerson(() => world.partners.desk[side].edit(record.id, fields))) return false;
  // What was there before is no edit, and leaves no trace at the product.
  const said = Object.entries(fields).filter(([key, value]) => (record.fields[key] ?? "") !== value);
  noteEdited(world.ledger, world.clock.now(), side, person, Object.fromEntries(said));
  return true;
}

async function tag(world: World, { person, side, tag: wanted, isGiven }: StepOf<"tag">): Promise<void> {
  const [record] = recordsOf(world.partners, side, person);
  if (record === undefined || !(await isFollowed(world, side, person))) return;
  const before = [record.fields.tags ?? []].flat();
  const others = before.filter((one) => one !== wanted);
  const tags = isGiven ? [...others, wanted] : others;
  if (before.includes(wanted) === isGiven) return;
  if (!asPerson(() => world.partners.desk[side].edit(record.id, { tags }))) return;
  noteTagged(world.ledger, world.clock.now(), side, person, { tag: wanted, isGiven });
}

/** Who else is there under this e-mail. */
function heirsOf({ partners }: World, side: Side, person: Person, email: string): readonly Person[] {
  return [...NAMES.keys()].filter(
    (other) => other !== person && recordsOf(partners, side, other).some(({ fields }) => fields.email === email),
  );
}

async function remove(world: World, { person, side }: StepOf<"remove">): Promise<void> {
  const [record] = recordsOf(world.partners, side, person);
  if (record === undefined || !(await isKnown(world, side, person))) return;
  const heirs = world.habits.nameless.includes(person) ? [] : heirsOf(world, side, person, String(record.fields.email));
  world.partners.desk[side].remove(record.id);
  world.ledger.removals.push({ at: world.clock.now(), side, person, id: record.id, heirs });
}

/**
 * Whether a person may act on this record: one that people entered themselves, or a copy that the hub knows it made.
 * As long as a create's answer is lost, the hub looks for what it sent; a copy that was changed beyond recognition, or
 * deleted, before the hub ever saw it, could be told by nobody.
 */
async function isFollowed(world: World, side: Side, person: Person): Promise<boolean> {
  return world.ledger.entered.get(person)?.has(side) === true || (await isPaired(world, side, person));
}

/**
 * Whether the hub can know that a deleted record was there: it has linked it, or it is the only one that people entered.
 * Of two that nobody has matched yet, one that vanishes was never there for all that the hub can tell.
 */
async function isKnown(world: World, side: Side, person: Person): Promise<boolean> {
  const entered = world.ledger.entered.get(person);
  const isOnlyOne = entered?.size === 1 && entered.has(side);
  return isOnlyOne || (await isPaired(world, side, person));
}

async function isPaired({ store, partners }: World, side: Side, person: Person): Promise<boolean> {
  const [record] = recordsOf(partners, side, person);
  if (record === undefined) return false;
  const link = await store.linkByRecord(WORKSPACE_ID, SYNC_ID, side, record.id);
  return link?.left !== undefined && link.right !== undefined;
}

async function swap(world: World, { one, other, side }: StepOf<"swap">): Promise<void> {
  const emails = await bothEmails(world, side, one, other);
  if (emails === undefined) return;
  if (!change(world, side, one, { email: `between.${nameOf(one).toLowerCase()}@example.net` })) return;
  change(world, side, other, { email: emails.one });
  change(world, side, one, { email: emails.other });
}

async function share(world: World, { one, other, side }: StepOf<"share">): Promise<void> {
  const emails = await bothEmails(world, side, one, other);
  if (emails !== undefined) change(world, side, one, { email: emails.other });
}

/**
 * The e-mails of two people who are both known on both sides. Two who are each on one side only, with one e-mail between
 * them, are one person by every rule that a sync can have.
 */
async function bothEmails(world: World, side: Side, one: Person, other: Person) {
  for (const person of [one, other]) {
    if (world.ledger.removals.some((removal) => removal.person === person)) return undefined;
    for (const each of ["left", "right"] as const) {
      if (recordsOf(world.partners, each, person).length !== 1) return undefined;
      if (!(await isLinked(world, each, person))) return undefined;
    }
  }
  const emailOf = (person: Person): string => String(recordsOf(world.partners, side, person)[0]?.fields.email ?? "");
  const emails = { one: emailOf(one), other: emailOf(other) };
  return emails.one === "" || emails.other === "" ? undefined : emails;
}

async function isLinked({ store, partners }: World, side: Side, person: Person): Promise<boolean> {
  const [record] = recordsOf(partners, side, person);
  if (record === undefined) return false;
  return (await store.linkByRecord(WORKSPACE_ID, SYNC_ID, side, record.id))?.state === "linked";
}

/** Pauses or resumes the sync as its switch on the page does; nobody can press it while no process lives. */
async function pause(world: World, isPaused: boolean): Promise<void> {
  const hub = world.hub();
  if (hub === undefined || (await world.store.syncs(WORKSPACE_ID)).length === 0) return;
  await world.store.setSyncPaused(WORKSPACE_ID, SYNC_ID, isPaused);
  void hub.work.lanes.refresh(WORKSPACE_ID);
}

/** Before the first reading has ended nothing promises to survive a page that lies. */
async function arm(world: World, step: StepOf<"wire">): Promise<void> {
  if (step.fault === "vanished") return armVanishing(world, step);
  const isLying = step.fault === "short" || step.fault === "repeated";
  const match = isLying ? await world.store.checkpoint(WORKSPACE_ID, SYNC_ID, "left", "match") : undefined;
  if (!isLying || match?.finishedAt !== undefined) world.network.arm(step);
}

/** Once in a run: told twice, a hold apart, that a record is gone, the hub believes it and should (D1). */
function armVanishing({ network, ledger }: World, step: StepOf<"wire">): void {
  if (ledger.hasVanishing) return;
  ledger.hasVanishing = true;
  network.arm({ ...step, purpose: "record", times: 1 });
}

/** Takes back the tokens that the hub holds now. */
async function revoke({ store, partners, ...world }: World, token: "access" | "both"): Promise<void> {
  const kept = await store.secret(WORKSPACE_ID, "connection:highlevel");
  if (kept === undefined) return;
  const { credential } = JSON.parse(kept.slice(kept.indexOf("\n") + 1));
  partners.highlevel.access.revoke(credential.kind === "token" ? credential.token : credential.accessToken);
  if (token === "both" && credential.kind === "oauth") partners.highlevel.access.revoke(credential.refreshToken);
  world.trace.note("revoked", token);
}

/** A person asks for a full comparison of both sides. */
export async function compareAll(world: World): Promise<void> {
  await asked(
    world,
    syncIds(world).flatMap((id) => SIDES.map((side) => ({ syncId: id, key: `sweep:${id}:${side}` }))),
    PRIORITIES.sweep,
  );
}

/** A person lets the deletions happen that were held. */
export async function allowDeletions(world: World): Promise<void> {
  await asked(
    world,
    syncIds(world).map((id) => ({ syncId: id, key: `deletions:${id}` })),
    PRIORITIES.live,
  );
}

function syncIds(world: World): readonly string[] {
  return [SYNC_ID, ...world.rules().children];
}

async function asked(
  world: World,
  keys: readonly { readonly syncId: string; readonly key: string }[],
  priority: Priority,
): Promise<void> {
  const dueAt = world.clock.now();
  await world.store.mark(
    WORKSPACE_ID,
    keys.map((key) => ({ ...key, priority, dueAt, reason: "person" })),
  );
  world.hub()?.work.lanes.wake(WORKSPACE_ID);
}

/** What both partners hold, in words: the end of a trace. */
export function finalState(world: World): string {
  return JSON.stringify([everybody(world.partners, "left"), everybody(world.partners, "right")]);
}
