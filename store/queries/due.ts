import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { DueKey, Effect, PlannedWrite, Reason } from "../../engine/ports.ts";
import type { Database, DialectTraits } from "../database.ts";
import { fromJson } from "../json.ts";
import type { DueCounts, PageQuery } from "../port.ts";
import { change, changeOfLists, firstOf, rowsOf, type Script, tell, template } from "../script.ts";
import type { DueTable, Tables } from "../tables.ts";
import { rowWrite } from "../together.ts";
import { lesser, type MarkScripts, markScripts, NOT_SETTLING } from "./marks.ts";
import { type UrgencyScripts, urgencyScripts } from "./urgency.ts";

type Settle = Extract<Effect, { kind: "settle" }>;
type Postpone = Extract<Effect, { kind: "postpone" }>;
type Bury = Extract<Effect, { kind: "bury" }>;
type SetAside = Extract<Effect, { kind: "setAside" }>;

/** Scripts about due keys: marking, working off, setting aside. */
export interface DueScripts {
  readonly mark: MarkScripts["mark"];
  readonly settle: (workspaceId: string, effect: Settle) => Script<void>;
  readonly postpone: (workspaceId: string, effect: Postpone) => Script<void>;
  readonly bury: (workspaceId: string, effect: Bury) => Script<void>;
  readonly setAside: (workspaceId: string, effect: SetAside) => Script<void>;
  /** Removes those of these keys that were set aside. */
  readonly clearDead: (workspaceId: string, keys: readonly string[]) => Script<void>;
  readonly hasDead: (workspaceId: string) => Script<boolean>;
  readonly urgent: (
    workspaceId: string,
    syncIds: readonly string[],
    at: number,
    limit: number,
  ) => Script<readonly DueKey[]>;
  readonly nextAt: UrgencyScripts["nextAt"];
  readonly one: (workspaceId: string, key: string) => Script<DueKey | undefined>;
  readonly counts: (workspaceId: string) => Script<DueCounts>;
  readonly troubled: (
    workspaceId: string,
    query: PageQuery & { readonly state: DueKey["state"] },
  ) => Script<readonly DueKey[]>;
  readonly revive: (workspaceId: string, keys: readonly string[] | undefined, at: number) => Script<number>;
}

export function dueScripts({ kysely, dialect }: Database): DueScripts {
  const { mark, release } = markScripts(kysely, dialect);
  const settle = settleWrite(kysely, dialect);
  const postpone = postponeTemplate(kysely);
  const bury = buryTemplate(kysely);
  const clearDead = template<{ workspaceId: string; key: string }>((slot) =>
    kysely
      .deleteFrom("due")
      .where("workspace_id", "=", slot("workspaceId"))
      .where("key", "=", slot("key"))
      // Not `= 'dead'`, for which a planner without statistics would walk over all that are.
      .where("state", "!=", "due"),
  );
  const { urgent, nextAt } = urgencyScripts(kysely, dialect);
  const one = template<{ workspaceId: string; key: string }, DueTable>((slot) =>
    kysely.selectFrom("due").selectAll().where("workspace_id", "=", slot("workspaceId")).where("key", "=", slot("key")),
  );
  return {
    mark,
    *settle(workspaceId, { key, generation, settled }) {
      yield* tell(settle({ workspace_id: workspaceId, key, generation }));
      if (settled !== undefined) yield* release(workspaceId, key, generation, settled);
    },
    *postpone(workspaceId, { key, generation, dueAt, attempts, error, settled }) {
      if (settled !== undefined) yield* release(workspaceId, key, generation, settled);
      yield* tell(postpone({ workspaceId, key, generation, dueAt, attempts, ...errorColumns(error) }));
    },
    *bury(workspaceId, { key, generation, attempts, error, plan }) {
      yield* tell(bury({ workspaceId, key, generation, attempts, ...errorColumns(error), plan: planColumn(plan) }));
    },
    *setAside(workspaceId, effect) {
      yield* tell(setAsideQuery(kysely, workspaceId, effect));
    },
    *clearDead(workspaceId, keys) {
      for (const key of keys) yield* tell(clearDead({ workspaceId, key }));
    },
    *hasDead(workspaceId) {
      const row = yield* firstOf(
        kysely
          .selectFrom("due")
          .select("key")
          .where("workspace_id", "=", workspaceId)
          .where("state", "=", "dead")
          .limit(1),
      );
      return row !== undefined;
    },
    *urgent(workspaceId, syncIds, at, limit) {
      const rows = yield* urgent(workspaceId, syncIds, at, limit);
      return rows.map(dueKeyOf);
    },
    nextAt,
    *one(workspaceId, key) {
      const row = yield* firstOf(one({ workspaceId, key }));
      return row && dueKeyOf(row);
    },
    ...dueViews(kysely),
  };
}

/** Removes a key that was not marked again since it was handed out. */
function settleWrite(kysely: Kysely<Tables>, dialect: DialectTraits) {
  return rowWrite<Pick<DueTable, "workspace_id" | "key" | "generation">>(dialect, {
    table: "due",
    subjectOf: ({ key }) => key,
    one: (slot) =>
      kysely
        .deleteFrom("due")
        .where("workspace_id", "=", slot("workspace_id"))
        .where("key", "=", slot("key"))
        .where("generation", "=", slot("generation")),
    many: (rows) =>
      kysely
        .deleteFrom("due")
        .using(rows)
        .whereRef("due.workspace_id", "=", "rows.workspace_id")
        .whereRef("due.key", "=", "rows.key")
        .whereRef("due.generation", "=", "rows.generation"),
  });
}

interface ErrorColumns {
  readonly errorKind: string | null;
  readonly errorMessage: string | null;
  readonly failedAt: number | null;
}

function errorColumns(error: DueKey["error"]): ErrorColumns {
  if (error === undefined) return { errorKind: null, errorMessage: null, failedAt: null };
  return { errorKind: error.kind, errorMessage: error.message, failedAt: error.at };
}

/** A key that waits without having failed just now keeps its last error while failed attempts are on record. */
function postponeTemplate(kysely: Kysely<Tables>) {
  type Values = {
    workspaceId: string;
    key: string;
    generation: number;
    dueAt: number;
    attempts: number;
  } & ErrorColumns;
  return template<Values>((slot) => {
    const dueAt = slot("dueAt");
    const isSame = sql`generation = ${slot("generation")}`;
    const kept = (column: keyof DueTable, value: string | number | null) =>
      sql<never>`coalesce(${value}, case when ${slot("attempts")} = 0 then null else ${sql.ref(column)} end)`;
    return (
      kysely
        .updateTable("due")
        .set({
          due_at: sql`case when ${isSame} or ${dueAt} < due_at then ${dueAt} else due_at end`,
          // Whoever waits has no edits left that settle, but for those that were seen meanwhile.
          quiet_at: sql`case when ${isSame} then null else quiet_at end`,
          cap_at: sql`case when ${isSame} then null else cap_at end`,
          plain_at: sql`case when ${isSame} or quiet_at is null then null else ${lesser(sql`plain_at`, sql`${dueAt}`)} end`,
          attempts: slot("attempts"),
          error_kind: kept("error_kind", slot("errorKind")),
          error_message: kept("error_message", slot("errorMessage")),
          failed_at: kept("failed_at", slot("failedAt")),
        })
        .where("workspace_id", "=", slot("workspaceId"))
        .where("key", "=", slot("key"))
        // Not `= 'due'`, which a planner without statistics would answer by the index of urgency.
        .where("state", "!=", "dead")
    );
  });
}

function buryTemplate(kysely: Kysely<Tables>) {
  type Values = {
    workspaceId: string;
    key: string;
    generation: number;
    attempts: number;
    plan: string | null;
  } & ErrorColumns;
  return template<Values>((slot) =>
    kysely
      .updateTable("due")
      .set({
        state: "dead",
        attempts: slot("attempts"),
        error_kind: slot("errorKind"),
        error_message: slot("errorMessage"),
        failed_at: slot("failedAt"),
        plan: slot("plan"),
      })
      .where("workspace_id", "=", slot("workspaceId"))
      .where("key", "=", slot("key"))
      .where("generation", "=", slot("generation")),
  );
}

function setAsideQuery(kysely: Kysely<Tables>, workspaceId: string, effect: SetAside) {
  const { key, syncId, priority, reason, attempts, error, plan } = effect;
  const dead = {
    state: "dead",
    attempts,
    error_kind: error.kind,
    error_message: error.message,
    failed_at: error.at,
    plan: planColumn(plan),
  };
  const fresh = { workspace_id: workspaceId, key, sync_id: syncId, priority, due_at: error.at, reason, generation: 1 };
  return kysely
    .insertInto("due")
    .values({ ...fresh, ...dead })
    .onConflict((conflict) =>
      conflict
        .columns(["workspace_id", "key"])
        .doUpdateSet((eb) => ({ ...dead, generation: eb("due.generation", "+", 1) }))
        .where("due.state", "=", "dead"),
    );
}

function planColumn(plan: DueKey["plan"]): string | null {
  return plan === undefined || plan.length === 0 ? null : JSON.stringify(plan);
}

type Views = Pick<DueScripts, "counts" | "troubled" | "revive">;

function dueViews(kysely: Kysely<Tables>): Views {
  return {
    *counts(workspaceId) {
      const inState = (state: DueKey["state"]) =>
        kysely
          .selectFrom("due")
          .select((eb) => eb.fn.countAll<number>().as("count"))
          .where("workspace_id", "=", workspaceId)
          .where("state", "=", state);
      // Not `= 'due'`, which a planner without statistics would answer by the index of urgency.
      const ofKind = (kind: string) =>
        kysely
          .selectFrom("due")
          .select((eb) => eb.fn.countAll<number>().as("count"))
          .where("workspace_id", "=", workspaceId)
          .where("key", ">", `${kind}:`)
          .where("key", "<", `${kind};`)
          .where("state", "!=", "dead");
      const due = yield* firstOf(inState("due"));
      // Counted by themselves: to look at the name of each of a million keys takes far longer.
      const polls = yield* firstOf(ofKind("poll"));
      const sweeps = yield* firstOf(ofKind("sweep"));
      const retrying = yield* firstOf(inState("due").where("failed_at", "is not", null).where("attempts", ">", 0));
      const dead = yield* firstOf(inState("dead"));
      const waiting = (due?.count ?? 0) - (polls?.count ?? 0) - (sweeps?.count ?? 0);
      return { waiting, retrying: retrying?.count ?? 0, dead: dead?.count ?? 0 };
    },
    *troubled(workspaceId, { state, before, limit }) {
      const rows = yield* rowsOf(
        kysely
          .selectFrom("due")
          .selectAll()
          .where("workspace_id", "=", workspaceId)
          .where("state", "=", state)
          .where("failed_at", "is not", null)
          .$if(before !== undefined, (query) => query.where((eb) => failedBefore(eb, workspaceId, before ?? "")))
          .orderBy("failed_at", "desc")
          .orderBy("key", "desc")
          .limit(limit),
      );
      return rows.map(dueKeyOf);
    },
    *revive(workspaceId, keys, at) {
      if (keys === undefined) return yield* change(reviveQuery(kysely, workspaceId, at));
      return yield* changeOfLists(keys, (some) => reviveQuery(kysely, workspaceId, at).where("key", "in", some));
    },
  };
}

function reviveQuery(kysely: Kysely<Tables>, workspaceId: string, at: number) {
  return kysely
    .updateTable("due")
    .set((eb) => ({
      state: "due",
      due_at: at,
      reason: "person" satisfies Reason,
      generation: eb("generation", "+", 1),
      attempts: 0,
      error_kind: null,
      error_message: null,
      failed_at: null,
      plan: null,
      ...NOT_SETTLING,
    }))
    .where("workspace_id", "=", workspaceId)
    .where("state", "=", "dead");
}

/** Entries after `before` in the order newest failure first; none once that key has failed no more. */
function failedBefore(eb: ExpressionBuilder<Tables, "due">, workspaceId: string, before: string) {
  const last = eb
    .selectFrom("due as last")
    .select("last.failed_at")
    .where("last.workspace_id", "=", workspaceId)
    .where("last.key", "=", before);
  return eb.or([eb("failed_at", "<", last), eb.and([eb("failed_at", "=", last), eb("key", "<", before)])]);
}

function dueKeyOf(row: DueTable): DueKey {
  return {
    key: row.key,
    syncId: row.sync_id,
    // Written from values of these very types.
    priority: row.priority as DueKey["priority"],
    dueAt: row.due_at,
    reason: row.reason as Reason,
    generation: row.generation,
    attempts: row.attempts,
    state: row.state as DueKey["state"],
    ...(row.quiet_at === null ? {} : { quietAt: row.quiet_at }),
    ...(row.error_kind === null
      ? {}
      : { error: { kind: row.error_kind, message: row.error_message ?? "", at: row.failed_at ?? 0 } }),
    ...(row.plan === null ? {} : { plan: fromJson<readonly PlannedWrite[]>("due", row.key, row.plan) }),
  };
}
