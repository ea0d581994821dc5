import type { Timetable } from "../control/timetable.ts";
import { type Random, seededRandom, uuid } from "../random.ts";
import type { Agency } from "./agency.ts";
import type { Book } from "./book.ts";
import { type Businesses, createBusinesses } from "./businesses.ts";
import type { Calendars } from "./calendars.ts";
import type { Children } from "./children.ts";
import { type Conversations, createConversations } from "./conversations.ts";
import type { CustomFields } from "./customFields.ts";
import { type CustomValues, createCustomValues } from "./customValues.ts";
import type { Drawer } from "./drawer.ts";
import { createEnrolments, type Enrolments } from "./enrolments.ts";
import type { Ground } from "./ground.ts";
import type { Location } from "./locationRoutes.ts";
import type { Mail } from "./mail.ts";
import { createOpportunities, type Opportunities } from "./opportunities.ts";
import { createPipelines, type Pipelines } from "./pipelines.ts";
import type { Quirks } from "./quirks.ts";
import type { Records } from "./records.ts";
import { createRecurringTasks, type RecurringTasks } from "./recurringTasks.ts";
import { createSheets, FORMS, type Sheets, SURVEYS } from "./submissions.ts";
import { createTags, type Tags } from "./tags.ts";
import { createTemplates, type Template } from "./templateRoutes.ts";
import { createUsers, type Users } from "./users.ts";
import type { Refusals } from "./wording.ts";
import type { Writer } from "./writer.ts";

/** One location with all that is kept in it: what the operations work on. */
export type Place = {
  readonly now: () => number;
  /** What is to happen later; it is over when the emulator closes. */
  readonly timetable: Timetable;
  readonly random: Random;
  /** Makes the `traceId` of an answer. Its chance is its own: an answer more or less changes nothing else. */
  readonly trace: () => string;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly location: Location;
  readonly fields: CustomFields;
  readonly book: Book;
  readonly writer: Writer;
  readonly children: Children;
  readonly agency: Agency;
  readonly users: Users;
  readonly tags: Tags;
  readonly customValues: CustomValues;
  readonly templates: Drawer<Template>;
  readonly recurringTasks: RecurringTasks;
  readonly enrolments: Enrolments;
  readonly businesses: Businesses;
  readonly pipelines: Pipelines;
  readonly opportunities: Opportunities;
  readonly conversations: Conversations;
  readonly forms: Sheets;
  readonly surveys: Sheets;
  readonly calendars: Calendars;
  readonly tell: Mail["tell"];
  /** Forgets everything but contacts and what belongs to them, and begins anew with what a location begins with. */
  readonly clear: () => void;
  /** What else hangs on a merged contact goes to its survivor. */
  readonly handOver: (fromId: string, toId: string) => void;
  /** A record of any kind but contacts and what belongs to them, as it is stored. */
  readonly state: (id: string) => unknown;
};

/** Gathers one location. Nothing is made up before it is first asked for. */
export function createPlace(ground: Ground, records: Records, mail: Pick<Mail, "tell">): Place {
  const { workings, quirks, refusals, location, fields, calendars, agency, timetable } = ground;
  const { now, random } = workings.surroundings;
  const { book, writer, children } = records;
  const stand = { now, timetable, random, location, tell: mail.tell, quirks: quirks.get, refusals, book };
  const stores = {
    users: createUsers(stand),
    tags: createTags(stand, writer),
    customValues: createCustomValues(stand),
    templates: createTemplates(),
    recurringTasks: createRecurringTasks(stand, children),
    enrolments: createEnrolments(stand),
    businesses: createBusinesses(stand),
    pipelines: createPipelines(stand),
    opportunities: createOpportunities(stand),
    conversations: createConversations(stand),
    forms: createSheets(FORMS, stand, writer),
    surveys: createSheets(SURVEYS, stand, writer),
    calendars,
  };
  return {
    ...stand,
    ...stores,
    trace: tracesOf(location.id),
    agency,
    fields,
    writer,
    children,
    clear: () => {
      for (const store of Object.values(stores)) store.clear();
    },
    handOver: (fromId, toId) => {
      for (const store of [stores.opportunities, stores.conversations, stores.enrolments]) store.handOver(fromId, toId);
    },
    state: (id) =>
      stores.opportunities.get(id) ??
      stores.conversations.conversations.get(id) ??
      stores.conversations.messages.get(id) ??
      stores.businesses.get(id) ??
      stores.users.get(id) ??
      calendars.calendars.get(id) ??
      calendars.blocks.get(id) ??
      stores.forms.submissions.get(id) ??
      stores.surveys.submissions.get(id),
  };
}

/** What a store of a location stands on. */
export type Stand = Pick<Place, "now" | "timetable" | "random" | "location" | "tell" | "quirks" | "refusals" | "book">;

function tracesOf(locationId: string): () => string {
  let seed = 0;
  for (const letter of locationId) seed = (seed * 31 + letter.charCodeAt(0)) >>> 0;
  const random = seededRandom(seed);
  return () => uuid(random);
}
