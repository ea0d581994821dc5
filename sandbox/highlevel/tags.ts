import { opaqueId } from "../random.ts";
import type { Origin } from "./contact.ts";
import type { Stand } from "./place.ts";
import type { Writer } from "./writer.ts";

/** A tag of the location. */
export type Tag = { readonly id: string; readonly name: string };

/** The tags of one location: those made for it, and every one that was ever seen on a contact. */
export type Tags = {
  readonly all: () => Tag[];
  readonly get: (id: string) => Tag | undefined;
  readonly find: (name: string) => Tag | undefined;
  readonly add: (name: string) => Tag;
  /** Renames a tag, on its contacts as well where the quirk says so. */
  readonly rename: (tag: Tag, name: string, origin: Origin) => Tag;
  /** Takes a tag away, from its contacts as well where the quirk says so. */
  readonly remove: (tag: Tag, origin: Origin) => void;
  readonly clear: () => void;
};

/** Makes a location's tags. The list is brought up to date when it is asked for, so that writes need not care. */
export function createTags({ random, book, quirks }: Stand, writer: Writer): Tags {
  let known = new Map<string, Tag>();

  const add = (name: string): Tag => {
    const tag = { id: opaqueId(random, 20), name };
    known.set(tag.id, tag);
    return tag;
  };

  const all = (): Tag[] => {
    const names = new Set([...known.values()].map(({ name }) => name));
    for (const contact of book.contacts.all()) {
      for (const name of contact.tags) {
        if (names.has(name)) continue;
        names.add(name);
        add(name);
      }
    }
    return [...known.values()];
  };

  const contactsWith = (name: string): string[] =>
    quirks().tagEditsReachContacts
      ? [...book.contacts.all()].filter(({ tags }) => tags.includes(name)).map(({ id }) => id)
      : [];

  return {
    all,
    add,
    get: (id) => all().find((tag) => tag.id === id),
    find: (name) => all().find((tag) => tag.name === name),
    rename: (tag, name, origin) => {
      const renamed = { ...tag, name };
      known.set(tag.id, renamed);
      for (const id of contactsWith(tag.name)) {
        const tags = writer.demand(id).tags.map((other) => (other === tag.name ? name : other));
        writer.update(id, { tags }, origin);
      }
      return renamed;
    },
    remove: (tag, origin) => {
      known.delete(tag.id);
      for (const id of contactsWith(tag.name)) writer.removeTags(id, [tag.name], origin);
    },
    clear: () => {
      known = new Map();
    },
  };
}
