import { type Kysely, sql } from "kysely";
import type { EngineStore, Link, LinkState, MatchKey } from "../../../engine/ports.ts";
import type { Side } from "../../../model/record.ts";
import type { Database } from "../../database.ts";
import { firstOf, rowsOf, rowsOfLists, type Script, template } from "../../script.ts";
import type { Tables } from "../../tables.ts";
import { linkOf, READ, type ReadRow } from "./row.ts";
import { type LinkWriteScripts, linkWrites } from "./write.ts";

type AfterQuery = Parameters<EngineStore["linksAfter"]>[2];
type UnseenQuery = Parameters<EngineStore["linksUnseenSince"]>[3];
type WithKeys = { readonly link: Link; readonly keys: readonly MatchKey[] };

/** Scripts about links, as the engine needs them. */
export interface LinkScripts extends LinkWriteScripts {
  readonly one: (workspaceId: string, linkId: string) => Script<Link | undefined>;
  readonly many: (workspaceId: string, linkIds: readonly string[]) => Script<readonly Link[]>;
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

function linkLookups(kysely: Kysely<Tables>): Pick<LinkScripts, "one" | "many" | "byRecord" | "byRecords"> {
  const one = template<{ workspaceId: string; id: string }, ReadRow>((slot) =>
    kysely
      .selectFrom("links")
      .select(READ)
      .where("workspace_id", "=", slot("workspaceId"))
      .where("id", "=", slot("id")),
  );
  const byRecord = (side: Side) =>
    template<{ workspaceId: string; syncId: string; externalId: string }, ReadRow>((slot) =>
      kysely
        .selectFrom("links")
        .select(READ)
        .where("workspace_id", "=", slot("workspaceId"))
        .where("sync_id", "=", slot("syncId"))
        .where(`${side}_external_id`, "=", slot("externalId")),
    );
  const bySide = { left: byRecord("left"), right: byRecord("right") };
  return {
    *one(workspaceId, id) {
      const row = yield* firstOf(one({ workspaceId, id }));
      return row && linkOf(row);
    },
    *many(workspaceId, linkIds) {
      const rows = yield* rowsOfLists(linkIds, (some) =>
        kysely.selectFrom("links").select(READ).where("workspace_id", "=", workspaceId).where("id", "in", some),
      );
      return rows.map(linkOf);
    },
    *byRecord(workspaceId, syncId, side, externalId) {
      const row = yield* firstOf(bySide[side]({ workspaceId, syncId, externalId }));
      return row && linkOf(row);
    },
    *byRecords(workspaceId, syncId, side, externalIds) {
      const rows = yield* rowsOfLists(externalIds, (some) =>
        kysely
          .selectFrom("links")
          .select(READ)
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
      .select(READ)
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
