import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import type { LinkState } from "../../../engine/ports.ts";
import type { Database } from "../../database.ts";
import type { LinkCounts, LinkPage, LinkQuery } from "../../port.ts";
import { firstOf, rowsOf, type Script } from "../../script.ts";
import type { Tables } from "../../tables.ts";
import { folded } from "./fold.ts";
import { digitsOf, linkOf, READ } from "./row.ts";

/** Scripts about links, as people look at them. */
export interface LinkViewScripts {
  readonly search: (workspaceId: string, query: LinkQuery) => Script<LinkPage>;
  readonly counts: (workspaceId: string, syncId: string) => Script<LinkCounts>;
}

/** Longest text that is searched for. */
const TEXT_MAX = 200;
/** So many words narrow enough; a text pasted by mistake does no harm. */
const WORDS_MAX = 12;

export function linkViewScripts({ kysely }: Database): LinkViewScripts {
  return {
    *search(workspaceId, query) {
      const found = matching(kysely, workspaceId, query);
      const rows = yield* rowsOf(sorted(found.select(READ), query.sort).limit(query.limit).offset(query.offset));
      return { links: rows.map(linkOf), total: yield* totalOf(found, query, rows.length) };
    },
    *counts(workspaceId, syncId) {
      const inSync = kysely.selectFrom("links").where("workspace_id", "=", workspaceId).where("sync_id", "=", syncId);
      const states = yield* rowsOf(
        inSync.select((eb) => ["state", eb.fn.countAll<number>().as("count")]).groupBy("state"),
      );
      // Few need attention, and these have an index of their own.
      const attention = yield* firstOf(
        inSync
          .select((eb) => [
            eb.fn.sum<number | null>("has_conflicts").as("conflicts"),
            eb.fn.sum<number | null>("has_findings").as("findings"),
          ])
          .where("needs_attention", "=", sql.lit(1)),
      );
      const leftAlone = yield* firstOf(
        inSync
          .select((eb) => eb.fn.countAll<number>().as("count"))
          .where("held_back", "=", sql.lit("newOnly"))
          .where("kept_alone_at", "is", null)
          .where("state", "=", "half"),
      );
      const keptAlone = yield* firstOf(
        inSync
          .select((eb) => eb.fn.countAll<number>().as("count"))
          .where("kept_alone_at", "is not", null)
          .where("state", "=", "half"),
      );
      const none: Record<LinkState, number> = { half: 0, linked: 0, ambiguous: 0, unlinked: 0, tombstone: 0 };
      return {
        byState: { ...none, ...Object.fromEntries(states.map(({ state, count }) => [state, count])) },
        // A sum over no rows is null.
        withConflicts: attention?.conflicts ?? 0,
        withFindings: attention?.findings ?? 0,
        leftAlone: leftAlone?.count ?? 0,
        keptAlone: keptAlone?.count ?? 0,
      };
    },
  };
}

type Found<Columns> = SelectQueryBuilder<Tables, "links", Columns>;

// biome-ignore lint/complexity/noBannedTypes: Kysely's own word for "no columns chosen yet".
function matching(kysely: Kysely<Tables>, workspaceId: string, query: LinkQuery): Found<{}> {
  const { syncId, text, states, attention } = query;
  let found = kysely.selectFrom("links").where("workspace_id", "=", workspaceId);
  if (syncId !== undefined) found = found.where("sync_id", "=", syncId);
  if (states !== undefined) found = found.where("state", "in", states);
  if (attention === true) found = found.where("needs_attention", "=", sql.lit(1));
  for (const pattern of patternsOf(text ?? "")) {
    found = found.where(sql<boolean>`search_text like ${pattern} escape '\\'`);
  }
  return found;
}

/**
 * What the searched text must hold, each word in any place. A number that is written like a phone is one word, looked
 * for by its digits, which are stored beside the writing. Longer words come first, since fewest rows pass them.
 */
export function patternsOf(text: string): readonly string[] {
  const wanted = folded(text.trim().slice(0, TEXT_MAX));
  const isPhone = /^\+?[\d\s()./-]{3,}$/.test(wanted);
  const words = isPhone ? [digitsOf(wanted)] : [...new Set(wanted.split(/\s+/))].slice(0, WORDS_MAX);
  return words
    .filter((word) => word !== "")
    .toSorted((one, other) => other.length - one.length)
    .map((word) => `%${word.replaceAll(/[\\%_]/g, "\\$&")}%`);
}

/** A page that is not full is the last one and tells the total; only else is it worth counting. */
function* totalOf<Columns>(found: Found<Columns>, { offset, limit }: LinkQuery, shown: number): Script<number> {
  if (shown < limit && (shown > 0 || offset === 0)) return offset + shown;
  const row = yield* firstOf(found.select((eb) => eb.fn.countAll<number>().as("count")));
  return row?.count ?? 0;
}

function sorted<Columns>(found: Found<Columns>, sort: LinkQuery["sort"]): Found<Columns> {
  return sort === "title"
    ? found.orderBy("title_folded").orderBy("id")
    : found.orderBy("updated_at", "desc").orderBy("id", "desc");
}
