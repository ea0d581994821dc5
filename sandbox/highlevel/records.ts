import type { ChildDesk, ContactActs } from "../control/children.ts";
import type { Desk } from "../control/desk.ts";
import { type Book, createBook } from "./book.ts";
import { createChildDesk } from "./childDesk.ts";
import { type Children, createChildren } from "./children.ts";
import { emptyContact, type StoredContact } from "./contact.ts";
import { createContactActs } from "./contactActs.ts";
import { createDesk, deskContact, PERSON } from "./desk.ts";
import type { Ground } from "./ground.ts";
import type { Mail } from "./mail.ts";
import type { WriteRules } from "./write.ts";
import { createWriter, type Writer } from "./writer.ts";

/** The contacts of an emulator and the two ways to change them. */
export type Records = {
  readonly book: Book;
  readonly writer: Writer;
  readonly children: Children;
  readonly desk: Desk;
  /** A person's acts on notes, tasks and appointments. */
  readonly childDesk: ChildDesk;
  /** Merging and restoring, which only a person can do. */
  readonly acts: Required<ContactActs>;
};

/** Makes empty records. */
export function createRecords(
  ground: Ground,
  { announce, announceChild }: Pick<Mail, "announce" | "announceChild">,
): Records {
  const { workings, quirks, refusals, fields, location } = ground;
  const { now, random } = workings.surroundings;
  const book = createBook({
    now,
    random,
    locationId: location.id,
    lagMs: () => quirks.get().searchLagMs,
    onChange: (change) => {
      announce(change);
      if (change.after === undefined && change.before !== undefined) children.leaveWith(change.before.id);
    },
  });
  const rules: WriteRules = { quirks: quirks.get, refusals, fields, country: location.country };
  const template = () => emptyContact("", location.id, { source: "", channel: "", sourceId: "" }, now());
  const writer = createWriter(book, rules, template);
  const children = createChildren({
    ground,
    demandContact: writer.demand,
    announce: (change, isAlong) => {
      announceChild(change, isAlong);
      const contact = book.contacts.get((change.after ?? change.before)?.contactId ?? "");
      if (contact !== undefined && quirks.get().childrenTouchContact) book.touch(contact);
    },
  });
  const desk = createDesk({ book, writer, fields, rules, template, now, children });
  const shown = (contact: StoredContact) => deskContact(contact, fields);
  const acts = createContactActs({
    book,
    children,
    demand: writer.demand,
    shown,
    announce,
    quirks: quirks.get,
    refusals,
    origin: PERSON,
  });
  const childDesk = createChildDesk({ children, calendars: ground.calendars, locationId: location.id, refusals, now });
  return { book, writer, children, desk, childDesk, acts };
}
