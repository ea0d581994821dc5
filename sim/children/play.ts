import { otherSide, type Side } from "../../model/record.ts";
import type { ChildFields } from "../../sandbox/control/children.ts";
import { everybody, recordsOf } from "../people.ts";
import { SYNC_ID, WORKSPACE_ID } from "../rules.ts";
import { asPerson } from "../screen.ts";
import type { StepOf } from "../steps.ts";
import type { World } from "../world.ts";
import { isMarked, JOT_FIELDS, type Jot, type JotKind, marked, meant, standingOf } from "./jots.ts";
import { noteJotDeed } from "./ledger.ts";
import type { JotStep } from "./steps.ts";

/** Plays what a person does with a note or task. A step that makes no sense where things stand does nothing. */
export async function playJot(world: World, step: JotStep): Promise<void> {
  switch (step.kind) {
    case "write":
      return write(world, step);
    case "rewrite":
      return rewrite(world, step);
    case "discard":
      return discard(world, step);
    default:
      return step satisfies never;
  }
}

/** Nothing is written twice in a run. */
async function write(world: World, { jot, of, person, side, isTwin = false }: StepOf<"write">): Promise<void> {
  const { partners, ledger, clock } = world;
  const [contact] = recordsOf(partners, side, person);
  if (contact === undefined || ledger.jots.written.has(jot)) return;
  const across = isTwin ? await contactAcross(world, side, contact.id) : undefined;
  if (isTwin && across === undefined) return;
  const fields = firstWords(jot, of, clock.now());
  if (!asPerson(() => childrenOf(world, side).create(of, contact.id, fields))) return;
  ledger.jots.written.set(jot, { at: clock.now(), jot, kind: of, side, person, isTwin });
  noteFields(world, side, jot, of, fields);
  if (across === undefined) return;
  childrenOf(world, otherSide(side)).create(of, across, fields);
  noteFields(world, otherSide(side), jot, of, fields);
}

/** The living record that the hub has linked with this one. */
async function contactAcross({ store, partners }: World, side: Side, id: string): Promise<string | undefined> {
  const link = await store.linkByRecord(WORKSPACE_ID, SYNC_ID, side, id);
  const across = link?.state === "linked" ? link[otherSide(side)]?.externalId : undefined;
  return everybody(partners, otherSide(side)).find((contact) => contact.id === across)?.id;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

function firstWords(jot: Jot, kind: JotKind, now: number): ChildFields {
  const words = marked(jot, "called & asked");
  if (kind === "notes") return { body: words };
  const dueAt = new Date(Math.floor(now / HOUR_MS) * HOUR_MS + DAY_MS + jot * 60_000).toISOString();
  if (kind === "appointments") return { title: words, notes: `details ${jot}`, ...lasting(dueAt), location: "Room 1" };
  return { title: words, body: `details ${jot}`, dueAt, isCompleted: "false" };
}

/** Whoever moves an appointment moves its end along. */
function lasting(startsAt: string): ChildFields {
  return { startsAt, endsAt: new Date(Date.parse(startsAt) + HOUR_MS / 2).toISOString() };
}

async function rewrite(world: World, { jot, of, side, field, value }: StepOf<"rewrite">): Promise<void> {
  const id = await followed(world, side, of, jot);
  if (id === undefined) return;
  const said = { [field]: isMarked(of, field) ? marked(jot, value) : value };
  const fields = field === "startsAt" ? lasting(value) : said;
  if (!asPerson(() => childrenOf(world, side).edit(of, id, fields))) return;
  noteFields(world, side, jot, of, fields);
}

async function discard(world: World, { jot, of, side }: StepOf<"discard">): Promise<void> {
  const id = await followed(world, side, of, jot);
  if (id === undefined) return;
  childrenOf(world, side).remove(of, id);
  world.ledger.jots.discarded.push({ at: world.clock.now(), jot, side });
}

function noteFields(world: World, side: Side, jot: Jot, kind: JotKind, fields: ChildFields): void {
  const { ledger, clock } = world;
  for (const field of JOT_FIELDS[kind]) {
    const value = fields[field];
    if (value === undefined) continue;
    const deed = { at: clock.now(), jot, side, field, value: meant(field, value) };
    noteJotDeed(ledger.jots, deed, ledger.disturbedAt === undefined);
  }
}

/**
 * The note or task on this side, where a person may act on it: one that people wrote there themselves, or a copy that the
 * hub knows it made. What is changed beyond recognition, or deleted, before the hub ever saw it, could be told by nobody.
 */
async function followed(world: World, side: Side, kind: JotKind, jot: Jot): Promise<string | undefined> {
  const [standing] = standingOf(world, side, kind, jot);
  if (standing === undefined) return undefined;
  const link = await world.store.linkByRecord(WORKSPACE_ID, kind, side, standing.child.id);
  const writing = world.ledger.jots.written.get(jot);
  // Of two that say the same, one that is altered before the hub has met both is another.
  const isOwn = writing?.side === side && !writing.isTwin;
  const isPaired = link?.left !== undefined && link.right !== undefined;
  return isOwn || isPaired ? standing.child.id : undefined;
}

function childrenOf({ partners }: World, side: Side) {
  return side === "left" ? partners.highlevel.children : partners.salesmate.children;
}
