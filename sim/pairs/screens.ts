import { PRIORITIES } from "../../kit/http.ts";
import type { BookRecord } from "../../model/book.ts";
import type { Side } from "../../model/record.ts";
import { EMPTY, isEmpty, type Value } from "../../model/value.ts";
import type { ChildFields } from "../../sandbox/control/children.ts";
import type { DeskFields } from "../../sandbox/control/desk.ts";
import type { JotKind } from "../children/jots.ts";
import { WORKSPACE_ID } from "../rules.ts";
import { asPerson } from "../screen.ts";
import { PAIR_FIELDS, type PairField } from "./partner.ts";
import type { PairWorld } from "./world.ts";

/** Somebody as a side shows them. */
export interface ShownPerson {
  /** By which the screen knows them. */
  readonly screenId: string;
  /** By which the hub knows them. */
  readonly id: string;
  readonly firstName: string;
  readonly fields: Readonly<Partial<Record<PairField, string>>>;
}

/** A note or task as a side shows it. */
export interface ShownJot {
  readonly id: string;
  readonly contactId: string;
  readonly fields: ChildFields;
}

/** What a person can see and do on one side. What was refused does nothing. */
export interface Screen {
  readonly people: () => Promise<readonly ShownPerson[]>;
  readonly enter: (name: string, fields: ShownPerson["fields"]) => Promise<void>;
  readonly edit: (screenId: string, fields: ShownPerson["fields"]) => Promise<void>;
  readonly remove: (screenId: string) => Promise<void>;
  readonly jots: (kind: JotKind) => Promise<readonly ShownJot[]>;
  readonly write: (kind: JotKind, contactId: string, fields: ChildFields) => Promise<void>;
  readonly rewrite: (kind: JotKind, id: string, fields: ChildFields) => Promise<void>;
  readonly discard: (kind: JotKind, id: string) => Promise<void>;
}

/** More than a run has. */
const RECORDS_MAX = 1_000;
/** Everybody's. */
const LAST_NAME = "Silva";

/** The screen of a side: its product's own, or, for what the hub keeps, the hub's. */
export function screenOf(world: PairWorld, side: Side): Screen {
  return side === "left" ? highlevelScreen(world) : { ...bookJots(world), ...rightPeople(world) };
}

type People = Pick<Screen, "people" | "enter" | "edit" | "remove">;

function rightPeople(world: PairWorld): People {
  const { desk, fields } = world.partner;
  if (desk === undefined) return bookPeople(world);
  return {
    people: async () => {
      const { contacts } = desk.list("", 0, RECORDS_MAX);
      return contacts.map((contact) => shownPerson(contact.id, String(contact.fields.email), contact.fields, fields));
    },
    enter: async (firstName, said) =>
      void asPerson(() => desk.create({ firstName, lastName: LAST_NAME, ...named(said, fields) })),
    edit: async (id, said) => void asPerson(() => desk.edit(id, named(said, fields))),
    remove: async (id) => void asPerson(() => desk.remove(id)),
  };
}

const SAME_NAMES = { email: "email", phone: "phone", city: "city" } as const;

function highlevelScreen({ highlevel }: PairWorld): Screen {
  const { children } = highlevel;
  const { contacts } = highlevel.control;
  const list = () => contacts.list("", 0, RECORDS_MAX).contacts;
  return {
    people: async () => list().map(({ id, fields }) => shownPerson(id, id, fields, SAME_NAMES)),
    enter: async (firstName, said) => void asPerson(() => contacts.create({ firstName, lastName: LAST_NAME, ...said })),
    edit: async (id, said) => void asPerson(() => contacts.edit(id, said)),
    remove: async (id) => void asPerson(() => contacts.remove(id)),
    jots: async (kind) => list().flatMap((contact) => children.list(kind, contact.id)),
    write: async (kind, contactId, fields) => void asPerson(() => children.create(kind, contactId, fields)),
    rewrite: async (kind, id, fields) => void asPerson(() => children.edit(kind, id, fields)),
    discard: async (kind, id) => void asPerson(() => children.remove(kind, id)),
  };
}

/** The fields that a person names, as the screen calls them. */
function named(said: ShownPerson["fields"], names: Readonly<Partial<Record<PairField, string>>>): DeskFields {
  return Object.fromEntries(
    PAIR_FIELDS.flatMap((field) => {
      const [name, value] = [names[field], said[field]];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}

function shownPerson(
  screenId: string,
  id: string,
  fields: Readonly<Record<string, unknown>>,
  names: Readonly<Partial<Record<PairField, string>>>,
): ShownPerson {
  const shown = PAIR_FIELDS.flatMap((field) => {
    const name = names[field];
    return name === undefined ? [] : [[field, textOf(fields[name])]];
  });
  const firstName = String(fields.firstName ?? textOf(fields.fullName)).split(" ")[0] ?? "";
  return { screenId, id, firstName, fields: Object.fromEntries(shown) };
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "boolean" || typeof value === "number" ? String(value) : "";
}

/** What the hub's book holds of a kind, as it lies in the store. */
export async function recordsIn({ store, partner }: PairWorld, resource: string): Promise<readonly BookRecord[]> {
  const of = { workspaceId: WORKSPACE_ID, connectionId: partner.name };
  return (await store.books.page(of, resource, { limit: RECORDS_MAX })).records;
}

function bookPeople(world: PairWorld): People {
  const { fields: names } = world.partner;
  return {
    people: async () => {
      const records = await recordsIn(world, "contact");
      return records.map(({ externalId, fields }) => shownPerson(externalId, externalId, fields, names));
    },
    enter: (firstName, said) =>
      byHub(world, "contact", (kept) =>
        kept.create(context(), { fullName: `${firstName} ${LAST_NAME}`, ...named(said, names) } as Fields),
      ),
    edit: (id, said) =>
      byHub(world, "contact", (kept) => kept.update(context(), id, changesOf(named(said, names)), {})),
    remove: (id) => byHub(world, "contact", (kept) => kept.delete(context(), id)),
  };
}

type Fields = Readonly<Record<string, Value>>;

const KINDS = { notes: "note", tasks: "task", appointments: "appointment" } as const;

function bookJots(world: PairWorld): Pick<Screen, "jots" | "write" | "rewrite" | "discard"> {
  return {
    jots: async (kind) => {
      const records = await recordsIn(world, KINDS[kind]);
      return records.map(({ externalId, parentId = "", fields }) => {
        const texts = Object.entries(fields).map(([key, value]) => [key, textOf(value)]);
        return { id: externalId, contactId: parentId, fields: Object.fromEntries(texts) };
      });
    },
    write: (kind, contactId, fields) =>
      byHub(world, KINDS[kind], (kept) => kept.create(context(), valuesOf(fields), contactId)),
    rewrite: (kind, id, fields) =>
      byHub(world, KINDS[kind], (kept) => kept.update(context(), id, changesOf(valuesOf(fields)), {})),
    discard: (kind, id) => byHub(world, KINDS[kind], (kept) => kept.delete(context(), id)),
  };
}

function valuesOf({ isCompleted, ...fields }: ChildFields): Fields {
  return { ...fields, ...(isCompleted !== undefined && { isCompleted: isCompleted === "true" }) };
}

function changesOf(fields: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      const said = value === "" ? EMPTY : (value as Value);
      return [key, isEmpty(said) ? ({ kind: "clear" } as const) : ({ kind: "set", value: said } as const)];
    }),
  );
}

function context() {
  return { priority: PRIORITIES.live, calls: [] };
}

type Kept = ReturnType<ReturnType<PairWorld["pageOf"]>>;

/**
 * Has a person do something on the hub's own page. Where no process lives, nobody answers; one that dies over it leaves
 * it done, or not. What takes time is waited for.
 */
async function byHub(
  world: PairWorld,
  resource: "contact" | (typeof KINDS)[JotKind],
  act: (kept: NonNullable<Kept>) => Promise<unknown>,
) {
  const hub = world.hub();
  const kept = hub && world.pageOf(hub)(resource);
  if (hub === undefined || kept === undefined) return;
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };
  hub.life.onEnd(over);
  // A refusal is told to the person, who leaves it at that.
  void act(kept).then(over, over);
  await world.turns.settle();
  for (let waited = 0; !isOver && waited < PATIENCE; waited += 1) await world.clock.advance(WAIT_MS);
}

const WAIT_MS = 250;
/** So often, which is longer than a call can take with all its repetitions. */
const PATIENCE = 600;
