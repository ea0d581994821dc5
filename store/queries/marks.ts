import { type InsertQueryBuilder, type InsertResult, type Kysely, type RawBuilder, sql } from "kysely";
import { type DueMark, SETTLES_MAX, type Settled } from "../../engine/ports.ts";
import type { DialectTraits } from "../database.ts";
import { type Script, tell, template } from "../script.ts";
import type { DueTable, Tables } from "../tables.ts";
import { insertRows, rowWrite } from "../together.ts";

/**
 * Marking keys. Whatever order marks arrive in, they come to the same: the lower priority, the reason of the most urgent,
 * and the soonest time, where
 *
 *   due_at = the soonest of plain_at, the marks that wait for nothing,
 *            and of the edits that settle: quiet_at, the latest of them, but no later than cap_at, which the first sets.
 *
 * A row without `quiet_at` has no edits that settle: its `due_at` alone is its time.
 */
export interface MarkScripts {
  readonly mark: (workspaceId: string, mark: DueMark) => Script<void>;
  /** The edits that were known when the key was handed out no longer count; what was seen since settles anew. */
  readonly release: (workspaceId: string, key: string, generation: number, settled: Settled) => Script<void>;
}

/** What a row says whose edits do not settle. */
export const NOT_SETTLING = { quiet_at: null, cap_at: null, plain_at: null } as const;

export function markScripts(kysely: Kysely<Tables>, dialect: DialectTraits): MarkScripts {
  const plain = markWrite(kysely, dialect, plainTimes);
  const settling = markWrite(kysely, dialect, settlingTimes);
  const release = releaseTemplate(kysely);
  return {
    *mark(workspaceId, { key, syncId, priority, dueAt, reason, settleMs = 0 }) {
      const mark = { workspace_id: workspaceId, key, sync_id: syncId, priority, reason, ...FRESH };
      if (settleMs <= 0) yield* tell(plain({ ...mark, due_at: dueAt, quiet_at: null, cap_at: null }));
      else {
        const quietAt = dueAt + settleMs;
        const capAt = dueAt + SETTLES_MAX * settleMs;
        yield* tell(settling({ ...mark, due_at: quietAt, quiet_at: quietAt, cap_at: capAt }));
      }
    },
    *release(workspaceId, key, generation, { quietAt, settleMs }) {
      const moreMs = (SETTLES_MAX - 1) * settleMs;
      yield* tell(release({ workspaceId, key, generation, quietAt, moreMs }));
    },
  };
}

/** What a key begins with that was not known. */
const FRESH = { state: "due", generation: 1, attempts: 0 } as const;

/** What a mark says of its row. */
const MARKED = [
  "workspace_id",
  "key",
  "sync_id",
  "state",
  "priority",
  "due_at",
  "quiet_at",
  "cap_at",
  "reason",
  "generation",
  "attempts",
] as const satisfies readonly (keyof DueTable)[];

type MarkRow = Pick<DueTable, (typeof MARKED)[number]>;

type Times = Readonly<Record<"due_at" | "quiet_at" | "cap_at" | "plain_at", RawBuilder<never>>>;

function markWrite(kysely: Kysely<Tables>, dialect: DialectTraits, times: Times) {
  return rowWrite<MarkRow>(dialect, {
    table: "due",
    subjectOf: ({ key }) => key,
    one: (slot) => merging(times, kysely.insertInto("due").values(slotsOf(slot))),
    many: (rows) => merging(times, insertRows(kysely, "due", MARKED, rows)),
  });
}

function slotsOf(slot: <Name extends keyof MarkRow>(name: Name) => MarkRow[Name]): MarkRow {
  return {
    workspace_id: slot("workspace_id"),
    key: slot("key"),
    sync_id: slot("sync_id"),
    state: slot("state"),
    priority: slot("priority"),
    due_at: slot("due_at"),
    quiet_at: slot("quiet_at"),
    cap_at: slot("cap_at"),
    reason: slot("reason"),
    generation: slot("generation"),
    attempts: slot("attempts"),
  };
}

/** Merges with what is known of the key. A key that was set aside starts afresh. */
function merging(times: Times, insert: InsertQueryBuilder<Tables, "due", InsertResult>) {
  return insert.onConflict((conflict) =>
    conflict.columns(["workspace_id", "key"]).doUpdateSet({
      state: "due",
      sync_id: sql.ref("excluded.sync_id"),
      priority: sql`case when due.state = 'dead' or excluded.priority < due.priority then excluded.priority else due.priority end`,
      reason: sql`case when due.state = 'dead' or excluded.priority < due.priority
            or (excluded.priority = due.priority and excluded.reason < due.reason) then excluded.reason else due.reason end`,
      generation: sql`due.generation + 1`,
      due_at: freshOr(times.due_at, "due_at"),
      quiet_at: freshOr(times.quiet_at, "quiet_at"),
      cap_at: freshOr(times.cap_at, "cap_at"),
      plain_at: freshOr(times.plain_at, "plain_at"),
      attempts: unlessDead("attempts", "0"),
      error_kind: unlessDead("error_kind", "null"),
      error_message: unlessDead("error_message", "null"),
      failed_at: unlessDead("failed_at", "null"),
      plan: null,
    }),
  );
}

/** The time of a mark that waits for nothing is no later than what is known. */
const plainTimes: Times = {
  due_at: lesser(sql`due.due_at`, sql`excluded.due_at`),
  quiet_at: sql`due.quiet_at`,
  cap_at: sql`due.cap_at`,
  plain_at: sql`case when due.quiet_at is null then null else ${lesser(sql`due.plain_at`, sql`excluded.due_at`)} end`,
};

const LATEST_QUIET = sql<never>`case when excluded.quiet_at > due.quiet_at then excluded.quiet_at else due.quiet_at end`;
const FIRST_CAP = lesser(sql`due.cap_at`, sql`excluded.cap_at`);
/** Before the first edit that settles, the row's time is that of the marks that wait for nothing. */
const PLAIN = sql<never>`case when due.quiet_at is null then due.due_at else due.plain_at end`;
const SETTLED_AT = sql<never>`case when due.quiet_at is null then excluded.quiet_at else ${lesser(LATEST_QUIET, FIRST_CAP)} end`;

/** Each edit that is seen pushes out the time at which all of them are worked. */
const settlingTimes: Times = {
  due_at: lesser(PLAIN, SETTLED_AT),
  quiet_at: sql`case when due.quiet_at is null then excluded.quiet_at else ${LATEST_QUIET} end`,
  cap_at: FIRST_CAP,
  plain_at: PLAIN,
};

/**
 * Of a key that was marked again while it was worked. That a mark which waits for nothing came before cannot be told from
 * one that came meanwhile: it counts again, which costs a look.
 */
function releaseTemplate(kysely: Kysely<Tables>) {
  type Values = { workspaceId: string; key: string; generation: number; quietAt: number; moreMs: number };
  return template<Values>((slot) => {
    const isNew = sql`quiet_at > ${slot("quietAt")}`;
    return kysely
      .updateTable("due")
      .set({
        due_at: lesser(sql`plain_at`, sql`case when ${isNew} then quiet_at end`),
        quiet_at: sql`case when ${isNew} then quiet_at end`,
        cap_at: sql`case when ${isNew} then quiet_at + ${slot("moreMs")} end`,
        plain_at: sql`case when ${isNew} then plain_at end`,
      })
      .where("workspace_id", "=", slot("workspaceId"))
      .where("key", "=", slot("key"))
      .where("generation", "!=", slot("generation"))
      .where("quiet_at", "is not", null)
      .where((eb) => eb.or([eb("plain_at", "is not", null), eb("quiet_at", ">", slot("quietAt"))]));
  });
}

/** The lesser of two numbers; where one is missing, the other. */
export function lesser(one: RawBuilder<unknown>, other: RawBuilder<unknown>): RawBuilder<never> {
  return sql<never>`case when ${one} is null or ${other} < ${one} then ${other} else ${one} end`;
}

function freshOr(merged: RawBuilder<never>, column: keyof Times): RawBuilder<never> {
  const fresh = column === "plain_at" ? sql`null` : sql.ref(`excluded.${column}`);
  return sql<never>`case when due.state = 'dead' then ${fresh} else ${merged} end`;
}

function unlessDead<Type>(column: keyof DueTable, fresh: "0" | "null") {
  return sql<Type>`case when due.state = 'dead' then ${sql.raw(fresh)} else ${sql.ref(`due.${column}`)} end`;
}
