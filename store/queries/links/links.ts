import { type Kysely, sql } from "kysely";
import type { Effect, EngineStore, Link, LinkState, MatchKey } from "../../../engine/ports.ts";
import { SIDES, type Side } from "../../../model/record.ts";
import type { Database, DialectTraits } from "../../database.ts";
import { change, changeOfLists, firstOf, rowsOf, rowsOfLists, type Script, tell, template } from "../../script.ts";
import type { LinksTable, Tables } from "../../tables.ts";
import { type LinkRow, linkOf, linkRow } from "./row.ts";

type SaveLink = Extract<Effect, { kind: "saveLink" }>;
type Seen = Extract<Effect, { kind: "seen" }>;
type AfterQuery = Parameters<EngineStore["linksAfter"]>[2];
type UnseenQuery = Parameters<EngineStore["linksUnseenSince"]>[3];
type WithKeys = { readonly link: Link; readonly keys: readonly MatchKey[] };

/** Scripts about links, as the engine needs them. */
export interface LinkScripts {
  readonly save: (workspaceId: string, effect: SaveLink) => Script<void>;
  readonly drop: (workspaceId: string, linkId: string) => Script<void>;
  readonly seen: (workspaceId: string, effect: Seen) => Script<void>;
  readonly one: (workspaceId: string, linkId: string) => Script<Link | undefined>;
  readonly many: (workspaceId: string, linkIds: readonly string[]) => Script<readonly Link[]>;
  readonly idByRecord: (
    workspaceId: string,
    syncId: string,
    side: Side,
    externalId: string,
  ) => Script<string | undefined>;
  readonly byRecord: (workspaceId: string, syncId: string, side: Side, externalId: string) => Script<Link | undefined>;
  readonly byRecords: (
    workspaceId: string,
    syncId: string,
    side: Side,
    externalIds: readonly string[],
  ) => Script<readonly Link[]>;
  readonly byKeys: (
    workspaceId: string,
    syncId: string,
    side: Side,
    keys: readonly MatchKey[],
  ) => Script<readonly WithKeys[]>;
  readonly after: (workspaceId: string, syncId: string, query: AfterQuery) => Script<readonly Link[]>;
  readonly unseenSince: (
    workspaceId: string,
    syncId: string,
    side: Side,
    query: UnseenQuery,
  ) => Script<readonly Link[]>;
  readonly byParent: (workspaceId: string, syncId: string, parentLinkId: string) => Script<readonly Link[]>;
  readonly count: (workspaceId: string, syncId: string, state: LinkState) => Script<number>;
  readonly deletesSince: (workspaceId: string, syncId: string, since: number) => Script<number>;
  /** Ids of tombstones that were last changed before `before`, at most `limit`. */
  readonly oldTombstones: (workspaceId: string, before: number, limit: number) => Script<readonly string[]>;
}

export function linkScripts({ kysely, dialect }: Database): LinkScripts {
  return { ...linkWrites(kysely, dialect), ...linkLookups(kysely), ...keyLookup(kysely), ...linkListings(kysely) };
}

function linkWrites(
  kysely: Kysely<Tables>,
  { answersAtOnce }: DialectTraits,
): Pick<LinkScripts, "save" | "drop" | "seen"> {
  const save = saveTemplate(kysely);
  const rewrite = rewriteTemplate(kysely);
  const clearKeys = template<{ workspaceId: string; linkId: string; side: string }>((slot) =>
    kysely
      .deleteFrom("link_keys")
      .where("workspace_id", "=", slot("workspaceId"))
      .where("link_id", "=", slot("linkId"))
      .where("side", "=", slot("side")),
  );
  const addKey = template<Tables["link_keys"]>((slot) =>
    kysely
      .insertInto("link_keys")
      .values({
        workspace_id: slot("workspace_id"),
        sync_id: slot("sync_id"),
        side: slot("side"),
        match_key: slot("match_key"),
        link_id: slot("link_id"),
      })
      .onConflict((conflict) => conflict.doNothing()),
  );
  return {
    *save(workspaceId, { link, keys }) {
      const row = linkRow(workspaceId, link);
      const isRewritten = answersAtOnce && (yield* change(rewrite(row))) > 0;
      if (!isRewritten) yield* tell(save(row));
      for (const side of SIDES) {
        const matchKeys = keys?.[side];
        if (matchKeys === undefined) continue;
        yield* tell(clearKeys({ workspaceId, linkId: link.id, side }));
        for (const match_key of matchKeys) {
          yield* tell(addKey({ workspace_id: workspaceId, sync_id: link.syncId, side, match_key, link_id: link.id }));
        }
      }
    },
    *drop(workspaceId, linkId) {
      for (const side of SIDES) yield* tell(clearKeys({ workspaceId, linkId, side }));
      yield* tell(kysely.deleteFrom("links").where("workspace_id", "=", workspaceId).where("id", "=", linkId));
    },
    *seen(workspaceId, { syncId, side, externalIds, at }) {
      const column = `${side}_seen_at` as const;
      yield* changeOfLists(externalIds, (some) =>
        kysely
          .updateTable("links")
          .set({ [column]: at })
          .where("workspace_id", "=", workspaceId)
          .where("sync_id", "=", syncId)
          .where(`${side}_external_id`, "in", some)
          .where((eb) => eb.or([eb(column, "is", null), eb(column, "<", at)])),
      );
    },
  };
}

/** Inserts or replaces all columns but the key and when the records were last seen. */
function saveTemplate(kysely: Kysely<Tables>) {
  return template<LinkRow>((slot) => {
    const replaced = {
      sync_id: slot("sync_id"),
      state: slot("state"),
      left_external_id: slot("left_external_id"),
      right_external_id: slot("right_external_id"),
      left_as_of: slot("left_as_of"),
      right_as_of: slot("right_as_of"),
      left_gone_at: slot("left_gone_at"),
      right_gone_at: slot("right_gone_at"),
      left_side: slot("left_side"),
      right_side: slot("right_side"),
      base: slot("base"),
      conflicts: slot("conflicts"),
      findings: slot("findings"),
      ambiguity: slot("ambiguity"),
      refused: slot("refused"),
      parent_link_id: slot("parent_link_id"),
      held_back: slot("held_back"),
      kept_alone_at: slot("kept_alone_at"),
      has_conflicts: slot("has_conflicts"),
      has_findings: slot("has_findings"),
      needs_attention: slot("needs_attention"),
      is_deletion: slot("is_deletion"),
      title: slot("title"),
      title_folded: slot("title_folded"),
      search_text: slot("search_text"),
      created_at: slot("created_at"),
      updated_at: slot("updated_at"),
    };
    const columns = Object.keys(replaced) as (keyof typeof replaced)[];
    return kysely
      .insertInto("links")
      .values({ workspace_id: slot("workspace_id"), id: slot("id"), ...replaced })
      .onConflict((conflict) =>
        conflict
          .columns(["workspace_id", "id"])
          .doUpdateSet((eb) => Object.fromEntries(columns.map((column) => [column, eb.ref(`excluded.${column}`)]))),
      );
  });
}

/** What is indexed of a link and moves rarely. */
const STEADY = [
  "sync_id",
  "state",
  "left_external_id",
  "right_external_id",
  "parent_link_id",
  "needs_attention",
  "is_deletion",
  "title_folded",
] as const satisfies readonly (keyof LinkRow)[];

/**
 * Replaces a link whose steady columns are as they were, and touches no other. SQLite enters a row anew in every index
 * of a column that a statement names, whether or not its value moves: that is half of what saving a link takes.
 */
function rewriteTemplate(kysely: Kysely<Tables>) {
  return template<LinkRow>((slot) => {
    const query = kysely
      .updateTable("links")
      .set({
        left_as_of: slot("left_as_of"),
        right_as_of: slot("right_as_of"),
        left_gone_at: slot("left_gone_at"),
        right_gone_at: slot("right_gone_at"),
        left_side: slot("left_side"),
        right_side: slot("right_side"),
        base: slot("base"),
        conflicts: slot("conflicts"),
        findings: slot("findings"),
        ambiguity: slot("ambiguity"),
        refused: slot("refused"),
        held_back: slot("held_back"),
        kept_alone_at: slot("kept_alone_at"),
        has_conflicts: slot("has_conflicts"),
        has_findings: slot("has_findings"),
        title: slot("title"),
        search_text: slot("search_text"),
        created_at: slot("created_at"),
        updated_at: slot("updated_at"),
      })
      .where("workspace_id", "=", slot("workspace_id"))
      .where("id", "=", slot("id"));
    return STEADY.reduce((some, column) => some.where(column, "is not distinct from", slot(column)), query);
  });
}

function linkLookups(
  kysely: Kysely<Tables>,
): Pick<LinkScripts, "one" | "many" | "idByRecord" | "byRecord" | "byRecords"> {
  const one = template<{ workspaceId: string; id: string }, LinksTable>((slot) =>
    kysely.selectFrom("links").selectAll().where("workspace_id", "=", slot("workspaceId")).where("id", "=", slot("id")),
  );
  const byRecord = (side: Side) =>
    template<{ workspaceId: string; syncId: string; externalId: string }, LinksTable>((slot) =>
      kysely
        .selectFrom("links")
        .selectAll()
        .where("workspace_id", "=", slot("workspaceId"))
        .where("sync_id", "=", slot("syncId"))
        .where(`${side}_external_id`, "=", slot("externalId")),
    );
  const bySide = { left: byRecord("left"), right: byRecord("right") };
  const idByRecord = (side: Side) =>
    template<{ workspaceId: string; syncId: string; externalId: string }, { id: string }>((slot) =>
      kysely
        .selectFrom("links")
        .select("id")
        .where("workspace_id", "=", slot("workspaceId"))
        .where("sync_id", "=", slot("syncId"))
        .where(`${side}_external_id`, "=", slot("externalId")),
    );
  const idBySide = { left: idByRecord("left"), right: idByRecord("right") };
  return {
    *one(workspaceId, id) {
      const row = yield* firstOf(one({ workspaceId, id }));
      return row && linkOf(row);
    },
    *many(workspaceId, linkIds) {
      const rows = yield* rowsOfLists(linkIds, (some) =>
        kysely.selectFrom("links").selectAll().where("workspace_id", "=", workspaceId).where("id", "in", some),
      );
      return rows.map(linkOf);
    },
    *idByRecord(workspaceId, syncId, side, externalId) {
      const row = yield* firstOf(idBySide[side]({ workspaceId, syncId, externalId }));
      return row?.id;
    },
    *byRecord(workspaceId, syncId, side, externalId) {
      const row = yield* firstOf(bySide[side]({ workspaceId, syncId, externalId }));
      return row && linkOf(row);
    },
    *byRecords(workspaceId, syncId, side, externalIds) {
      const rows = yield* rowsOfLists(externalIds, (some) =>
        kysely
          .selectFrom("links")
          .selectAll()
          .where("workspace_id", "=", workspaceId)
          .where("sync_id", "=", syncId)
          .where(`${side}_external_id`, "in", some),
      );
      return rows.map(linkOf);
    },
  };
}

function keyLookup(kysely: Kysely<Tables>): Pick<LinkScripts, "byKeys"> {
  const many = linkLookups(kysely).many;
  const keysOn = (workspaceId: string, side: Side) =>
    kysely
      .selectFrom("link_keys")
      .select(["link_id", "match_key"])
      .where("workspace_id", "=", workspaceId)
      .where("side", "=", side);
  return {
    *byKeys(workspaceId, syncId, side, keys) {
      const hits = yield* rowsOfLists(keys, (some) =>
        keysOn(workspaceId, side).where("sync_id", "=", syncId).where("match_key", "in", some),
      );
      const linkIds = [...new Set(hits.map((hit) => hit.link_id))];
      const links = yield* many(workspaceId, linkIds);
      const carried = yield* rowsOfLists(linkIds, (some) => keysOn(workspaceId, side).where("link_id", "in", some));
      const keysByLink = Map.groupBy(carried, (row) => row.link_id);
      return links.map((link) => ({ link, keys: (keysByLink.get(link.id) ?? []).map((row) => row.match_key) }));
    },
  };
}

function linkListings(
  kysely: Kysely<Tables>,
): Pick<LinkScripts, "after" | "unseenSince" | "byParent" | "count" | "deletesSince" | "oldTombstones"> {
  const inIdOrder = (workspaceId: string, syncId: string, afterId = "") =>
    kysely
      .selectFrom("links")
      .selectAll()
      .where("workspace_id", "=", workspaceId)
      .where("sync_id", "=", syncId)
      .where("id", ">", afterId)
      .orderBy("id");
  return {
    *after(workspaceId, syncId, { afterId, states, limit }) {
      const page = inIdOrder(workspaceId, syncId, afterId).limit(limit);
      const rows = yield* rowsOf(states === undefined ? page : page.where("state", "in", states));
      return rows.map(linkOf);
    },
    *unseenSince(workspaceId, syncId, side, { before, afterId, limit }) {
      const rows = yield* rowsOf(
        inIdOrder(workspaceId, syncId, afterId)
          .where("state", "!=", "tombstone")
          .where(`${side}_external_id`, "is not", null)
          .where(`${side}_gone_at`, "is", null)
          .where(`${side}_as_of`, "<", before)
          .where(sql`coalesce(${sql.ref(`${side}_seen_at`)}, 0)`, "<", before)
          .limit(limit),
      );
      return rows.map(linkOf);
    },
    *oldTombstones(workspaceId, before, limit) {
      const rows = yield* rowsOf(
        kysely
          .selectFrom("links")
          .select("id")
          .where("workspace_id", "=", workspaceId)
          .where("state", "=", "tombstone")
          .where("updated_at", "<", before)
          .limit(limit),
      );
      return rows.map(({ id }) => id);
    },
    *byParent(workspaceId, syncId, parentLinkId) {
      const rows = yield* rowsOf(inIdOrder(workspaceId, syncId).where("parent_link_id", "=", parentLinkId));
      return rows.map(linkOf);
    },
    *count(workspaceId, syncId, state) {
      const row = yield* firstOf(
        kysely
          .selectFrom("links")
          .select((eb) => eb.fn.countAll<number>().as("count"))
          .where("workspace_id", "=", workspaceId)
          .where("sync_id", "=", syncId)
          .where("state", "=", state),
      );
      return row?.count ?? 0;
    },
    *deletesSince(workspaceId, syncId, since) {
      const row = yield* firstOf(
        kysely
          .selectFrom("links")
          .select((eb) => eb.fn.countAll<number>().as("count"))
          .where("workspace_id", "=", workspaceId)
          .where("sync_id", "=", syncId)
          .where("is_deletion", "=", sql.lit(1))
          .where("updated_at", ">=", since),
      );
      return row?.count ?? 0;
    },
  };
}
