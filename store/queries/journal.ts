import { sql } from "kysely";
import type { JournalEntry } from "../../engine/ports.ts";
import type { Database } from "../database.ts";
import { optional, storable } from "../json.ts";
import type { ActivityMinute, JournalQuery } from "../port.ts";
import { change, rowsOf, type Script, tell } from "../script.ts";
import type { JournalTable } from "../tables.ts";
import { insertRows, rowWrite } from "../together.ts";
import { readDetail, writtenDetail } from "./journalDetail.ts";

/** Scripts about decisions made. */
export interface JournalScripts {
  readonly add: (workspaceId: string, entry: JournalEntry) => Script<void>;
  readonly ofLink: (workspaceId: string, linkId: string, limit: number) => Script<readonly JournalEntry[]>;
  readonly page: (workspaceId: string, query: JournalQuery) => Script<readonly JournalEntry[]>;
  readonly activity: (workspaceId: string, since: number) => Script<readonly ActivityMinute[]>;
  /** The oldest first, at most `limit`. */
  readonly prune: (workspaceId: string, before: number, limit: number) => Script<number>;
}

/** All columns of an entry. */
const COLUMNS = [
  "workspace_id",
  "id",
  "at",
  "sync_id",
  "link_id",
  "reason",
  "verdict",
  "summary",
  "detail",
  "duration_ms",
] as const satisfies readonly (keyof JournalTable)[];

export function journalScripts({ kysely, dialect }: Database): JournalScripts {
  const add = rowWrite<JournalTable>(dialect, {
    table: "journal",
    subjectOf: ({ id }) => id,
    one: (slot) =>
      kysely.insertInto("journal").values({
        workspace_id: slot("workspace_id"),
        id: slot("id"),
        at: slot("at"),
        sync_id: slot("sync_id"),
        link_id: slot("link_id"),
        reason: slot("reason"),
        verdict: slot("verdict"),
        summary: slot("summary"),
        detail: slot("detail"),
        duration_ms: slot("duration_ms"),
      }),
    many: (rows) => insertRows(kysely, "journal", COLUMNS, rows),
  });
  const newestFirst = (workspaceId: string, limit: number) =>
    kysely.selectFrom("journal").selectAll().where("workspace_id", "=", workspaceId).orderBy("id", "desc").limit(limit);
  return {
    *add(workspaceId, entry) {
      yield* tell(add(journalRow(workspaceId, entry)));
    },
    *ofLink(workspaceId, linkId, limit) {
      const rows = yield* rowsOf(newestFirst(workspaceId, limit).where("link_id", "=", linkId));
      return rows.map(entryOf);
    },
    *page(workspaceId, { before, limit, linkId }) {
      const rows = yield* rowsOf(
        newestFirst(workspaceId, limit)
          .$if(before !== undefined, (page) => page.where("id", "<", before ?? ""))
          .$if(linkId !== undefined, (page) => page.where("link_id", "=", linkId ?? "")),
      );
      return rows.map(entryOf);
    },
    *activity(workspaceId, since) {
      const minute = sql<number>`(at / 60000) * 60000`;
      const rows = yield* rowsOf(
        kysely
          .selectFrom("journal")
          .select((eb) => [minute.as("minute"), "verdict", eb.fn.countAll<number>().as("count")])
          .where("workspace_id", "=", workspaceId)
          .where("at", ">=", since)
          .groupBy([minute, "verdict"])
          .orderBy("minute")
          .orderBy("verdict"),
      );
      return rows.map((row) => ({ ...row, verdict: row.verdict as JournalEntry["verdict"] }));
    },
    *prune(workspaceId, before, limit) {
      const oldest = kysely
        .selectFrom("journal")
        .select("id")
        .where("workspace_id", "=", workspaceId)
        .where("at", "<", before)
        .orderBy("at")
        .limit(limit);
      return yield* change(
        kysely.deleteFrom("journal").where("workspace_id", "=", workspaceId).where("id", "in", oldest),
      );
    },
  };
}

function journalRow(workspaceId: string, entry: JournalEntry): JournalTable {
  return {
    workspace_id: workspaceId,
    id: entry.id,
    at: entry.at,
    sync_id: entry.syncId,
    link_id: entry.linkId ?? null,
    reason: entry.reason,
    verdict: entry.verdict,
    summary: storable(entry.summary),
    detail: writtenDetail(entry.detail),
    duration_ms: entry.durationMs,
  };
}

function entryOf(row: JournalTable): JournalEntry {
  return {
    id: row.id,
    at: row.at,
    syncId: row.sync_id,
    // Written from values of these very types.
    reason: row.reason as JournalEntry["reason"],
    verdict: row.verdict as JournalEntry["verdict"],
    summary: row.summary,
    detail: readDetail(row.id, row.detail),
    durationMs: row.duration_ms,
    ...optional("linkId", row.link_id),
  };
}
