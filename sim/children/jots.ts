import { SIDES, type Side } from "../../model/record.ts";
import type { DeskChild } from "../../sandbox/control/children.ts";
import { everybody } from "../people.ts";
import type { World } from "../world.ts";

/**
 * The notes, tasks and appointments of a run. Which one is meant stands in its text, in a mark that nobody ever edits: that is how the
 * oracles know it again, whatever the hub makes of it.
 */

/** What belongs to contacts in a run, in the plural, as the screens name it. */
export const JOT_KINDS = ["notes", "tasks", "appointments"] as const;
export type JotKind = (typeof JOT_KINDS)[number];

/** A note, task or appointment that people write: its number in the run. */
export type Jot = number;

/** The fields that people edit, by kind; both products have them. */
export const JOT_FIELDS = {
  notes: ["body"],
  tasks: ["title", "body", "dueAt", "isCompleted"],
  appointments: ["title", "notes", "startsAt", "endsAt", "location"],
} as const satisfies Record<JotKind, readonly string[]>;
export type JotField = (typeof JOT_FIELDS)[JotKind][number];

/** The field that holds the mark. */
const MARKED = { notes: "body", tasks: "title", appointments: "title" } as const satisfies Record<JotKind, JotField>;

/** A text for the field that holds the mark. */
export function marked(jot: Jot, text: string): string {
  return `(${jot}) ${text}`;
}

/** Whether the field holds the mark of its note or task. */
export function isMarked(kind: JotKind, field: JotField): boolean {
  return MARKED[kind] === field;
}

/** A note or task as it stands on a side's screen, under a living contact. */
export interface Standing {
  readonly child: DeskChild;
  readonly contactId: string;
}

/** How people speak of one of a kind. */
export const JOT_NAMES = {
  notes: "note",
  tasks: "task",
  appointments: "appointment",
} as const satisfies Record<JotKind, string>;

/** Where a note or task stands on a side; more than one place when it was doubled. */
export function standingOf({ partners }: World, side: Side, kind: JotKind, jot: Jot): readonly Standing[] {
  const { children } = side === "left" ? partners.highlevel : partners.salesmate;
  return everybody(partners, side).flatMap(({ id }) =>
    children
      .list(kind, id)
      .filter((child) => seen(child, MARKED[kind]).startsWith(marked(jot, "").trim()))
      .map((child) => ({ child, contactId: id })),
  );
}

/** The same on both sides. */
export function standings(world: World, kind: JotKind, jot: Jot): Readonly<Record<Side, readonly Standing[]>> {
  const [left = [], right = []] = SIDES.map((side) => standingOf(world, side, kind, jot));
  return { left, right };
}

/** What a reader sees in a field. Written apart from the hub's own normal forms on purpose, as in `sameness.ts`. */
export function seen({ fields }: Pick<DeskChild, "fields">, field: JotField): string {
  return meant(field, fields[field] ?? "");
}

/** A value as a reader takes it: marks of formatting say nothing, and a time is told by the minute. */
export function meant(field: JotField, value: string): string {
  if (field === "dueAt" || field === "startsAt" || field === "endsAt") return value.slice(0, "2026-01-01T00:00".length);
  if (field === "isCompleted") return value;
  const words = value
    .replaceAll(/<\/?[a-z][^>]*>/gi, " ")
    .replaceAll(/&(\w+);/g, (whole, name) => ENTITIES[name] ?? whole);
  return words.replaceAll(/\s+/g, " ").trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", nbsp: " ", quot: '"' };
