import type { APPOINTMENT_FIELDS, TASK_FIELDS } from "../../model/children.ts";
import { Failure } from "../../model/errors.ts";
import type { FieldDefinition } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, EMPTY, type Fields, type Value } from "../../model/value.ts";
import { CLEARED } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { idUnder, type Sighting, versionOf } from "./sighting.ts";
import { type Times, timesIn } from "./times.ts";
import type { Activity } from "./wire.ts";

/** Tasks and appointments, both activities of Salesmate, between its JSON and model form. Pure. */

/** What an activity is to the hub. */
export type ActivityKind = "task" | "appointment";

/** The keys of the fields in which the two kinds differ. */
interface Shape {
  readonly body: string;
  readonly begins: string;
  /** Appointments only. Salesmate keeps how long they take. */
  readonly ends?: string;
  readonly location?: string;
}

const SHAPES: Readonly<Record<ActivityKind, Shape>> = {
  task: { body: "body", begins: "dueAt" },
  appointment: { body: "notes", begins: "startsAt", ends: "endsAt", location: "location" },
};

const MINUTE_MS = 60_000;

/** Salesmate's longest texts, in characters. Source: published field table of activities. */
const LONGEST = { title: 500, description: 2_000 } as const;

/** Carried along because every update must repeat them; never mapped. */
const REPEATED: readonly FieldDefinition[] = [
  { key: "ownerId", label: "Owner", type: "number", isWritable: false },
  { key: "activityType", label: "Type", type: "text", isWritable: false },
];

const TASK: Readonly<Record<keyof typeof TASK_FIELDS, FieldDefinition>> = {
  title: { key: "title", label: "Title", type: "text", isWritable: true, standard: "title", maxLength: LONGEST.title },
  body: {
    ...{ key: "body", label: "Description", type: "longText", isWritable: true, standard: "body" },
    maxLength: LONGEST.description,
  },
  dueAt: { key: "dueAt", label: "Due date", type: "dateTime", isWritable: true, standard: "dueAt" },
  isCompleted: { key: "isCompleted", label: "Completed", type: "boolean", isWritable: true, standard: "isCompleted" },
};

/** Salesmate has no state of an appointment; whether it is completed is shown and has no counterpart. */
const APPOINTMENT: Readonly<Record<Exclude<keyof typeof APPOINTMENT_FIELDS, "state">, FieldDefinition>> = {
  title: TASK.title,
  notes: { ...TASK.body, key: "notes", standard: "notes" },
  startsAt: { key: "startsAt", label: "Begins", type: "dateTime", isWritable: true, standard: "startsAt" },
  endsAt: { key: "endsAt", label: "Ends", type: "dateTime", isWritable: true, standard: "endsAt" },
  location: { key: "location", label: "Location", type: "text", isWritable: true, standard: "location" },
};

const FIELDS: Readonly<Record<ActivityKind, readonly FieldDefinition[]>> = {
  task: [...Object.values(TASK), ...REPEATED],
  appointment: [
    ...Object.values(APPOINTMENT),
    { key: "isCompleted", label: "Completed", type: "boolean", isWritable: true },
    ...REPEATED,
  ],
};

/** The fields of a task or an appointment. */
export function describeActivity(kind: ActivityKind): readonly FieldDefinition[] {
  return FIELDS[kind];
}

/** Every field that a search row must show. */
export const ACTIVITY_DISPLAYING_FIELDS: readonly string[] = [
  ...["id", "title", "type", "description", "dueDate", "endDate", "duration", "isCompleted", "location"],
  ...["owner.id", "primaryContact.id", "lastModifiedAt"],
].map((name) => `activity.${name}`);

/** The name of the activity type that the account uses for this kind. */
export function typeName(kind: ActivityKind, settings: Settings): string {
  switch (kind) {
    case "task":
      return settings.taskType;
    case "appointment":
      return settings.appointmentType;
    default:
      return kind satisfies never;
  }
}

/** What a record of the partner is to the hub: a child of a contact, or nothing of this kind. */
export function activitySnapshot(
  activity: Activity,
  kind: ActivityKind,
  sighting: Sighting,
  settings: Settings,
): Snapshot | undefined {
  const contactId = idUnder(activity, "primaryContact");
  if (contactId === undefined || isOther(activity, kind, sighting, settings)) return undefined;
  const times = timesIn(settings.timeZone);
  const version = sighting === "direct" ? versionOf(activity.lastModifiedAt, times) : undefined;
  return {
    externalId: String(activity.id),
    parentId: String(contactId),
    fields: fieldsOf(activity, kind, sighting, settings, times),
    ...(version !== undefined && { version }),
  };
}

/**
 * Whether it is of another type. In a list only the wanted type counts. A record that is already followed stays so when
 * its type gets a name that the settings do not know, as after the type was renamed; only a change of kind ends it.
 */
function isOther(activity: Activity, kind: ActivityKind, sighting: Sighting, settings: Settings): boolean {
  const type = typeOf(activity).toLowerCase();
  if (type === typeName(kind, settings).toLowerCase()) return false;
  return sighting === "row" || type === typeName(kind === "task" ? "appointment" : "task", settings).toLowerCase();
}

/** The type is a text, or an object with its name. */
function typeOf({ type }: Activity): string {
  const name = typeof type === "object" && type !== null && "name" in type ? type.name : type;
  return typeof name === "string" ? name.trim() : "";
}

function fieldsOf(
  activity: Activity,
  kind: ActivityKind,
  sighting: Sighting,
  settings: Settings,
  times: Times,
): Fields {
  const shape = SHAPES[kind];
  const title = textOf(activity.title);
  // An hour that the account's clock shows twice is no evidence in a row; a direct read has nothing better to say.
  const isSure = (value: unknown) => sighting === "direct" || !times.isTwice(value);
  const values: Record<string, Value | undefined> = {
    title: title === settings.titlePlaceholder ? EMPTY : title,
    [shape.body]: textOf(activity.description),
    [shape.begins]: isSure(activity.dueDate) ? momentOf(activity.dueDate, times) : undefined,
    isCompleted: activity.isCompleted === undefined ? undefined : isYes(activity.isCompleted),
    ...(shape.ends !== undefined && {
      [shape.ends]: isSure(activity.endDate) && isSure(activity.dueDate) ? endOf(activity, times) : undefined,
    }),
    ...(shape.location !== undefined && { [shape.location]: textOf(activity.location) }),
    ownerId: idUnder(activity, "owner"),
    activityType: typeOf(activity) || undefined,
  };
  return sighting === "direct" ? { ...emptied(kind), ...withoutGaps(values) } : withoutGaps(values);
}

/** What a direct read leaves out is empty; a row that lacks a key says nothing of it. */
function emptied(kind: ActivityKind): Fields {
  const writable = FIELDS[kind].filter(({ isWritable }) => isWritable);
  return Object.fromEntries(writable.map(({ key, type }) => [key, type === "boolean" ? false : EMPTY]));
}

function withoutGaps(values: Readonly<Record<string, Value | undefined>>): Fields {
  const present = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return Object.fromEntries(present);
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return value === null ? EMPTY : String(value).trim();
}

function isYes(value: unknown): boolean {
  return value === true || value === 1 || /^(true|yes|1)$/i.test(String(value));
}

/** A moment in whole minutes, since rows show no more: the record would else differ from its own row. */
function momentOf(value: unknown, times: Times): string | undefined {
  if (value === undefined) return undefined;
  const ms = times.instant(value);
  return ms === undefined ? EMPTY : minuteOf(ms);
}

function minuteOf(ms: number): string {
  return new Date(Math.floor(ms / MINUTE_MS) * MINUTE_MS).toISOString();
}

/** When an appointment ends: as shown, or by how long it takes. */
function endOf(activity: Activity, times: Times): string | undefined {
  const { endDate, dueDate, duration } = activity;
  if (endDate !== undefined && endDate !== null && endDate !== EMPTY) return momentOf(endDate, times);
  const begins = momentOf(dueDate, times);
  if (begins === undefined || (endDate === undefined && duration === undefined)) return undefined;
  const minutes = duration === null || duration === EMPTY ? Number.NaN : Number(duration);
  return begins === EMPTY || Number.isNaN(minutes) ? EMPTY : minuteOf(Date.parse(begins) + minutes * MINUTE_MS);
}

/** The body of a create: what is not empty, with title, owner, type and contact, which Salesmate demands. */
export function activityCreateBody(
  fields: Fields,
  contactId: string,
  kind: ActivityKind,
  settings: Settings,
): Record<string, unknown> {
  const body = bodyOf(fields, Object.keys(fields), kind, settings);
  const said = Object.entries(body).filter(([, value]) => value !== CLEARED.text && value !== CLEARED.other);
  return {
    ...Object.fromEntries(said),
    ...demanded(fields, kind, settings),
    // An id that is no number is not ours to judge.
    primaryContact: /^\d+$/.test(contactId) ? Number(contactId) : contactId,
  };
}

/**
 * The body of an update: what changed, with title, owner and type again.
 * @throws Failure `rejected` for a moment that is none, and for an end before the beginning.
 */
export function activityUpdateBody(
  changes: Changes,
  known: Fields,
  kind: ActivityKind,
  settings: Settings,
): Record<string, unknown> {
  const next = applyChanges(known, changes);
  return { ...bodyOf(next, Object.keys(changes), kind, settings), ...demanded(next, kind, settings) };
}

function demanded(fields: Fields, kind: ActivityKind, settings: Settings): Record<string, unknown> {
  const { title, ownerId, activityType } = fields;
  return {
    title: typeof title === "string" && title.trim() !== "" ? title : settings.titlePlaceholder,
    owner: typeof ownerId === "number" ? ownerId : settings.ownerId,
    type: typeof activityType === "string" && activityType !== "" ? activityType : typeName(kind, settings),
  };
}

function bodyOf(
  fields: Fields,
  keys: readonly string[],
  kind: ActivityKind,
  settings: Settings,
): Record<string, unknown> {
  const shape = SHAPES[kind];
  const { body, begins, ends, location } = shape;
  const parts: Record<string, unknown>[] = keys.map((key) => {
    const value = fields[key] ?? EMPTY;
    switch (key) {
      case body:
        return { description: value };
      case location:
        return { location: value };
      case "isCompleted":
        return { isCompleted: isYes(value) };
      case begins:
        return { dueDate: dueDate(value, settings), ...duration(fields, shape) };
      case ends:
        return duration(fields, shape);
      case "title":
      case "ownerId":
      case "activityType":
        return {};
      default:
        throw new Failure(
          "misconfigured",
          `Could not write the field "${key}" at Salesmate: its ${kind}s have no such field. Correct the mapping.`,
        );
    }
  });
  return Object.assign({}, ...parts);
}

function dueDate(value: Value, { dueDateAs }: Settings): number | string | null {
  if (value === EMPTY) return CLEARED.other;
  const ms = momentIn(value);
  return dueDateAs === "iso" ? new Date(ms).toISOString() : ms;
}

/** How long it takes from its beginning to its end; nothing where one of them is not set. */
function duration(fields: Fields, { begins, ends }: Shape): { readonly duration?: number | null } {
  if (ends === undefined) return {};
  const [from = EMPTY, to = EMPTY] = [fields[begins], fields[ends]];
  if (from === EMPTY || to === EMPTY) return { duration: CLEARED.other };
  const minutes = (momentIn(to) - momentIn(from)) / MINUTE_MS;
  if (minutes >= 0) return { duration: minutes };
  throw rejected("it would end before it begins");
}

/** Epoch ms of a moment in model form, in whole minutes. */
function momentIn(value: Value): number {
  const ms = timesIn("UTC").instant(value);
  if (ms === undefined) throw rejected("one of its times is no date with a time of day");
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

function rejected(why: string): Failure {
  return new Failure("rejected", `Could not write a record to Salesmate: ${why}. Correct it at the other side.`, {
    issues: [why],
  });
}
