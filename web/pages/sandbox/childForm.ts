import type { SandboxChild, SandboxChildKind } from "../../../model/api/views.ts";
import { fromFieldTime, toFieldTime } from "../../text/fieldTimes.ts";
import { hourMinute } from "../../text/times.ts";

/** What is typed or held, by field, as the form shows it. */
export type Texts = Readonly<Record<string, string>>;

/** One field of a note's, task's or appointment's form. */
export interface ChildField {
  readonly key: string;
  readonly label: string;
  readonly type: "text" | "long" | "time";
}

/** What one kind is called, and what can be written in it in both products. */
export interface ChildFace {
  readonly kind: SandboxChildKind;
  readonly one: string;
  readonly many: string;
  readonly fields: readonly ChildField[];
  /** The field without which it cannot be saved. */
  readonly needed: string;
}

const TITLE = { key: "title", label: "Title", type: "text" } as const;

/** The three kinds, in the order in which they are shown. */
export const FACES: readonly ChildFace[] = [
  { kind: "notes", one: "note", many: "Notes", needed: "body", fields: [{ key: "body", label: "Note", type: "long" }] },
  {
    kind: "tasks",
    one: "task",
    many: "Tasks",
    needed: "title",
    fields: [TITLE, { key: "dueAt", label: "Due", type: "time" }, { key: "body", label: "Details", type: "long" }],
  },
  {
    kind: "appointments",
    one: "appointment",
    many: "Appointments",
    needed: "title",
    fields: [
      TITLE,
      { key: "startsAt", label: "Begins", type: "time" },
      { key: "endsAt", label: "Ends", type: "time" },
      { key: "location", label: "Place", type: "text" },
      { key: "notes", label: "Details", type: "long" },
    ],
  },
];

const HOUR_MS = 3_600_000;

/** What a form shows at first: what is held, or what a new one proposes. @param now Epoch milliseconds. */
export function shownAtFirst({ kind, fields }: ChildFace, child: SandboxChild | undefined, now: number): Texts {
  const held = child?.fields ?? proposed(kind, now);
  return Object.fromEntries(
    fields.map(({ key, type }) => [key, type === "time" ? toFieldTime(held[key] ?? "") : (held[key] ?? "")]),
  );
}

/** Tomorrow at the full hour; an appointment takes an hour. */
function proposed(kind: SandboxChildKind, now: number): Texts {
  const tomorrow = now - (now % HOUR_MS) + 25 * HOUR_MS;
  const iso = (at: number) => new Date(at).toISOString();
  if (kind === "tasks") return { dueAt: iso(tomorrow) };
  return kind === "appointments" ? { startsAt: iso(tomorrow), endsAt: iso(tomorrow + HOUR_MS) } : {};
}

/** The form after something was typed. An appointment that begins at another time is as long as before. */
export function afterTyping(shown: Texts, key: string, text: string): Texts {
  const next = { ...shown, [key]: text };
  if (key !== "startsAt") return next;
  const length = Date.parse(shown.endsAt ?? "") - Date.parse(shown.startsAt ?? "");
  const begins = Date.parse(text);
  if (Number.isNaN(length) || Number.isNaN(begins)) return next;
  return { ...next, endsAt: toFieldTime(new Date(begins + length).toISOString()) };
}

/** What to send: fields that show something else than at first. */
export function changesOf({ fields }: ChildFace, first: Texts, shown: Texts, isNew: boolean): Texts {
  const changed = fields.filter(({ key }) => (isNew ? shown[key] !== "" : shown[key] !== first[key]));
  return Object.fromEntries(
    changed.map(({ key, type }) => {
      const text = (shown[key] ?? "").trim();
      return [key, type === "time" ? fromFieldTime(text) : text];
    }),
  );
}

/** Its title, or the beginning of its text. */
export function childTitle({ fields }: Pick<SandboxChild, "fields">): string {
  const text = (fields.title || fields.body || "").trim();
  return text.length > TITLE_MAX ? `${text.slice(0, TITLE_MAX)}…` : text;
}

const TITLE_MAX = 60;

/** When it is and what else there is to say, in one line. @param timeZone the reader's own when left out */
export function childLine({ fields }: Pick<SandboxChild, "fields">, timeZone?: string): string {
  const { dueAt = "", isCompleted, startsAt = "", endsAt = "", location = "", body = "", title = "" } = fields;
  const parts = [
    isCompleted === "true" ? "done" : "",
    dueAt === "" ? "" : `due ${dayAndTime(dueAt, timeZone)}`,
    startsAt === "" ? "" : dayAndTime(startsAt, timeZone) + (endsAt && `–${hourMinute(Date.parse(endsAt), timeZone)}`),
    location,
    title === "" ? "" : asPlainText(body),
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

/** The words of formatted text, in one line. */
function asPlainText(text: string): string {
  return /<\/(p|div|b|li)>/.test(text)
    ? text
        .replaceAll(/<[^>]*>/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim()
    : text;
}

function dayAndTime(iso: string, timeZone: string | undefined): string {
  const at = Date.parse(iso);
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone });
  return `${day.format(at)}, ${hourMinute(at, timeZone)}`;
}
