import {
  type Compilable,
  type CompiledQuery,
  type Kysely,
  type RawBuilder,
  type SelectQueryBuilder,
  sql,
} from "kysely";
import type { DueMark } from "../../engine/ports.ts";
import { Failure } from "../../model/errors.ts";
import type { DialectTraits } from "../database.ts";
import { firstOf, rowsOf, type Script, template } from "../script.ts";
import type { DueTable, Tables } from "../tables.ts";

/**
 * What is due next. Each sync and each priority is asked for by itself, so that neither keys due later nor those of a
 * paused sync are ever walked over: with a million of either, a look costs what it costs with none.
 */
export interface UrgencyScripts {
  /** Rows of these syncs that are due at `at`, by priority then time. */
  readonly urgent: (
    workspaceId: string,
    syncIds: readonly string[],
    at: number,
    limit: number,
  ) => Script<readonly DueTable[]>;
  /** When the first row of these syncs falls due after that moment. */
  readonly nextAt: (workspaceId: string, syncIds: readonly string[], after: number) => Script<number | undefined>;
}

/** Every priority, least first. */
const EVERY_PRIORITY = [0, 1, 2, 3, 4] as const satisfies readonly DueMark["priority"][];

export function urgencyScripts(kysely: Kysely<Tables>, { keepsOrderOfLists }: DialectTraits): UrgencyScripts {
  const urgent = keepsOrderOfLists ? urgentOneByOne(kysely) : urgentTogether(kysely);
  const nextAt = bySyncCount((count) => nextAtTemplate(kysely, count));
  return {
    urgent,
    *nextAt(workspaceId, syncIds, after) {
      const times: number[] = [];
      for (const some of partsOf(syncIds)) {
        const row = yield* firstOf(nextAt(some.length)({ workspaceId, after, ...slotsOf(some) }));
        if (typeof row?.next_at === "number") times.push(row.next_at);
      }
      return times.length === 0 ? undefined : Math.min(...times);
    },
  };
}

/** In one query for many syncs, whose parts the database sorts. */
function urgentTogether(kysely: Kysely<Tables>): UrgencyScripts["urgent"] {
  const urgent = bySyncCount((count) => urgentTemplate(kysely, count));
  return function* (workspaceId, syncIds, at, limit) {
    const found: DueTable[] = [];
    for (const some of partsOf(syncIds)) {
      found.push(...(yield* rowsOf(urgent(some.length)({ workspaceId, at, limit, ...slotsOf(some) }))));
    }
    return syncIds.length <= SYNCS_AT_ONCE ? found : found.sort(byUrgency).slice(0, limit);
  };
}

/**
 * In a query per sync and priority that has anything due, which walks the index in order. Mostly that is one, and one
 * query tells which they are. A list of priorities would make SQLite build a table of it each time, which took longer than
 * all else.
 */
function urgentOneByOne(kysely: Kysely<Tables>): UrgencyScripts["urgent"] {
  const withAny = bySyncCount((count) => withAnyTemplate(kysely, count));
  const ofPart = partTemplate(kysely);
  return function* (workspaceId, syncIds, at, limit) {
    const parts: Part[] = [];
    for (const some of partsOf(syncIds)) {
      parts.push(...(yield* rowsOf(withAny(some.length)({ workspaceId, at, ...slotsOf(some) }))));
    }
    const found: DueTable[] = [];
    for (const priority of EVERY_PRIORITY) {
      const rest = limit - found.length;
      const ofLevel: DueTable[] = [];
      for (const part of parts) {
        if (part.priority !== priority || rest === 0) continue;
        ofLevel.push(...(yield* rowsOf(ofPart({ workspaceId, ...part, at, limit: rest }))));
      }
      found.push(...ofLevel.sort(byUrgency).slice(0, rest));
    }
    return found;
  };
}

/** A sync and a priority. */
interface Part {
  readonly syncId: string;
  readonly priority: number;
}

function partTemplate(kysely: Kysely<Tables>) {
  return template<Part & { workspaceId: string; at: number; limit: number }, DueTable>((slot) =>
    kysely
      .selectFrom("due")
      .selectAll()
      .where("workspace_id", "=", slot("workspaceId"))
      .where("state", "=", "due")
      .where("sync_id", "=", slot("syncId"))
      .where("priority", "=", slot("priority"))
      .where("due_at", "<=", slot("at"))
      .orderBy("due_at")
      .limit(slot("limit")),
  );
}

/** As many syncs as one query asks for; SQLite takes at most five hundred parts. */
const SYNCS_AT_ONCE = 50;

/** Where the ids of the syncs stand in a query. */
type SyncSlots = Readonly<Record<`sync${number}`, string>>;

function partsOf(syncIds: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(syncIds.length / SYNCS_AT_ONCE);
  return Array.from({ length: count }, (_none, part) =>
    syncIds.slice(part * SYNCS_AT_ONCE, (part + 1) * SYNCS_AT_ONCE),
  );
}

function slotsOf(syncIds: readonly string[]): SyncSlots {
  return Object.fromEntries(syncIds.map((id, place) => [`sync${place}`, id]));
}

/** One compiled query per number of syncs. */
function bySyncCount<Query>(make: (count: number) => Query): (count: number) => Query {
  const made = new Map<number, Query>();
  return (count) => {
    const known = made.get(count) ?? make(count);
    made.set(count, known);
    return known;
  };
}

/** A number for each sync and priority. */
function everyPart(count: number): readonly { readonly sync: number; readonly priority: number }[] {
  return Array.from({ length: count }, (_none, sync) => EVERY_PRIORITY.map((priority) => ({ sync, priority }))).flat();
}

function urgentTemplate(kysely: Kysely<Tables>, count: number) {
  return template<{ workspaceId: string; at: number; limit: number } & SyncSlots, DueTable>((slot) => {
    const ofPart = ({ sync, priority }: { readonly sync: number; readonly priority: number }) =>
      kysely
        .selectFrom(
          kysely
            .selectFrom("due")
            .selectAll()
            .where("workspace_id", "=", slot("workspaceId"))
            .where("state", "=", "due")
            .where("sync_id", "=", slot(`sync${sync}`))
            .where("priority", "=", priority)
            .where("due_at", "<=", slot("at"))
            .orderBy("due_at")
            .limit(slot("limit"))
            .as(`of_${sync}_${priority}`),
        )
        .selectAll();
    return unionOf(everyPart(count).map(ofPart)).orderBy("priority").orderBy("due_at").limit(slot("limit"));
  });
}

function unionOf<Row>(parts: readonly SelectQueryBuilder<Tables, never, Row>[]) {
  const [first, ...rest] = parts;
  if (first === undefined)
    throw new Failure("bug", "Asking for due keys: no sync was named; ask only where there is one.");
  return rest.reduce((union, part) => union.unionAll(part), first);
}

/** The syncs of a query as a table `syncs (id)`, and every priority as `levels (priority)`. */
function syncsAndLevels(count: number, slot: (name: keyof SyncSlots) => string) {
  const ids = Array.from({ length: count }, (_none, place) => sql`(${slot(`sync${place}`)})`);
  const levels = EVERY_PRIORITY.map((priority) => sql`(${sql.lit(priority)})`);
  return sql`with syncs (id) as (values ${sql.join(ids)}), levels (priority) as (values ${sql.join(levels)})`;
}

/** Which syncs have anything due, and in which priority. */
function withAnyTemplate(kysely: Kysely<Tables>, count: number) {
  return template<{ workspaceId: string; at: number } & SyncSlots, Part>((slot) =>
    compilable(
      kysely,
      sql`${syncsAndLevels(count, slot)} select syncs.id as "syncId", levels.priority from syncs cross join levels
        where exists (select 1 from due where workspace_id = ${slot("workspaceId")} and state = 'due'
          and sync_id = syncs.id and due.priority = levels.priority and due_at <= ${slot("at")})`,
    ),
  );
}

function nextAtTemplate(kysely: Kysely<Tables>, count: number) {
  return template<{ workspaceId: string; after: number } & SyncSlots, { next_at: number | null }>((slot) =>
    compilable(
      kysely,
      sql`${syncsAndLevels(count, slot)} select min(soonest) as next_at from (
        select (
          select min(due_at) from due where workspace_id = ${slot("workspaceId")} and state = 'due'
            and sync_id = syncs.id and due.priority = levels.priority and due_at > ${slot("after")}
        ) as soonest from syncs cross join levels) as soonest_of_each`,
    ),
  );
}

function compilable<Row>(kysely: Kysely<Tables>, query: RawBuilder<unknown>): Compilable<Row> {
  // The columns are those that the query names.
  return { compile: () => query.compile(kysely) as CompiledQuery<Row> };
}

function byUrgency(one: DueTable, other: DueTable): number {
  return one.priority - other.priority || one.due_at - other.due_at;
}
