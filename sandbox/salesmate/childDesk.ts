import type { ChildDesk, ChildFields, ChildKind, DeskChild } from "../control/children.ts";
import { endOf, type StoredActivity } from "./activity.ts";
import type { ActivityBook } from "./activityBook.ts";
import type { ActivityWriter } from "./activityWriter.ts";
import type { NoteParent, Notes, StoredNote } from "./note.ts";
import type { Quirks } from "./quirks.ts";
import { htmlOfTyped, shownText } from "./typed.ts";
import type { Refusals } from "./wording.ts";
import type { Writer } from "./writer.ts";

/** What the desk works with. */
export type ChildDeskParts = {
  readonly writer: Writer;
  readonly activityBook: ActivityBook;
  readonly activityWriter: ActivityWriter;
  readonly notes: Notes;
  readonly noted: (parent: NoteParent, user: number) => void;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  /** The person at the screen. */
  readonly user: number;
};

const MINUTE_MS = 60_000;

/** A person at the product's own screen, with what belongs to contacts. */
export function createChildDesk(parts: ChildDeskParts): ChildDesk {
  const desks: Readonly<Record<ChildKind, OneDesk>> = {
    notes: noteDesk(parts),
    tasks: activityDesk(parts, { type: "Task", bodyOf: taskBody, fieldsOf: taskFields }),
    appointments: activityDesk(parts, { type: "Meeting", bodyOf: meetingBody, fieldsOf: meetingFields }),
  };
  return {
    list: (kind, contactId) => desks[kind].list(contactId),
    create: (kind, contactId, fields) => desks[kind].create(contactId, fields),
    edit: (kind, id, fields) => desks[kind].edit(id, fields),
    remove: (kind, id) => desks[kind].remove(id),
  };
}

/** The acts on one kind. */
type OneDesk = {
  readonly list: (contactId: string) => DeskChild[];
  readonly create: (contactId: string, fields: ChildFields) => DeskChild;
  readonly edit: (id: string, fields: ChildFields) => DeskChild;
  readonly remove: (id: string) => void;
};

function noteDesk({ notes, writer, noted, user, refusals }: ChildDeskParts): OneDesk {
  const parentOf = (contactId: string): NoteParent => ({ moduleId: 1, objectId: writer.demand(contactId).id });
  const shown = (note: StoredNote): DeskChild => ({
    id: String(note.id),
    contactId: String(note.objectId),
    fields: { body: shownText(note.note) },
  });
  const demand = (id: string): StoredNote => {
    const note = notes.get(Number(id));
    if (note?.moduleId !== 1) throw refusals.missing("Note not found");
    return note;
  };
  const bodyOf = (fields: ChildFields) => {
    const other = Object.keys(fields).find((name) => name !== "body");
    if (other !== undefined) throw refusals.invalid(`${other} is not a valid field`);
    return { note: fields.body === undefined || fields.body === "" ? "" : htmlOfTyped(fields.body) };
  };
  return {
    list: (contactId) => notes.under(parentOf(contactId)).map(shown),
    create: (contactId, fields) => {
      const note = notes.create(parentOf(contactId), bodyOf(fields), user);
      noted(note, user);
      return shown(note);
    },
    edit: (id, fields) => {
      const { moduleId, objectId } = demand(id);
      const note = notes.update({ moduleId, objectId }, id, bodyOf(fields), user);
      noted(note, user);
      return shown(note);
    },
    remove: (id) => {
      const note = demand(id);
      notes.remove(note, id);
      noted(note, user);
    },
  };
}

/** How activities of one type look on the screen. */
type Face = {
  readonly type: string;
  /** The fields of the API that were meant, or the first name that this type does not have. */
  readonly bodyOf: (fields: ChildFields, old: StoredActivity | undefined) => Record<string, unknown> | string;
  readonly fieldsOf: (activity: StoredActivity) => ChildFields;
};

function activityDesk(parts: ChildDeskParts, face: Face): OneDesk {
  const { activityBook, activityWriter, writer, quirks, refusals, user } = parts;
  const { type } = face;
  const shown = (activity: StoredActivity): DeskChild => ({
    id: String(activity.id),
    contactId: String(activity.primaryContact ?? ""),
    fields: face.fieldsOf(activity),
  });
  const demand = (id: string): StoredActivity => {
    const activity = activityWriter.demand(id);
    if (activity.type !== type) throw refusals.missing("Activity not found");
    return activity;
  };
  const bodyOf = (fields: ChildFields, old: StoredActivity | undefined): Record<string, unknown> => {
    const body = face.bodyOf(fields, old);
    if (typeof body === "string") throw refusals.invalid(`${body} is not a valid field`);
    return { ...body, ...(typeof body.dueDate === "number" && { dueDate: writtenDate(body.dueDate, quirks()) }) };
  };
  return {
    list: (contactId) => {
      const all = activityBook.ofContact(writer.demand(contactId).id);
      return all.filter((activity) => activity.type === type).map(shown);
    },
    create: (contactId, fields) => {
      const required = { owner: user, type, primaryContact: writer.demand(contactId).id };
      return shown(activityWriter.create({ ...required, ...bodyOf(fields, undefined) }, user));
    },
    edit: (id, fields) => {
      const old = demand(id);
      const required = { owner: old.owner, title: old.title, type };
      return shown(activityWriter.update(id, { ...required, ...bodyOf(fields, old) }, user));
    },
    remove: (id) => activityWriter.remove(String(demand(id).id), user),
  };
}

function writtenDate(at: number, { dueDateTakes }: Quirks): number | string {
  return dueDateTakes === "iso" ? new Date(at).toISOString() : at;
}

function taskBody(fields: ChildFields): Record<string, unknown> | string {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === "title" || name === "isCompleted") body[name] = value;
    else if (name === "body") body.description = value;
    else if (name === "dueAt") body.dueDate = instant(value);
    else return name;
  }
  return body;
}

function taskFields({ title, texts, dueDate, isCompleted }: StoredActivity): ChildFields {
  return { title, body: texts.description ?? "", dueAt: isoOf(dueDate), isCompleted: String(isCompleted) };
}

/** A screen shows when a meeting ends; what is stored is how long it takes. */
function meetingBody(fields: ChildFields, old: StoredActivity | undefined): Record<string, unknown> | string {
  const { title, notes, startsAt, endsAt, location, ...others } = fields;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return unknown;
  const begins = startsAt === undefined ? old?.dueDate : instant(startsAt);
  const ends = endsAt === undefined ? (old === undefined ? undefined : endOf(old)) : instant(endsAt);
  const duration = typeof begins === "number" && typeof ends === "number" ? (ends - begins) / MINUTE_MS : null;
  return {
    ...(title !== undefined && { title }),
    ...(notes !== undefined && { description: notes }),
    ...(location !== undefined && { location }),
    ...(startsAt !== undefined && { dueDate: begins ?? null }),
    ...((startsAt !== undefined || endsAt !== undefined) && { duration }),
  };
}

function meetingFields(activity: StoredActivity): ChildFields {
  return {
    title: activity.title,
    notes: activity.texts.description ?? "",
    startsAt: isoOf(activity.dueDate),
    endsAt: isoOf(endOf(activity)),
    location: activity.texts.location ?? "",
  };
}

function isoOf(at: number | undefined): string {
  return at === undefined ? "" : new Date(at).toISOString();
}

/** The instant of an ISO text; `null` for none. What is no time is handed on, to be refused as the API does. */
function instant(text: string): number | string | null {
  if (text === "") return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : at;
}
