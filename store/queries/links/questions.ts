import { sql } from "kysely";
import type { EngineStore, Link } from "../../../engine/ports.ts";
import type { Side } from "../../../model/record.ts";
import { askTogether } from "../../askTogether.ts";
import type { Database } from "../../database.ts";
import { rowsOf, template } from "../../script.ts";
import type { LinksTable } from "../../tables.ts";
import type { LinkScripts } from "./links.ts";
import { linkOf } from "./row.ts";

/** What a lane asks the store before it works a key. */
type Questions = Pick<EngineStore, "link" | "linkIdByRecord">;

/** Each is asked by itself where answers are there at once; elsewhere those of one moment are asked together. */
export function linkQuestions(database: Database, { one, idByRecord }: LinkScripts): Questions {
  const { read, dialect } = database;
  if (!dialect.answersAtOnce) return { link: askedLinks(database), linkIdByRecord: askedIds(database) };
  return {
    link: (workspaceId, linkId) => read(one(workspaceId, linkId)),
    linkIdByRecord: (workspaceId, syncId, side, externalId) => read(idByRecord(workspaceId, syncId, side, externalId)),
  };
}

function askedLinks({ kysely, read }: Database): Questions["link"] {
  const many = template<{ workspaceId: string; ids: readonly string[] }, LinksTable>((slot) =>
    kysely
      .selectFrom("links")
      .selectAll()
      .where("workspace_id", "=", slot("workspaceId"))
      .where(sql<boolean>`id = any(${slot("ids")})`),
  );
  const ask = askTogether<readonly [workspaceId: string, id: string], Link>(async (asked) => {
    const rows = await Promise.all(
      [...Map.groupBy(asked, ([workspaceId]) => workspaceId)].map(([workspaceId, some]) =>
        read(rowsOf({ ...many({ workspaceId, ids: some.map(([, id]) => id) }), isHot: false })),
      ),
    );
    const found = new Map(rows.flat().map((row) => [nameOf([row.workspace_id, row.id]), row]));
    return (one) => {
      const row = found.get(nameOf(one));
      return row && linkOf(row);
    };
  });
  return (...link) => ask(link);
}

function askedIds(database: Database): Questions["linkIdByRecord"] {
  const bySide = { left: askIds(database, "left"), right: askIds(database, "right") };
  return (workspaceId, syncId, side, externalId) => bySide[side]([workspaceId, syncId, externalId]);
}

type AskedRecord = readonly [workspaceId: string, syncId: string, externalId: string];

function askIds({ kysely, read }: Database, side: Side) {
  const column = `${side}_external_id` as const;
  type Values = { workspaceId: string; syncId: string; externalIds: readonly string[] };
  const many = template<Values, { id: string; external_id: string | null }>((slot) =>
    kysely
      .selectFrom("links")
      .select(["id", `${column} as external_id`])
      .where("workspace_id", "=", slot("workspaceId"))
      .where("sync_id", "=", slot("syncId"))
      .where(sql<boolean>`${sql.ref(column)} = any(${slot("externalIds")})`),
  );
  return askTogether<AskedRecord, string>(async (asked) => {
    const found = new Map<string, string>();
    for (const some of Map.groupBy(asked, ([workspaceId, syncId]) => nameOf([workspaceId, syncId])).values()) {
      const [[workspaceId, syncId] = ["", ""]] = some;
      const externalIds = some.map(([, , externalId]) => externalId);
      const rows = await read(rowsOf({ ...many({ workspaceId, syncId, externalIds }), isHot: false }));
      for (const { id, external_id } of rows) found.set(nameOf([workspaceId, syncId, external_id ?? ""]), id);
    }
    return (one) => found.get(nameOf(one));
  });
}

/** A name for what was asked for; ids may hold any character but NUL, which no database keeps. */
function nameOf(parts: readonly string[]): string {
  return parts.join("\0");
}
