import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import type { EngineStore, Link } from "../../../engine/ports.ts";
import type { Side } from "../../../model/record.ts";
import { askTogether } from "../../askTogether.ts";
import type { Database } from "../../database.ts";
import { rowsOf, template } from "../../script.ts";
import type { Tables } from "../../tables.ts";
import type { LinkScripts } from "./links.ts";
import { linkOf, READ, type ReadRow } from "./row.ts";

/** What a lane asks the store before it works a key. */
type Questions = Pick<EngineStore, "link" | "linkByRecord">;

/** Each is asked by itself where answers are there at once; elsewhere those of one moment are asked together. */
export function linkQuestions(database: Database, { one, byRecord }: LinkScripts): Questions {
  const { read, dialect } = database;
  if (!dialect.answersAtOnce) return { link: askedLinks(database), linkByRecord: askedByRecord(database) };
  return {
    link: (workspaceId, linkId) => read(one(workspaceId, linkId)),
    linkByRecord: (workspaceId, syncId, side, externalId) => read(byRecord(workspaceId, syncId, side, externalId)),
  };
}

function askedLinks({ kysely, read }: Database): Questions["link"] {
  const query = template<{ workspaceId: string; ids: readonly string[] }, ReadRow>((slot) =>
    eachOf(kysely, slot("ids"), (links) =>
      links.where("links.workspace_id", "=", slot("workspaceId")).whereRef("links.id", "=", "asked.value"),
    ),
  );
  const ask = askTogether<readonly [workspaceId: string, id: string], Link>(async (asked) => {
    const found = new Map<string, ReadRow>();
    for (const [workspaceId, some] of Map.groupBy(asked, ([workspaceId]) => workspaceId)) {
      const rows = await read(rowsOf(query({ workspaceId, ids: some.map(([, id]) => id) })));
      for (const row of rows) found.set(nameOf([workspaceId, row.id]), row);
    }
    return (one) => linkIn(found, one);
  });
  return (...link) => ask(link);
}

function askedByRecord(database: Database): Questions["linkByRecord"] {
  const bySide = { left: askRecords(database, "left"), right: askRecords(database, "right") };
  return (workspaceId, syncId, side, externalId) => bySide[side]([workspaceId, syncId, externalId]);
}

type AskedRecord = readonly [workspaceId: string, syncId: string, externalId: string];

function askRecords({ kysely, read }: Database, side: Side) {
  const column = `${side}_external_id` as const;
  type Values = { workspaceId: string; syncId: string; externalIds: readonly string[] };
  const query = template<Values, ReadRow>((slot) =>
    eachOf(kysely, slot("externalIds"), (links) =>
      links
        .where("links.workspace_id", "=", slot("workspaceId"))
        .where("links.sync_id", "=", slot("syncId"))
        .whereRef(`links.${column}`, "=", "asked.value"),
    ),
  );
  return askTogether<AskedRecord, Link>(async (asked) => {
    const found = new Map<string, ReadRow>();
    for (const some of Map.groupBy(asked, ([workspaceId, syncId]) => nameOf([workspaceId, syncId])).values()) {
      const [[workspaceId, syncId] = ["", ""]] = some;
      const externalIds = some.map(([, , externalId]) => externalId);
      const rows = await read(rowsOf(query({ workspaceId, syncId, externalIds })));
      for (const row of rows) found.set(nameOf([workspaceId, syncId, row[column] ?? ""]), row);
    }
    return (one) => linkIn(found, one);
  });
}

const READ_OF_LINKS = READ.map((column) => `links.${column}` as const);

/** Links while each value of a list is looked up. */
type LinkOfEach = SelectQueryBuilder<Tables & { asked: { value: string } }, "links" | "asked", ReadRow>;

/**
 * The links that a list of values names, at most one for each. Each is looked up by itself: what `= any (…)` finds is
 * looked for in whichever index the planner thinks small, and until a table has been analyzed it may walk over all
 * links of a workspace to find a few.
 */
function eachOf(kysely: Kysely<Tables>, values: readonly string[], named: (links: LinkOfEach) => LinkOfEach) {
  const asked = sql<{ value: string }>`unnest(${values}::text[])`.as<"asked">(sql`asked (value)`);
  return kysely
    .selectFrom(asked)
    .innerJoinLateral(
      (eb) => named(eb.selectFrom("links").select(READ_OF_LINKS)).limit(sql.lit(1)).as("found"),
      (join) => join.onTrue(),
    )
    .selectAll("found");
}

function linkIn(found: ReadonlyMap<string, ReadRow>, asked: readonly string[]): Link | undefined {
  const row = found.get(nameOf(asked));
  return row && linkOf(row);
}

/** A name for what was asked for; ids may hold any character but NUL, which no database keeps. */
function nameOf(parts: readonly string[]): string {
  return parts.join("\0");
}
