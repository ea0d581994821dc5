import { opaqueId } from "../random.ts";
import { checked } from "./check.ts";
import type { Child } from "./child.ts";
import type { KindRules } from "./childRules.ts";
import type { Quirks } from "./quirks.ts";
import type { Shelf } from "./shelf.ts";
import type { Refusals } from "./wording.ts";

/** The acts that change one kind of child; the API and the product's own screen both go through here. */
export type ChildWriter<Kept extends Child> = {
  readonly shelf: Shelf<Kept>;
  /** Those of one contact. @throws Refusal when there is no such contact. */
  readonly list: (contactId: string) => Kept[];
  /** One child, of this contact where one is named. @throws Refusal when there is none. */
  readonly demand: (id: string, contactId?: string) => Kept;
  readonly create: (contactId: string, body: unknown) => Kept;
  readonly update: (id: string, body: unknown, contactId?: string) => Kept;
  readonly remove: (id: string, contactId?: string) => void;
};

/** What the acts work with. */
export type ChildWriterParts<Kept extends Child> = {
  readonly shelf: Shelf<Kept>;
  readonly rules: KindRules<Kept>;
  /** @throws Refusal when there is no such contact. */
  readonly demandContact: (id: string) => unknown;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly now: () => number;
  readonly random: () => number;
};

/** Binds the acts to one shelf. */
export function createChildWriter<Kept extends Child>(parts: ChildWriterParts<Kept>): ChildWriter<Kept> {
  const { shelf, rules, demandContact, refusals } = parts;

  const demand = (id: string, contactId?: string): Kept => {
    if (contactId !== undefined) demandContact(contactId);
    const child = shelf.get(id);
    if (child !== undefined && (contactId === undefined || child.contactId === contactId)) return child;
    throw gone(id, parts);
  };

  return {
    shelf,
    demand,
    list: (contactId) => {
      demandContact(contactId);
      return shelf.ofContact(contactId);
    },
    create: (contactId, body) => {
      const given = checked(body, rules.create, rules.required, refusals);
      demandContact(contactId);
      const blank = blankOf(contactId, parts);
      return shelf.add({ ...blank, ...rules.changeOf(given, blank, true) });
    },
    update: (id, body, contactId) => {
      const child = demand(id, contactId);
      const given = checked(body, rules.update, [], refusals);
      const change = rules.changeOf(given, child, false);
      if (JSON.stringify({ ...child, ...change }) === JSON.stringify(child)) return child;
      return shelf.change(child, { ...child, ...change, updatedAt: parts.now() });
    },
    remove: (id, contactId) => shelf.remove(demand(id, contactId)),
  };
}

function blankOf<Kept extends Child>(contactId: string, { rules, now, random }: ChildWriterParts<Kept>): Kept {
  const at = now();
  const head: Child = { id: opaqueId(random, 20), contactId, addedAt: at, updatedAt: at };
  return { ...rules.blank, ...head } as Kept; // `blank` is exactly what the head lacks
}

function gone<Kept extends Child>(id: string, { rules, quirks, refusals }: ChildWriterParts<Kept>) {
  return quirks().goneAs === "404"
    ? refusals.missing(`${rules.noun} not found for id: ${id}`)
    : refusals.bad(`${rules.noun} with id ${id} not found`);
}
