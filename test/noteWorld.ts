import type { Side } from "../model/record.ts";
import type { Fields } from "../model/value.ts";
import { aContact } from "./builders.ts";
import { aWorld, type World, type WorldOptions } from "./world.ts";

/** A world that keeps notes in step, with one contact, linked. */
export interface NoteWorld {
  readonly world: World;
  /** The contact's id on the left. */
  readonly left: string;
  /** The contact's id on the right. */
  readonly right: string;
}

/** A note's fields in model form. */
export function note(body: string): Fields {
  return { title: "", body };
}

/** A world of one contact that has these notes on either side when both are first read. Its calls are kept from then on. */
export async function aNoteWorld(
  left: readonly (string | Fields)[],
  right: readonly (string | Fields)[],
  options: WorldOptions = {},
): Promise<NoteWorld> {
  const world = await aWorld({ notes: {}, ...options });
  const ids = { left: world.left.add(aContact()), right: world.right.add(aContact()) };
  for (const one of left) world.notes.left.addChild(ids.left, typeof one === "string" ? note(one) : one);
  for (const one of right) world.notes.right.addChild(ids.right, typeof one === "string" ? note(one) : one);
  await world.open();
  await world.advance(SETTLED_MS);
  return { world, ...ids };
}

/** Long enough for a first reading to end, ms; shorter than any rhythm. */
const SETTLED_MS = 5_000;

/** A world of one contact without notes. */
export function aWorldOfNotes(options: WorldOptions = {}): Promise<NoteWorld> {
  return aNoteWorld([], [], options);
}

/** What the notes of a contact say, in the order in which they were made. */
export function bodiesOf(world: World, side: Side, parentId: string): readonly unknown[] {
  const notes = world.notes[side];
  return notes.ids().flatMap((id) => (notes.parentOf(id) === parentId ? [notes.fieldsOf(id)?.body] : []));
}
