import type { Desk } from "../control/desk.ts";
import { opaqueId } from "../random.ts";
import { type Book, type BookChange, createBook } from "./book.ts";
import { emptyContact } from "./contact.ts";
import { createDesk } from "./desk.ts";
import type { Ground } from "./ground.ts";
import type { WriteRules } from "./write.ts";
import { createWriter, type Writer } from "./writer.ts";

/** The contacts of an emulator and the two ways to change them. */
export type Records = {
  readonly book: Book;
  readonly writer: Writer;
  readonly desk: Desk;
  /** Every tag that was ever seen on a contact. */
  readonly tags: () => { id: string; name: string }[];
};

/** Makes empty records. */
export function createRecords(ground: Ground, announce: (change: BookChange) => void): Records {
  const { workings, quirks, refusals, fields, location } = ground;
  const { now, random } = workings.surroundings;
  const book = createBook({
    now,
    random,
    locationId: location.id,
    lagMs: () => quirks.get().searchLagMs,
    onChange: announce,
  });
  const rules: WriteRules = { quirks: quirks.get, refusals, fields, country: location.country };
  const template = () => emptyContact("", location.id, { source: "", channel: "", sourceId: "" }, now());
  const writer = createWriter(book, rules, template);
  const desk = createDesk({ book, writer, fields, rules, template, now });
  return { book, writer, desk, tags: tagCatalogue(book, random) };
}

/** The list is brought up to date when it is asked for, so that writes need not care. */
function tagCatalogue(book: Book, random: () => number) {
  const known = new Map<string, string>();
  return () => {
    for (const contact of book.contacts.all()) {
      for (const tag of contact.tags) if (!known.has(tag)) known.set(tag, opaqueId(random, 20));
    }
    return [...known].map(([name, id]) => ({ id, name }));
  };
}
