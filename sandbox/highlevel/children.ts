import type { Child, StoredAppointment, StoredNote, StoredTask } from "./child.ts";
import type { ChildChange } from "./childEvents.ts";
import { appointmentRules, type KindRules, noteRules, taskRules } from "./childRules.ts";
import { type ChildWriter, createChildWriter } from "./childWriter.ts";
import type { Ground } from "./ground.ts";
import { createShelf, type Shelf, type ShelfChange } from "./shelf.ts";
import { slotPartsFrom } from "./slotParts.ts";
import { isFreeSlot } from "./slots.ts";

/** The notes, tasks and appointments of one location, and what becomes of them with their contacts. */
export type Children = {
  readonly notes: ChildWriter<StoredNote>;
  readonly tasks: ChildWriter<StoredTask>;
  readonly appointments: ChildWriter<StoredAppointment>;
  readonly leaveWith: (contactId: string) => void;
  readonly returnWith: (contactId: string) => void;
  readonly handOver: (fromId: string, toId: string) => void;
  readonly clear: () => void;
  /** A child of any kind, as it is stored. */
  readonly state: (id: string) => Child | undefined;
};

/** What the children hang on. */
export type ChildrenParts = {
  readonly ground: Ground;
  /** @throws Refusal when there is no such contact. */
  readonly demandContact: (id: string) => unknown;
  /** Told of each change; `isAlong` when a child went because its contact did. */
  readonly announce: (change: ChildChange, isAlong: boolean) => void;
};

/** Makes empty shelves and the acts on them. */
export function createChildren({ ground, demandContact, announce }: ChildrenParts): Children {
  const { workings, quirks, refusals, location, calendars } = ground;
  const { now, random } = workings.surroundings;
  const ruleParts = { quirks: quirks.get, refusals, timeZone: location.timezone };

  const shelfOf = <Kept extends Child>(tell: (change: ShelfChange<Kept>, isAlong: boolean) => void): Shelf<Kept> =>
    createShelf<Kept>({ now, lagMs: () => quirks.get().searchLagMs, onChange: tell });
  const writerOf = <Kept extends Child>(shelf: Shelf<Kept>, rules: KindRules<Kept>): ChildWriter<Kept> =>
    createChildWriter({ shelf, rules, demandContact, quirks: quirks.get, refusals, now, random });

  const notes = shelfOf<StoredNote>((change, isAlong) => announce({ kind: "note", ...change }, isAlong));
  const tasks = shelfOf<StoredTask>((change, isAlong) => announce({ kind: "task", ...change }, isAlong));
  const appointments = shelfOf<StoredAppointment>((change, isAlong) =>
    announce({ kind: "appointment", ...change }, isAlong),
  );
  const isFree = (wanted: StoredAppointment): boolean => {
    const calendar = calendars.calendars.get(wanted.calendarId);
    if (calendar === undefined) return false;
    const question = { exceptId: wanted.id };
    const about = { timeZone: location.timezone, now: now() };
    const parts = slotPartsFrom(calendar, appointments.all(), calendars, question, about);
    return isFreeSlot(parts, wanted.startAt, wanted.endAt);
  };
  const shelves = [notes, tasks, appointments];

  return {
    notes: writerOf(notes, noteRules(ruleParts)),
    tasks: writerOf(tasks, taskRules(ruleParts)),
    appointments: writerOf(appointments, appointmentRules({ ...ruleParts, calendars }, isFree)),
    leaveWith: (contactId) => {
      for (const shelf of shelves) shelf.leaveWith(contactId);
    },
    returnWith: (contactId) => {
      for (const shelf of shelves) shelf.returnWith(contactId);
    },
    handOver: (fromId, toId) => {
      for (const shelf of shelves) shelf.handOver(fromId, toId);
    },
    clear: () => {
      for (const shelf of shelves) shelf.clear();
    },
    state: (id) => notes.get(id) ?? tasks.get(id) ?? appointments.get(id),
  };
}
