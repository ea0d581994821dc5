import type { BookRecord } from "../model/book.ts";
import { Failure } from "../model/errors.ts";
import type { FieldDefinition } from "../model/field.ts";
import type { Resource, Snapshot } from "../model/record.ts";
import type { MatchRule } from "../model/sync.ts";
import { type Changes, EMPTY, type Fields, type Value } from "../model/value.ts";
import type { HubBook } from "./book.ts";
import type { ListQuery, ResourceAdapter, Session } from "./connector.ts";

/** A resource that the hub keeps for a partner which has no place for it. */
export interface HubKept<Settings> {
  readonly resource: Resource;
  /** What its records are called in sentences: `person`, `task`. The resource's name where absent. */
  readonly noun?: string;
  /** Of children. */
  readonly parent?: Resource;
  /**
   * Whether a parent is there, for parents that the hub does not keep itself. Where absent, a parent is there when the
   * book holds it.
   */
  readonly isParentThere?: (session: Session<Settings>, parentId: string) => Promise<boolean>;
  readonly fields: readonly FieldDefinition[] | ((session: Session<Settings>) => Promise<readonly FieldDefinition[]>);
  /**
   * Fields that may be written on records which the partner's own doing made, although those are the partner's: what the
   * hub adds to them. None where absent; deleting such a record only takes it out of the book.
   */
  readonly addedFields?: readonly string[];
  /**
   * Brings the partner's news into the book. Called before the first page of every list, which then shows what it has put
   * there; whoever is asked too often remembers (`session.remember`) that it has just been done.
   */
  readonly gather?: (session: Session<Settings>, query: ListQuery) => Promise<void>;
  /** Brings the partner's news of one record into the book. Called before every direct read, known or not. */
  readonly refresh?: (session: Session<Settings>, externalId: string, parentId: string | undefined) => Promise<void>;
}

/**
 * How far back of the last change seen a poll starts, ms: a change may be stored a little after the moment it is marked
 * with, as long as a transaction takes.
 */
const OVERLAP_MS = 60_000;

/** A resource of `session.book`, in the shape of any other. */
export function hubKept<Settings>(kept: HubKept<Settings>): ResourceAdapter<Settings> {
  const { resource, parent } = kept;
  return {
    keptBy: "hub",
    noun: nounOf(kept),
    addedFields: kept.addedFields ?? [],
    ...(parent !== undefined && { parent }),
    describe: (session) => fieldsOf(kept, session),
    listing: { isComplete: true, lagMs: 0, overlapMs: OVERLAP_MS },
    list: async (session, query) => {
      if (query.cursor === undefined) {
        await kept.gather?.({ ...session, book: untoldPuts(session.book) }, query);
      }
      const fields = await fieldsOf(kept, session);
      const { records, ...page } = await session.book.list(resource, query);
      return { ...page, records: records.map((record) => snapshotOf(record, fields)) };
    },
    read: async (session, externalId, parentId) => {
      await kept.refresh?.(session, externalId, parentId);
      const record = await session.book.read(resource, externalId);
      return record === undefined ? "gone" : snapshotOf(record, await fieldsOf(kept, session));
    },
    create: (session, values, parentId) => create(kept, session, values, parentId),
    update: (session, externalId, changes) => update(kept, session, externalId, changes),
    delete: async (session, externalId) => {
      // Children first: a crash in between leaves a record whose deletion is tried again.
      if (parent === undefined) await session.book.deleteChildren(externalId, "hub", UNTOLD);
      await session.book.delete(resource, externalId, "hub", UNTOLD);
    },
    find: (session, rule, value) => find(kept, session, rule, value),
  };
}

/** For what a sync writes itself. */
const UNTOLD = { isTold: false } as const;

/** The same book; what is put into it while a list is gathered is heard of by that list, and so need not be told. */
function untoldPuts(book: HubBook): HubBook {
  return {
    ...book,
    put: (entry, telling = UNTOLD) => book.put(entry, telling),
    update: (resource, externalId, changes, telling = UNTOLD) => book.update(resource, externalId, changes, telling),
  };
}

async function fieldsOf<Settings>({ fields }: HubKept<Settings>, session: Session<Settings>) {
  return typeof fields === "function" ? await fields(session) : fields;
}

/** Shows every field, so that a row says all that a read would. */
function snapshotOf(record: BookRecord, definitions: readonly FieldDefinition[]): Snapshot {
  const { externalId, parentId, fields, changedAt } = record;
  return {
    externalId,
    ...(parentId !== undefined && { parentId }),
    fields: Object.fromEntries(definitions.map(({ key, type }) => [key, fields[key] ?? emptyOf(type)])),
    version: String(changedAt),
  };
}

function emptyOf(type: FieldDefinition["type"]): Value {
  return type === "set" ? [] : EMPTY;
}

/** @throws Failure `not_found` when the parent is gone, `misconfigured` and `rejected` for fields that cannot be written */
async function create<Settings>(
  kept: HubKept<Settings>,
  session: Session<Settings>,
  values: Fields,
  parentId: string | undefined,
) {
  const definitions = await fieldsOf(kept, session);
  assertWritable(kept, Object.keys(values), definitions, undefined);
  await assertParent(kept, session, parentId);
  const entry = { resource: kept.resource, fields: values, origin: "hub" } as const;
  const answer = await session.book.put({ ...entry, ...(parentId !== undefined && { parentId }) }, UNTOLD);
  if (answer.kind === "deleted") throw new Failure("bug", `A new ${nounOf(kept)} has an id that was used before.`);
  const snapshot = snapshotOf(answer.record, definitions);
  return { kind: "created", externalId: snapshot.externalId, snapshot } as const;
}

async function assertParent<Settings>(
  { parent, isParentThere, ...kept }: HubKept<Settings>,
  session: Session<Settings>,
  parentId: string | undefined,
): Promise<void> {
  if (parent === undefined) return;
  const noun = nounOf(kept);
  if (parentId === undefined) throw new Failure("bug", `A ${noun} was to be created without its ${parent}.`);
  const isThere = isParentThere?.(session, parentId) ?? session.book.read(parent, parentId);
  if (await isThere) return;
  throw new Failure("not_found", `Could not create a ${noun}: ${parent} ${parentId} is gone.`);
}

/** @throws Failure `not_found` when it is gone, `misconfigured` and `rejected` for fields that cannot be written */
async function update<Settings>(
  kept: HubKept<Settings>,
  session: Session<Settings>,
  externalId: string,
  changes: Changes,
): Promise<Snapshot> {
  const definitions = await fieldsOf(kept, session);
  const record = await session.book.read(kept.resource, externalId);
  if (record !== undefined) assertWritable(kept, Object.keys(changes), definitions, record);
  const next = record && (await session.book.update(kept.resource, externalId, changes, UNTOLD));
  if (next !== undefined) return snapshotOf(next, definitions);
  throw new Failure("not_found", `Could not update ${nounOf(kept)} ${externalId}, which the hub keeps: it is gone.`);
}

function assertWritable<Settings>(
  kept: Pick<HubKept<Settings>, "resource" | "noun" | "addedFields">,
  keys: readonly string[],
  definitions: readonly FieldDefinition[],
  record: BookRecord | undefined,
): void {
  const noun = nounOf(kept);
  for (const key of keys) {
    const definition = definitions.find((one) => one.key === key);
    if (definition === undefined) {
      throw new Failure("misconfigured", `A ${noun} has no field "${key}". Correct the mapping.`);
    }
    if (!definition.isWritable) {
      const words = `"${definition.label}" of a ${noun} comes from the product and cannot be written.`;
      throw new Failure("rejected", words, { issues: [`${definition.label}: comes from the product`] });
    }
    if (record?.origin === "partner" && !kept.addedFields?.includes(key)) {
      const words = `This ${noun} comes from the product itself and stays as it was written there.`;
      throw new Failure("rejected", `Could not change "${definition.label}". ${words}`, { issues: [words] });
    }
  }
}

async function find<Settings>(
  kept: HubKept<Settings>,
  session: Session<Settings>,
  rule: MatchRule,
  value: string,
): Promise<readonly string[]> {
  if (kept.parent !== undefined) return [];
  const definitions = await fieldsOf(kept, session);
  const keys = definitions.filter(({ standard }) => standard === rule).map(({ key }) => key);
  const found = await Promise.all(keys.map((key) => session.book.find(kept.resource, key, value)));
  return [...new Set(found.flat())];
}

function nounOf({ noun, resource }: Pick<HubKept<never>, "resource" | "noun">): string {
  return noun ?? resource;
}
