import type { FieldType } from "./field.ts";
import { durationText } from "./forecast.ts";
import type { ChildResource } from "./record.ts";
import type { Fields } from "./value.ts";

/**
 * The fields of a contact's notes, tasks and appointments in model form, with the type each is compared as. As with
 * contacts, a connector names its own fields freely and says by `standard` which of these one corresponds to.
 */

/** A note: what somebody wrote about a contact, which partners keep as HTML. */
export const NOTE_FIELDS = {
  title: "text",
  body: "richText",
} as const satisfies Record<string, FieldType>;

/** A task: something to be done about a contact. */
export const TASK_FIELDS = {
  title: "text",
  body: "longText",
  dueAt: "dateTime",
  isCompleted: "boolean",
} as const satisfies Record<string, FieldType>;

/** An appointment with a contact. Times are instants, ISO 8601 in UTC. */
export const APPOINTMENT_FIELDS = {
  title: "text",
  notes: "longText",
  startsAt: "dateTime",
  endsAt: "dateTime",
  location: "text",
  /** One of `APPOINTMENT_STATES`, where the partner tells. */
  state: "option",
} as const satisfies Record<string, FieldType>;

/** What may have become of an appointment. */
export const APPOINTMENT_STATES = ["new", "confirmed", "cancelled", "showed", "noshow", "invalid"] as const;

/**
 * The fields, by `standard`, that make two children of one contact the same when they are first met: all of them equal in
 * normal form. Several such children are interchangeable.
 */
export const MATCHED_BY: Readonly<Record<ChildResource, readonly string[]>> = {
  note: ["title", "body"],
  task: ["title", "dueAt"],
  appointment: ["startsAt", "title"],
  // Not by pipeline: one that the other side does not have would make two of each.
  opportunity: ["name"],
};

/** How long a change of a child that nobody tells of may go unseen, in one sentence. Pure. */
export function turnWords(turnMs: number): string {
  return `All contacts are looked through every ${everyWords(turnMs)}, for what no product tells.`;
}

/** The same in few words, to stand beside others. Pure. */
export function turnShort(turnMs: number): string {
  return `looked through every ${everyWords(turnMs)}`;
}

function everyWords(turnMs: number): string {
  return turnMs < MINUTE_MS ? `${Math.round(turnMs / 1_000)} seconds` : durationText(turnMs);
}

const MINUTE_MS = 60_000;

const TITLE_LENGTH = 80;

/** The name by which people recognise a note, task or appointment: its title, else the first line of its text, clipped. */
export function childTitle(fields: Fields): string {
  for (const candidate of [fields.title, fields.body, fields.notes]) {
    const line = typeof candidate === "string" ? firstLine(candidate) : "";
    if (line !== "") return line.length > TITLE_LENGTH ? `${line.slice(0, TITLE_LENGTH - 1).toWellFormed()}…` : line;
  }
  return "";
}

/** Markup is no part of a name. */
function firstLine(text: string): string {
  const plain = text.replaceAll(/<(br|\/p|\/div|\/li)[^>]*>/gi, "\n").replaceAll(/<[^>]*>/g, "");
  const line = (plain.split("\n").find((one) => one.trim() !== "") ?? "").trim();
  return line.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
