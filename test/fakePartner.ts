import type { CallContext, Clock, Partner } from "../engine/ports.ts";
import type { CreateAnswer, Listing, ListPage, ListQuery } from "../kit/connector.ts";
import { Failure } from "../model/errors.ts";
import type { FieldDefinition } from "../model/field.ts";
import type { Snapshot } from "../model/record.ts";
import type { MatchRule } from "../model/sync.ts";
import { applyChanges, type Changes, EMPTY, type Fields, isEmpty, type Value } from "../model/value.ts";
import { aField } from "./builders.ts";

/** What can be asked of a partner. */
export type Verb = "list" | "read" | "create" | "update" | "delete" | "find";

/** One call as the partner saw it. */
export interface Call {
  readonly verb: Verb;
  readonly at: number;
  readonly externalId?: string;
  /** Of a create. */
  readonly fields?: Fields;
  /** Of an update. */
  readonly changes?: Changes;
  /** Of a list. */
  readonly query?: ListQuery;
  /** Of everything that is done to children: the contact that was named. */
  readonly parentId?: string;
}

/** How a partner behaves; one that is not told otherwise is prompt, exact and honest. */
export interface Habits {
  readonly connectionId: string;
  readonly name: string;
  readonly country: string;
  /** The country that the account says, where it says one. */
  readonly accountCountry?: string;
  /** The longest that a call can be on its way, ms. */
  readonly longestCallMs: number;
  /** Field catalogue. */
  readonly fields: readonly FieldDefinition[];
  /** For how long the catalogue is remembered once it was asked for, ms. */
  readonly fieldsKeptMs: number;
  /** Of children listed by parent: whether the listing of all of them is refused. */
  readonly refusesWhole: boolean;
  readonly listing: Listing;
  readonly pageSize: number;
  readonly canDelete: boolean;
  /** Keys of fields that listings show in lower case only. */
  readonly folds: readonly string[];
  /** Keys that rows leave out where they are empty, so that a row without them says nothing. */
  readonly omits: readonly string[];
  /** Whether rows tell the time of the last change, where reads do. */
  readonly rowsTellTimes: boolean;
  /** What becomes of a record's fields on their way in. */
  readonly rewrite: (fields: Fields) => Fields;
  /** Whether a record's id is its e-mail, so that it goes on under another id when that changes. */
  readonly keyedBy: MatchRule | undefined;
  /** Whether the answer to a write hides the record. */
  readonly hidesAnswers: boolean;
  /** Whether records carry the time of their last change. */
  readonly hasVersions: boolean;
  /** Whether a second record with the same e-mail is refused with the first one's id. */
  readonly refusesDuplicates: boolean;
  /** How long a request is on its way, and its answer on the way back, ms each. */
  readonly latency: () => number;
  /** The keys that its look-up knows. */
  readonly findsBy: readonly MatchRule[];
  /** The id of the record that is made next, by how many there will then have been; they count up when absent. */
  readonly idOf?: (count: number) => string;
  /** Of children: whether the contact of this id is there. Its children are there as long as it is. */
  readonly hasParent?: (parentId: string) => boolean;
}

/**
 * What goes wrong with the next call of a verb: before it takes effect, or after, when only the answer is lost. `late`
 * takes effect when the answer was given up already.
 */
export interface Fault {
  readonly when: "before" | "after" | "late";
  readonly failure: Failure;
}

/** A partner in memory, with levers for tests. */
export interface FakePartner extends Partner {
  /** Every call, in order. */
  readonly calls: Call[];
  /** Calls of these verbs, in order. */
  readonly callsOf: (...verbs: readonly Verb[]) => readonly Call[];
  /** Forgets the calls so far. */
  readonly forgetCalls: () => void;
  /** A person adds a record. @returns its id. */
  readonly add: (fields: Fields) => string;
  /** A person adds a record under a contact. @returns its id. */
  readonly addChild: (parentId: string, fields: Fields) => string;
  /** A record is another contact's from now on. */
  readonly move: (externalId: string, parentId: string) => void;
  /** The contact that a record belongs to. */
  readonly parentOf: (externalId: string) => string | undefined;
  /** A person edits a record. */
  readonly edit: (externalId: string, fields: Fields) => void;
  /** A person deletes a record. */
  readonly remove: (externalId: string) => void;
  /** A person brings a deleted record back. */
  readonly restore: (externalId: string, fields: Fields) => void;
  /** What the record holds now; `undefined` when it is gone. */
  readonly fieldsOf: (externalId: string) => Fields | undefined;
  /** Ids of the records that are there. */
  readonly ids: () => readonly string[];
  /** Makes the next calls of a verb fail, one fault each. */
  readonly fail: (verb: Verb, ...faults: readonly Fault[]) => void;
  /** Takes back the faults that are still to come for a verb. */
  readonly mend: (verb: Verb) => void;
  /** Lets the next call of a verb take effect and holds its answer back until released. */
  readonly holdAnswer: (verb: Verb) => () => void;
  readonly refusesDuplicates: () => boolean;
  /** Changes habits from now on. */
  readonly change: (habits: Partial<Habits>) => void;
}

/** The catalogue of a fake partner: the standard fields that tests use. */
export const FAKE_FIELDS: readonly FieldDefinition[] = [
  aField("firstName"),
  aField("lastName"),
  aField("email", { type: "email" }),
  aField("phone", { type: "phone" }),
  aField("companyName"),
  aField("city"),
  aField("tags", { type: "set" }),
];

/** The catalogue of a partner of notes. */
export const FAKE_NOTE_FIELDS: readonly FieldDefinition[] = [aField("title"), aField("body", { type: "longText" })];

const HONEST: Habits = {
  connectionId: "partner",
  name: "Partner",
  country: "US",
  longestCallMs: 45_000,
  fields: FAKE_FIELDS,
  fieldsKeptMs: 0,
  refusesWhole: false,
  listing: { isComplete: true, lagMs: 0, overlapMs: 0 },
  pageSize: 100,
  canDelete: true,
  folds: [],
  omits: [],
  rowsTellTimes: true,
  rewrite: (fields) => fields,
  keyedBy: undefined,
  hidesAnswers: false,
  hasVersions: true,
  refusesDuplicates: false,
  latency: () => 0,
  findsBy: ["email", "phone"],
};

/** What a record held from a moment on; without fields it was gone. */
interface Moment {
  readonly at: number;
  readonly fields?: Fields;
  readonly parentId?: string;
}

/** Makes a partner; ids count up behind `prefix`. */
export function fakePartner(clock: Clock, prefix: string, habits: Partial<Habits> = {}): FakePartner {
  let now: Habits = { ...HONEST, ...habits };
  const records = recordBook(clock, now.idOf ?? ((count) => `${prefix}${count}`));
  const calls: Call[] = [];
  const faults = new Map<Verb, Fault[]>();
  const gates = new Map<Verb, Promise<void>>();
  let remembered: { readonly at: number; readonly fields: readonly FieldDefinition[] } | undefined;

  /** Plays one call: noted down, perhaps refused, carried out, its answer perhaps held back or lost. */
  const play = async <T>(context: CallContext, call: Omit<Call, "at">, effect: () => T): Promise<T> => {
    calls.push({ ...call, at: clock.now() });
    const fault = faults.get(call.verb)?.shift();
    // Nobody waits for its answer any more, so that nobody hears of a refusal either.
    if (fault?.when === "late") passing(clock, LATE_MS).then(effect).catch(ignored);
    if (fault?.when === "before" || fault?.when === "late") throw noted(context, now, call.verb, fault.failure);
    await passing(clock, now.latency());
    const result = effect();
    const gate = gates.get(call.verb);
    gates.delete(call.verb);
    if (gate !== undefined) await gate;
    await passing(clock, now.latency());
    if (fault !== undefined) throw noted(context, now, call.verb, fault.failure);
    const path = `/contacts/${call.externalId ?? ""}`;
    context.calls.push({ connectionId: now.connectionId, method: call.verb, path, status: 200, ms: 0 });
    return result;
  };

  const partner: Partner = {
    get connectionId() {
      return now.connectionId;
    },
    get name() {
      return now.name;
    },
    get listing() {
      return now.listing;
    },
    get canDelete() {
      return now.canDelete;
    },
    get country() {
      return now.country;
    },
    ...(now.keyedBy === undefined ? {} : { keyedBy: now.keyedBy }),
    readCountry: async () => now.accountCountry ?? now.country,
    get longestCallMs() {
      return now.longestCallMs;
    },
    describe: async (_context, asOf = 0) => {
      const at = clock.now();
      const isKept = remembered !== undefined && at < remembered.at + now.fieldsKeptMs && remembered.at >= asOf;
      if (!isKept || remembered === undefined) remembered = { at, fields: now.fields };
      return remembered.fields;
    },
    list: (context, query) => play(context, { verb: "list", query }, () => listPage(records, now, clock.now(), query)),
    read: (context, externalId, parentId) =>
      play(context, { verb: "read", externalId, ...under(parentId) }, () =>
        isWith(records, now, externalId, parentId) ? shown(records, externalId, now) : "gone",
      ),
    create: (context, fields, parentId) =>
      play(context, { verb: "create", fields, ...under(parentId) }, () => createIn(records, now, fields, parentId)),
    update: (context, externalId, changes, _known, parentId) =>
      play(context, { verb: "update", externalId, changes, ...under(parentId) }, () => {
        if (!isWith(records, now, externalId, parentId)) throw isGone(externalId);
        return updateIn(records, now, externalId, changes);
      }),
    delete: (context, externalId, parentId) =>
      play(context, { verb: "delete", externalId, ...under(parentId) }, () => records.write(externalId)),
    find: (context, rule, value) =>
      play(context, { verb: "find" }, () => findIn(records, now, clock.now(), rule, value)),
  };

  return Object.assign(partner, {
    calls,
    callsOf: (...verbs: readonly Verb[]) => calls.filter((call) => verbs.includes(call.verb)),
    forgetCalls: () => void calls.splice(0),
    add: (fields: Fields) => addIn(records, now, fields),
    addChild: (parentId: string, fields: Fields) => records.add(fields, parentId),
    move: (externalId: string, parentId: string) => records.write(externalId, present(records, externalId), parentId),
    parentOf: (externalId: string) => records.parentOf(externalId),
    edit: (externalId: string, fields: Fields) =>
      void writeIn(records, now, externalId, { ...present(records, externalId), ...fields }),
    remove: (externalId: string) => records.write(externalId),
    restore: (externalId: string, fields: Fields) => records.write(externalId, fields),
    fieldsOf: (externalId: string) =>
      hasItsParent(records, now, externalId) ? records.fieldsAt(externalId, clock.now()) : undefined,
    ids: () => records.idsAt(clock.now()).filter((externalId) => hasItsParent(records, now, externalId)),
    fail: (verb: Verb, ...more: readonly Fault[]) => void faults.set(verb, [...(faults.get(verb) ?? []), ...more]),
    mend: (verb: Verb) => void faults.delete(verb),
    holdAnswer: (verb: Verb) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gates.set(verb, promise);
      return resolve;
    },
    refusesDuplicates: () => now.refusesDuplicates,
    change: (habits: Partial<Habits>) => {
      now = { ...now, ...habits };
    },
  });
}

function ignored(): void {}

/** How long after its answer was given up a late request takes effect, ms. */
const LATE_MS = 15_000;

function passing(clock: Clock, ms: number): Promise<void> {
  if (ms === 0) return Promise.resolve();
  return new Promise((resolve) => void clock.after(ms, resolve));
}

/** Every record with all that it ever held, so that listings may lag behind. */
interface RecordBook {
  readonly add: (fields: Fields, parentId?: string) => string;
  /** Without fields: the record is gone from now on. It stays with its contact unless it is given another. */
  readonly write: (externalId: string, fields?: Fields, parentId?: string) => void;
  /** The contact it belongs to at this moment, or at that one. */
  readonly parentOf: (externalId: string, at?: number) => string | undefined;
  readonly fieldsAt: (externalId: string, at: number) => Fields | undefined;
  readonly idsAt: (at: number) => readonly string[];
  readonly show: (externalId: string, habits: Habits, at?: number) => Snapshot | "gone";
}

function recordBook(clock: Pick<Clock, "now">, idOf: (count: number) => string): RecordBook {
  const history = new Map<string, Moment[]>();
  const momentAt = (externalId: string, at: number): Moment | undefined =>
    history.get(externalId)?.findLast((moment) => moment.at <= at);
  const write: RecordBook["write"] = (externalId, fields, moved) => {
    const moments = history.get(externalId) ?? [];
    const parentId = moved ?? moments.at(-1)?.parentId;
    const moment = { at: clock.now(), ...(fields === undefined ? {} : { fields }), ...under(parentId) };
    history.set(externalId, [...moments, moment]);
  };
  return {
    write,
    add: (fields, parentId) => {
      const externalId = idOf(history.size + 1);
      write(externalId, fields, parentId);
      return externalId;
    },
    parentOf: (externalId, at = clock.now()) => momentAt(externalId, at)?.parentId,
    fieldsAt: (externalId, at) => momentAt(externalId, at)?.fields,
    idsAt: (at) => [...history.keys()].filter((externalId) => momentAt(externalId, at)?.fields !== undefined),
    show: (externalId, habits, at = clock.now()) => {
      const moment = momentAt(externalId, at);
      if (moment?.fields === undefined) return "gone";
      return {
        externalId,
        ...under(moment.parentId),
        fields: whole(moment.fields, habits),
        ...(habits.hasVersions ? { version: String(moment.at) } : {}),
      };
    },
  };
}

/** A partner shows every field that it knows, the empty ones as empty. */
function whole(fields: Fields, habits: Habits): Fields {
  const empty = habits.fields.map(({ key, type }) => [key, type === "set" ? [] : EMPTY]);
  return { ...Object.fromEntries(empty), ...fields };
}

function under(parentId: string | undefined): { readonly parentId?: string } {
  return parentId === undefined ? {} : { parentId };
}

/** Children are there as long as the contact is that they are with. */
function hasItsParent(records: RecordBook, habits: Habits, externalId: string): boolean {
  return habits.hasParent?.(records.parentOf(externalId) ?? "") ?? true;
}

function shown(records: RecordBook, externalId: string, habits: Habits): Snapshot | "gone" {
  return hasItsParent(records, habits, externalId) ? records.show(externalId, habits) : "gone";
}

/** Whether the record is found under the contact that is named; where all children can be listed, none need be. */
function isWith(records: RecordBook, habits: Habits, externalId: string, parentId: string | undefined): boolean {
  return habits.listing.isByParent !== true || records.parentOf(externalId) === parentId;
}

function assertListable(habits: Habits, { parentId }: ListQuery): void {
  const isByParent = habits.listing.isByParent === true && habits.listing.isListedWhole !== true;
  if (isByParent && parentId === undefined) throw new Error("children are listed by contact");
  if (parentId === undefined || habits.hasParent?.(parentId) !== false) return;
  throw new Failure("not_found", `list the children of ${parentId}: there is no such contact`, { status: 404 });
}

function listPage(records: RecordBook, habits: Habits, now: number, query: ListQuery): ListPage {
  assertListable(habits, query);
  if (habits.refusesWhole && query.parentId === undefined) return { records: [], refused: "not allowed" };
  const at = now - habits.listing.lagMs;
  const all = records
    .idsAt(at)
    .filter((externalId) => hasItsParent(records, habits, externalId))
    .filter((externalId) => query.parentId === undefined || records.parentOf(externalId, at) === query.parentId)
    .map((externalId) => records.show(externalId, habits, at))
    .filter((record) => record !== "gone")
    .filter((record) => query.since === undefined || Number(record.version ?? now) >= query.since);
  const from = Number(query.cursor ?? 0);
  const to = from + habits.pageSize;
  return {
    records: all.slice(from, to).map((record) => asRow(record, habits)),
    total: all.length,
    ...(to < all.length ? { next: String(to) } : {}),
  };
}

function asRow({ version, ...rest }: Snapshot, habits: Habits): Snapshot {
  const record = version === undefined || !habits.rowsTellTimes ? rest : { ...rest, version };
  const told = Object.entries(record.fields).filter(([key, value]) => !habits.omits.includes(key) || !isEmpty(value));
  return foldedRow(habits.omits.length === 0 ? record : { ...record, fields: Object.fromEntries(told) }, habits);
}

function foldedRow(record: Snapshot, { folds }: Habits): Snapshot {
  if (folds.length === 0) return record;
  const low = folds.map((key) => [key, String(record.fields[key] ?? "").toLowerCase()]);
  return { ...record, fields: { ...record.fields, ...Object.fromEntries(low) }, folded: folds };
}

/** Adds a record under the next id, or under its e-mail where that is the id. */
function addIn(records: RecordBook, habits: Habits, fields: Fields, parentId?: string): string {
  if (habits.keyedBy === undefined) return records.add(fields, parentId);
  const externalId = String(fields[habits.keyedBy]);
  records.write(externalId, fields);
  return externalId;
}

/** Writes a record, which goes on under another id where its id is a field that changed. @returns its id from now on. */
function writeIn(records: RecordBook, habits: Habits, externalId: string, fields: Fields): string {
  const next = habits.keyedBy === undefined ? externalId : String(fields[habits.keyedBy]);
  if (next !== externalId) records.write(externalId);
  records.write(next, fields);
  return next;
}

/** The e-mail that an update sets, if any. */
function changedEmail({ email }: Changes): Value {
  return email?.kind === "set" ? email.value : EMPTY;
}

/** Who has this e-mail, but for the one asking. */
function holderOf(records: RecordBook, email: Value, self?: string): string | undefined {
  if (email === EMPTY) return undefined;
  return records.idsAt(Number.MAX_SAFE_INTEGER).find((id) => {
    const held = records.fieldsAt(id, Number.MAX_SAFE_INTEGER)?.email ?? EMPTY;
    return id !== self && String(held).toLowerCase() === String(email).toLowerCase();
  });
}

function createIn(records: RecordBook, habits: Habits, fields: Fields, parentId?: string): CreateAnswer {
  if (parentId !== undefined && habits.hasParent?.(parentId) === false) throw isGone(parentId);
  const holder = holderOf(records, fields.email ?? EMPTY);
  if (habits.refusesDuplicates && holder !== undefined) return { kind: "found", externalId: holder };
  const externalId = addIn(records, habits, habits.rewrite(fields), parentId);
  const snapshot = records.show(externalId, habits);
  return { kind: "created", externalId, ...(habits.hidesAnswers || snapshot === "gone" ? {} : { snapshot }) };
}

function updateIn(records: RecordBook, habits: Habits, externalId: string, changes: Changes): Snapshot | undefined {
  const holder = habits.refusesDuplicates ? holderOf(records, changedEmail(changes), externalId) : undefined;
  if (holder !== undefined) {
    throw new Failure("rejected", `update record ${externalId}: another has this e-mail`, { heldBy: holder });
  }
  const next = habits.rewrite(applyChanges(present(records, externalId), changes));
  const snapshot = records.show(writeIn(records, habits, externalId, next), habits);
  return habits.hidesAnswers || snapshot === "gone" ? undefined : snapshot;
}

function findIn(records: RecordBook, habits: Habits, now: number, rule: MatchRule, value: string): readonly string[] {
  if (!habits.findsBy.includes(rule)) return [];
  const at = now - habits.listing.lagMs;
  return records.idsAt(at).filter((externalId) => {
    const fields = records.fieldsAt(externalId, at);
    // As at HighLevel, a look-up by e-mail also finds who has it as a further one, which no record shows.
    const held = [fields?.[rule], ...(rule === "email" ? [fields?.furtherEmail] : [])];
    return held.some((one) => typeof one === "string" && one !== "" && one.toLowerCase() === value.toLowerCase());
  });
}

function present(records: RecordBook, externalId: string): Fields {
  const fields = records.fieldsAt(externalId, Number.MAX_SAFE_INTEGER);
  if (fields !== undefined) return fields;
  throw isGone(externalId);
}

function isGone(externalId: string): Failure {
  return new Failure("not_found", `write to record ${externalId}: it is gone; read it again`, { status: 404 });
}

function noted(context: CallContext, { connectionId }: Habits, verb: Verb, failure: Failure): Failure {
  context.calls.push({ connectionId, method: verb, path: "/", status: failure.details.status ?? 0, ms: 0 });
  return failure;
}

/** A partner that does not answer in time, before or after the request took effect. */
export function outage(when: Fault["when"]): Fault {
  const failure = new Failure("unavailable", "call the partner: no answer in time; trying again", {
    isOutcomeUnknown: when !== "before",
  });
  return { when, failure };
}
