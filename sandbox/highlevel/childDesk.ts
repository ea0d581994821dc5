import type { ChildDesk, ChildFields, ChildKind, DeskChild } from "../control/children.ts";
import type { Calendars } from "./calendars.ts";
import type { Child, StoredAppointment, StoredNote, StoredTask } from "./child.ts";
import type { Children } from "./children.ts";
import type { ChildWriter } from "./childWriter.ts";
import type { Refusals } from "./wording.ts";

/** What the desk works with. */
export type ChildDeskParts = {
  readonly children: Children;
  readonly calendars: Calendars;
  readonly locationId: string;
  readonly refusals: Refusals;
  readonly now: () => number;
};

const DAY_MS = 86_400_000;

/** Friendly names that are spelled differently in the product. */
const WIRE_NAMES: Readonly<Record<ChildKind, Readonly<Record<string, string>>>> = {
  notes: { title: "title", body: "body" },
  tasks: { title: "title", body: "body", dueAt: "dueDate", isCompleted: "completed" },
  appointments: {
    title: "title",
    notes: "description",
    startsAt: "startTime",
    endsAt: "endTime",
    location: "address",
    state: "appointmentStatus",
  },
};

/** A person at the product's own screen: fills in what the form proposes, and may book a slot twice. */
export function createChildDesk(parts: ChildDeskParts): ChildDesk {
  const { children } = parts;
  const desks: Readonly<Record<ChildKind, OneDesk>> = {
    notes: deskOf(children.notes, shownNote),
    tasks: deskOf(children.tasks, shownTask),
    appointments: deskOf(children.appointments, shownAppointment),
  };
  return {
    list: (kind, contactId) => desks[kind].list(contactId),
    create: (kind, contactId, fields) =>
      desks[kind].create(contactId, { ...proposed(kind, contactId, parts), ...bodyOf(kind, fields, parts) }),
    edit: (kind, id, fields) => desks[kind].edit(id, { ...always(kind), ...bodyOf(kind, fields, parts) }),
    remove: (kind, id) => desks[kind].remove(id),
  };
}

type OneDesk = {
  readonly list: (contactId: string) => DeskChild[];
  readonly create: (contactId: string, body: object) => DeskChild;
  readonly edit: (id: string, body: object) => DeskChild;
  readonly remove: (id: string) => void;
};

function deskOf<Kept extends Child>(writer: ChildWriter<Kept>, fieldsOf: (child: Kept) => ChildFields): OneDesk {
  const shown = (child: Kept): DeskChild => ({ id: child.id, contactId: child.contactId, fields: fieldsOf(child) });
  return {
    list: (contactId) => writer.list(contactId).map(shown),
    create: (contactId, body) => shown(writer.create(contactId, body)),
    edit: (id, body) => shown(writer.update(id, body)),
    remove: (id) => writer.remove(id),
  };
}

function proposed(kind: ChildKind, contactId: string, { locationId, now, calendars }: ChildDeskParts): object {
  const tomorrow = new Date(now() + DAY_MS).toISOString();
  switch (kind) {
    case "notes":
      return {};
    case "tasks":
      return { dueDate: tomorrow, completed: false };
    case "appointments":
      return {
        ...always(kind),
        calendarId: calendars.calendars.all()[0]?.id,
        locationId,
        contactId,
        startTime: tomorrow,
      };
    default:
      return kind satisfies never;
  }
}

function always(kind: ChildKind): object {
  return kind === "appointments" ? { ignoreFreeSlotValidation: true } : {};
}

function bodyOf(kind: ChildKind, fields: ChildFields, { refusals }: ChildDeskParts): object {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const wireName = WIRE_NAMES[kind][name];
    if (wireName === undefined) throw refusals.invalid([`property ${name} should not exist`]);
    body[wireName] = wireName === "completed" ? value === "true" : value;
  }
  return body;
}

function shownNote({ title, body }: StoredNote): ChildFields {
  return { title: title ?? "", body };
}

function shownTask({ title, body, dueAt, completed }: StoredTask): ChildFields {
  return { title, body: body ?? "", dueAt: new Date(dueAt).toISOString(), isCompleted: String(completed) };
}

function shownAppointment(appointment: StoredAppointment): ChildFields {
  return {
    title: appointment.title,
    notes: appointment.description ?? "",
    startsAt: new Date(appointment.startAt).toISOString(),
    endsAt: new Date(appointment.endAt).toISOString(),
    location: appointment.address ?? "",
    state: appointment.appointmentStatus,
  };
}
