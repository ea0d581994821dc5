import { contentId } from "../../kit/index.ts";
import type { BookRecord } from "../../model/book.ts";
import type { TranscriptState } from "../../model/transcript.ts";
import type { Fields } from "../../model/value.ts";
import type { Settings } from "./settings.ts";
import type { File } from "./wire.ts";

/** A transcript as the hub keeps it, and what it becomes. Pure. */

/** A note or task for the book. */
export interface Kept {
  readonly externalId: string;
  readonly fields: Fields;
}

/** What a file says, as fields of the book; the keys by which people are found stand by themselves. */
export function fieldsOf(file: File): Fields {
  const metadata = keysIn(file.metadata);
  return {
    title: file.title?.trim() ?? "",
    metadata: file.metadata,
    excerpt: file.excerpt?.trim() ?? "",
    language: file.language ?? "",
    durationMs: file.duration ?? "",
    notes: file.notes ?? "",
    driveId: file.workspaceId ?? "",
    createdAt: isoOf(file.created),
    updatedAt: isoOf(file.updated),
    metadataEmail: metadata.email,
    metadataPhone: metadata.phone,
    metadataPerson: metadata.person,
    titleEmail: emailIn(file.title ?? ""),
  };
}

/** What of a file must be another for there to be news. */
export function stateOfFile(file: File): string {
  return contentId([file.updated ?? "", file.title ?? "", file.metadata, file.notes ?? ""]);
}

function isoOf(time: string | null | undefined): string {
  const at = Date.parse(time ?? "");
  return Number.isFinite(at) ? new Date(at).toISOString() : "";
}

/** The keys of a person in what was given at upload: JSON with such names, or one of them bare. */
export function keysIn(metadata: string): { readonly email: string; readonly phone: string; readonly person: string } {
  const given = objectIn(metadata);
  const text = (...names: readonly string[]): string => {
    const found = names.map((name) => given[name]).find((value) => typeof value === "string" && value.trim() !== "");
    return typeof found === "string" ? found.trim() : "";
  };
  const isBare = BARE_ID.test(metadata.trim());
  const email = text("email", "contactEmail") || emailIn(metadata);
  return {
    email: email.toLowerCase(),
    phone: text("phone", "contactPhone"),
    person: text("personId", "contactId") || (isBare && email === "" ? metadata.trim() : ""),
  };
}

/** What may be an id that stands alone. */
const BARE_ID = /^[\w.:-]{1,200}$/;

function objectIn(text: string): Readonly<Record<string, unknown>> {
  if (!text.trimStart().startsWith("{")) return {};
  try {
    return Object(JSON.parse(text));
  } catch {
    // It is opaque: nobody promised that it is JSON.
    return {};
  }
}

/** The e-mail in a text, in lower case, where there is exactly one. */
export function emailIn(text: string): string {
  const found = text.toLowerCase().match(/[a-z0-9._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+/g) ?? [];
  const emails = new Set(found.map((email) => email.replace(FILE_ENDING, "")));
  return emails.size === 1 ? [...emails].join("") : "";
}

/** An e-mail at the end of a file name runs into how that ends. */
const FILE_ENDING = /\.(mp3|mp4|m4a|wav|mov|aac|ogg|opus|flac|wma|wmv|avi|webm|mkv|mpe?g)$/;

/** Whether a text holds a full name, word for word. Names of one word do not count: too many things are called so. */
export function holdsName(text: string, name: string): boolean {
  const words = wordsOf(name);
  return words.length > 1 && ` ${wordsOf(text).join(" ")} `.includes(` ${words.join(" ")} `);
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}'’-]+/gu) ?? []
  );
}

/** A record of the book as a state of a transcript. */
export function stateOf({ fields }: Pick<BookRecord, "fields">): TranscriptState {
  switch (fields.state) {
    case "transcribing":
    case "ready":
    case "failed":
    case "closed":
      return fields.state;
    default:
      return "unread";
  }
}

/** Where people look at a transcript. Assumed: Trint publishes no such address. */
export function pageOf({ tenant }: Settings, id: string): string {
  return `https://app${tenant === "eu" ? ".eu" : ""}.trint.com/editor/${encodeURIComponent(id)}`;
}

/** The first lines of what is said, for a note. */
export function firstLines(text: string, count: number): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines
    .filter((line) => line !== "")
    .slice(0, count)
    .join("\n");
}

/** The id of the note that a transcript is for a person. */
export function noteId(transcriptId: string, personId: string): string {
  return `${transcriptId}.${personId}`;
}

/** The id of the transcript whose note it is; of any other note it is that of no transcript. */
export function transcriptOf(note: string): string {
  return note.split(".", 1).join("");
}

/** The note that a finished transcript is for one of its people. */
export function transcriptNote(record: BookRecord, personId: string): Kept {
  const { fields, externalId, pageUrl = "" } = record;
  const lines = String(fields.lines || fields.excerpt || "").split("\n");
  const body = [...lines, pageUrl].filter((line) => line !== "").map((line) => `<p>${clean(line)}</p>`);
  const title = `Transcript: ${String(fields.title) || "untitled"}`;
  return {
    externalId: noteId(externalId, personId),
    fields: { title, body: body.join("") || `<p>${clean(title)}</p>` },
  };
}

function clean(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const DAY_MS = 86_400_000;
const TITLE_MAX = 250;

/** The tasks that lines of a transcript are, by how they begin. The same line is the same task for ever. None of old recordings. */
export function tasksIn(record: BookRecord, text: string, settings: Settings, now: number): readonly Kept[] {
  const { taskLines, taskDays, taskWithinDays } = settings;
  const createdAt = Date.parse(String(record.fields.createdAt ?? ""));
  if (!(createdAt >= now - taskWithinDays * DAY_MS)) return [];
  const dueAt = new Date(createdAt + taskDays * DAY_MS).toISOString();
  const found = text.split("\n").flatMap((line) => taskIn(line, taskLines) ?? []);
  return [...new Set(found)].map((title) => ({
    externalId: `${record.externalId}.task.${contentId(title.toLowerCase()).slice(0, 12)}`,
    fields: {
      title: title.slice(0, TITLE_MAX).toWellFormed(),
      body: `From the transcript ${String(record.fields.title) || record.externalId}\n${record.pageUrl ?? ""}`.trim(),
      dueAt,
      isCompleted: false,
    },
  }));
}

/** What is to be done by a line `To do: ring back`, with or without who said it before. */
function taskIn(line: string, beginnings: readonly string[]): string | undefined {
  const said = line.trim().replace(/^[-*•\s]+/, "");
  const tried = [said, said.replace(/^[^:]{1,60}:\s*/, "")];
  for (const beginning of beginnings) {
    const found = tried.find((one) => one.toLowerCase().startsWith(`${beginning.toLowerCase()}:`));
    const title = found?.slice(beginning.length + 1).trim();
    if (title !== undefined && title !== "") return title;
  }
  return undefined;
}
