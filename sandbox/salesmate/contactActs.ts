import type { ContactActs } from "../control/children.ts";
import type { DeskContact } from "../control/desk.ts";
import type { ActivityWriter } from "./activityWriter.ts";
import type { Book } from "./book.ts";
import { type StoredContact, tagsOf } from "./contact.ts";
import type { Module } from "./module.ts";
import type { Notes } from "./note.ts";
import type { Refusals } from "./wording.ts";
import type { Writer } from "./writer.ts";

/** What merging and restoring work with. */
export type ContactActParts = {
  readonly book: Book;
  readonly writer: Writer;
  readonly activityWriter: ActivityWriter;
  readonly notes: Notes;
  readonly deals: Pick<Module, "relink">;
  readonly shown: (contact: StoredContact) => DeskContact;
  readonly refusals: Refusals;
  /** The person at the screen. */
  readonly user: number;
  readonly now: () => number;
};

/** Merging and restoring as a person does them at the screen. The API has neither; that the screen has is assumed. */
export function createContactActs(parts: ContactActParts): Required<ContactActs> {
  return {
    merge: (survivorId, retiredId) => parts.shown(merge(survivorId, retiredId, parts)),
    restore: (id) => parts.shown(parts.writer.restore(id, parts.user)),
  };
}

/** The survivor keeps what it has, gets what it lacks, and takes over tags, notes and activities. */
function merge(survivorId: string, retiredId: string, parts: ContactActParts): StoredContact {
  const { book, writer, activityWriter, notes, deals, refusals, user, now } = parts;
  const survivor = writer.demand(survivorId);
  const retired = writer.demand(retiredId);
  if (survivor.id === retired.id) throw refusals.invalid("A contact can not be merged with itself");
  activityWriter.move(retired.id, survivor.id, user);
  notes.move({ moduleId: 1, objectId: retired.id }, { moduleId: 1, objectId: survivor.id });
  deals.relink("primaryContact", retired.id, survivor.id, user);
  writer.remove(retiredId, user);
  return book.change(survivor, { owner: undefined, values: filled(survivor, retired) }, user, now());
}

function filled(survivor: StoredContact, retired: StoredContact): StoredContact["values"] {
  const lacking = Object.entries(retired.values).filter(([name]) => (survivor.values[name] ?? "") === "");
  const known = new Set(tagsOf(survivor).map((tag) => tag.toLowerCase()));
  const more = tagsOf(retired).filter((tag) => !known.has(tag.toLowerCase()));
  return { ...Object.fromEntries(lacking), tags: [...tagsOf(survivor), ...more].join(",") };
}
