import type { Side } from "../../model/record.ts";
import type { ChildFields } from "../../sandbox/control/children.ts";
import { isMarked, JOT_FIELDS, type Jot, type JotKind, marked, meant, seen } from "../children/jots.ts";
import { noteJotDeed } from "../children/ledger.ts";
import type { JotStep } from "../children/steps.ts";
import { WORKSPACE_ID } from "../rules.ts";
import { recordsOf } from "./people.ts";
import { type ShownJot, screenOf } from "./screens.ts";
import type { PairStepOf } from "./steps.ts";
import type { PairWorld } from "./world.ts";

/** Plays what a person does with a note or task. A step that makes no sense where things stand does nothing. */
export async function playPairJot(world: PairWorld, step: JotStep): Promise<void> {
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

/** Where a note or task that people wrote stands on a side; more than one place when it was doubled. */
export async function standingOf(world: PairWorld, side: Side, kind: JotKind, jot: Jot): Promise<readonly ShownJot[]> {
  const mark = marked(jot, "").trim();
  const all = await screenOf(world, side).jots(kind);
  return all.filter((one) => seen(one, kind === "notes" ? "body" : "title").startsWith(mark));
}

/** Nothing is written twice in a run. */
async function write(world: PairWorld, { jot, of, person, side }: PairStepOf<"write">): Promise<void> {
  const { ledger, clock } = world;
  const screen = screenOf(world, side);
  const [contact] = await recordsOf(screen, person);
  if (contact === undefined || ledger.jots.written.has(jot)) return;
  const fields = firstWords(jot, of, clock.now());
  ledger.jots.written.set(jot, { at: clock.now(), jot, kind: of, side, person, isTwin: false });
  noteFields(world, side, jot, of, fields);
  await screen.write(of, contact.id, fields);
  // What the hub was asked to keep, and died over or could not, may be kept all the same.
  if ((await standingOf(world, side, of, jot)).length === 0) ledger.unsure.add(jot);
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

function firstWords(jot: Jot, kind: JotKind, now: number): ChildFields {
  const words = marked(jot, "called & asked");
  if (kind === "notes") return { body: words };
  const dueAt = new Date(Math.floor(now / HOUR_MS) * HOUR_MS + DAY_MS + jot * 60_000).toISOString();
  return { title: words, body: `details ${jot}`, dueAt, isCompleted: "false" };
}

async function rewrite(world: PairWorld, { jot, of, side, field, value }: PairStepOf<"rewrite">): Promise<void> {
  const id = await followed(world, side, of, jot);
  if (id === undefined) return;
  const fields = { [field]: isMarked(of, field) ? marked(jot, value) : value };
  await screenOf(world, side).rewrite(of, id, fields);
  const [after] = await standingOf(world, side, of, jot);
  if (after !== undefined && seen(after, field) === meant(field, fields[field] ?? ""))
    noteFields(world, side, jot, of, fields);
}

async function discard(world: PairWorld, { jot, of, side }: PairStepOf<"discard">): Promise<void> {
  const id = await followed(world, side, of, jot);
  if (id === undefined) return;
  const at = world.clock.now();
  await screenOf(world, side).discard(of, id);
  if ((await standingOf(world, side, of, jot)).length === 0) world.ledger.jots.discarded.push({ at, jot, side });
}

function noteFields(world: PairWorld, side: Side, jot: Jot, kind: JotKind, fields: ChildFields): void {
  const { ledger, clock } = world;
  for (const field of JOT_FIELDS[kind]) {
    const value = fields[field];
    if (value === undefined) continue;
    const deed = { at: clock.now(), jot, side, field, value: meant(field, value) };
    noteJotDeed(ledger.jots, deed, ledger.disturbedAt === undefined);
  }
}

/** The note or task on this side, where people wrote it there themselves, or where the hub knows of both. */
async function followed(world: PairWorld, side: Side, kind: JotKind, jot: Jot): Promise<string | undefined> {
  const [standing] = await standingOf(world, side, kind, jot);
  if (standing === undefined) return undefined;
  const link = await world.store.linkByRecord(WORKSPACE_ID, kind, side, standing.id);
  const isPaired = link?.left !== undefined && link.right !== undefined;
  return isPaired || world.ledger.jots.written.get(jot)?.side === side ? standing.id : undefined;
}
