import type { FastifyInstance } from "fastify";
import type { EmulatorApp } from "../control/app.ts";
import { type ChildDesk, type ContactActs, childRoutes, contactActRoutes } from "../control/children.ts";
import { type Control, controlRoutes, createControl } from "../control/control.ts";
import type { SeedContact } from "../control/desk.ts";
import { createLimiter, type Limits } from "../control/limiter.ts";
import { type Listening, listenOn } from "../control/listen.ts";
import { type RecordDesks, recordRoutes } from "../control/records.ts";
import { createSettings } from "../control/settings.ts";
import { realSurroundings, type Surroundings } from "../control/surroundings.ts";
import { createWorkings } from "../control/workings.ts";
import { makePeople, makePlainPeople, seedOf } from "../people.ts";
import { opaqueId } from "../random.ts";
import { createActivityBook } from "./activityBook.ts";
import { createActivityWriter } from "./activityWriter.ts";
import { createBook } from "./book.ts";
import { createChildDesk } from "./childDesk.ts";
import { COMPANIES } from "./company.ts";
import { tagsOf } from "./contact.ts";
import { createContactActs } from "./contactActs.ts";
import { SITES } from "./customModule.ts";
import { createDeals, PIPELINES } from "./deal.ts";
import { createDesk, deskContact } from "./desk.ts";
import { createModule } from "./module.ts";
import { createNotes, type NoteParent } from "./note.ts";
import type { User } from "./present.ts";
import { PRODUCTS } from "./product.ts";
import { type Quirks, QuirksShape } from "./quirks.ts";
import { createRecordDesks } from "./recordDesks.ts";
import { salesmateRoutes } from "./routes.ts";
import { createRefusals } from "./wording.ts";
import type { WriteRules } from "./write.ts";
import { createWriter } from "./writer.ts";

export type { Quirks as SalesmateQuirks } from "./quirks.ts";

/** How an emulator is to be. Everything has a default; without a clock of your own it runs in real time. */
export type SalesmateOptions = Partial<Surroundings> & {
  readonly quirks?: Partial<Quirks>;
  readonly limits?: Partial<Limits>;
  /** Milliseconds that every answer takes at least; default 0. */
  readonly latencyMs?: number;
  readonly linkname?: string;
  /** The session key; one is made up when left out. */
  readonly sessionKey?: string;
  /** Invents the contacts of a reset. */
  readonly populate?: (seed: number, count: number) => readonly SeedContact[];
};

/** An emulated Salesmate account. */
export type SalesmateEmulator = {
  /** The web server, built when it is first asked for. */
  readonly app: FastifyInstance;
  /** Asks an operation in this process, without a socket. */
  readonly ask: EmulatorApp["ask"];
  /** Listens on 127.0.0.1; port 0 takes any free one. The API lies under `/apis`. */
  readonly listen: (port: number) => Promise<Listening>;
  readonly close: () => Promise<void>;
  readonly control: Control<Quirks>;
  /** A person's acts on notes, tasks and appointments. */
  readonly children: ChildDesk;
  /** A person's acts on what is kept beside contacts, by kind. */
  readonly desks: RecordDesks;
  /** A person's merging and restoring of contacts. */
  readonly acts: Required<ContactActs>;
  readonly seed: (contacts: readonly SeedContact[]) => void;
  readonly linkname: string;
  readonly sessionKey: string;
  /** The user of the session key, who is the owner that a hub would use. */
  readonly ownerId: number;
  /** All that a hub must be told to use this emulator, except its address. */
  readonly signIn: () => { linkname: string; sessionKey: string; ownerId: number; timeZone: string };
  /** Makes the key refused from now on. */
  readonly revokeKey: () => void;
};

/** The person at the screen, the hub's own user, and one who has left. */
const PERSON_ID = 1;
const HUB_ID = 2;

const CURRENCIES = ["USD", "EUR", "GBP", "INR", "AUD", "CAD"];

const HOURLY = { requests: 1_500, perMs: 3_600_000, daily: 36_000 };

/** Makes an emulator that holds no contacts yet. */
export function createSalesmateEmulator(options: SalesmateOptions = {}): SalesmateEmulator {
  const surroundings = { ...realSurroundings(), ...options };
  const { now, random } = surroundings;
  const quirks = createSettings(QuirksShape, options.quirks);
  const refusals = createRefusals(quirks.get);
  const workings = createWorkings(surroundings, { ...HOURLY, ...options.limits }, options.latencyMs ?? 0, refusals);
  const { open, onServe, ask, isStale, limits } = workings;
  const linkname = options.linkname ?? "harbourlight";
  const sessionKey = options.sessionKey ?? opaqueId(random, 36).toLowerCase();
  const goodKeys = new Map([[sessionKey, HUB_ID]]);

  const users = () => usersOf(quirks.get().timeZone);
  const isUser = (id: number) => users().some((user) => user.id === id && user.isActive);
  const rules = { quirks: quirks.get, refusals, isUser, currencies: CURRENCIES };
  const records = createRecords(rules, now);
  const desk = createDesk({ ...records, rules, user: PERSON_ID, now });
  const control = createControl({
    ...workings,
    desk,
    quirks,
    outbox: NO_WEBHOOKS,
    populate: options.populate ?? inventing(now),
    plain: (seed, count) => makePlainPeople(seed, count, "salesmate", now()),
  });
  const limit = createLimiter(limits.get, now);
  const userOfKey = (key: string) => goodKeys.get(key);
  salesmateRoutes(open, { ...records, users, quirks: quirks.get, refusals, linkname, userOfKey, limit, isStale });
  const children = createChildDesk({ ...records, ...rules, user: PERSON_ID });
  const desks = createRecordDesks({ ...records, rules, user: PERSON_ID });
  const acts = createContactActs({ ...records, refusals, shown: deskContact, user: PERSON_ID, now });
  onServe((server) => {
    controlRoutes(server, control);
    childRoutes(server, children);
    recordRoutes(server, desks);
    contactActRoutes(server, acts);
  });
  const { close } = workings;
  return {
    get app() {
      return workings.app();
    },
    ask,
    listen: (port) => listenOn(workings.app(), port, close),
    close,
    control,
    children,
    desks,
    acts,
    seed: desk.seed,
    linkname,
    sessionKey,
    ownerId: HUB_ID,
    signIn: () => ({ linkname, sessionKey, ownerId: HUB_ID, timeZone: quirks.get().timeZone }),
    revokeKey: () => goodKeys.clear(),
  };
}

/** All that an account holds, and the acts that change it. */
function createRecords(rules: WriteRules, now: () => number) {
  const book = createBook();
  const companies = createModule(COMPANIES, rules, now);
  const activityBook = createActivityBook();
  const notes = createNotes(rules.refusals, now);
  const deals = createDeals(rules, now, book, companies);
  const products = createModule(PRODUCTS, rules, now);
  const sites = createModule(SITES, rules, now);
  const tags = (): readonly string[] => {
    const held = [book, companies.book, deals.book, products.book].flatMap(({ contacts }) => [...contacts.all()]);
    return [...new Set(held.flatMap(tagsOf))];
  };
  const isContact = (id: number) => book.get(id)?.isDeleted === false;
  const activityWriter = createActivityWriter(activityBook, { ...rules, isContact }, now);
  const isCompany = (id: number) => companies.book.get(id)?.isDeleted === false;
  const writer = createWriter(book, { ...rules, isCompany }, now, (contactId, user) => {
    notes.removeUnder({ moduleId: 1, objectId: contactId });
    activityWriter.contactGone(contactId, user);
    deals.relink("primaryContact", contactId, undefined, user);
  });
  const noted = ({ moduleId, objectId }: NoteParent, user: number): void => {
    const contact = moduleId === 1 ? book.get(objectId) : undefined;
    if (contact === undefined || !rules.quirks().notesTouchContact) return;
    book.change(contact, { owner: undefined, values: {} }, user, now());
  };
  const clear = (): void => {
    for (const { book: held } of [companies, deals, products, sites]) held.clear();
    for (const held of [book, activityBook, notes]) held.clear();
  };
  const otherState = (id: number) =>
    activityBook.get(id) ??
    notes.get(id) ??
    [companies, deals, products, sites].map((module) => module.book.get(id)).find((record) => record !== undefined);
  return {
    book,
    companies,
    deals,
    products,
    sites,
    currencies: CURRENCIES,
    pipelines: () => PIPELINES,
    tags,
    writer,
    activityBook,
    activityWriter,
    notes,
    noted,
    clear,
    otherState,
  };
}

function inventing(now: () => number) {
  return (seed: number, count: number) => makePeople(seed, count).map((person) => seedOf(person, "salesmate", now()));
}

/** The product has no webhooks; the control API says so by empty lists. */
const NO_WEBHOOKS = { log: () => [], flush: () => Promise.resolve(), clear: () => undefined };

function usersOf(timezone: string): User[] {
  const user = (id: number, firstName: string, lastName: string, isActive = true): User => ({
    id,
    firstName,
    lastName,
    email: `${firstName.toLowerCase()}@harbourlight.example`,
    timezone,
    isActive,
  });
  return [user(PERSON_ID, "Ines", "Moreau"), user(HUB_ID, "Hub", "Account"), user(3, "Otto", "Lind", false)];
}
