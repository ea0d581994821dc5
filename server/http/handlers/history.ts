import type { JournalEntry, KeptMapping } from "../../../engine/ports.ts";
import type { Side } from "../../../model/record.ts";
import type { HubStore, PageQuery } from "../../../store/port.ts";
import { linkIdOf, presentJournal, presentReplay, presentTrouble, titlesOf } from "../present/index.ts";
import type { Handlers } from "../serveRoute.ts";
import { presentDeliveries } from "./deliveries.ts";
import { sidesCalled } from "./names.ts";
import { type HandlerParts, workspaceOf } from "./parts.ts";

/** History: what was decided, what failed, what arrived. */
export function historyHandlers(
  parts: HandlerParts,
): Pick<Handlers, "journal" | "replayJournal" | "troubles" | "retry" | "deliveries"> {
  const { store } = parts;
  return {
    journal: async ({ params: { workspaceId }, query }) => {
      await workspaceOf(store, workspaceId);
      const entries = await store.journal(workspaceId, pageOf(query));
      const linkIds = entries.map(({ linkId }) => linkId);
      const [titles, mappings] = await Promise.all([
        titlesFor(store, workspaceId, linkIds),
        mappingsOf(store, workspaceId, entries),
      ]);
      return entries.map((entry) => presentJournal(entry, { titles, mappings }));
    },
    replayJournal: async ({ params: { workspaceId }, query: { linkId, since = 0, ...query } }) => {
      await workspaceOf(store, workspaceId);
      const page = pageOf(query);
      const read = await store.journal(workspaceId, { ...page, ...(linkId === undefined ? {} : { linkId }) });
      const entries = read.filter(({ at }) => at >= since);
      const last = entries.length < page.limit ? undefined : entries.at(-1);
      const mappings = await mappingsOf(store, workspaceId, entries);
      const report = parts.engine.replayEntries(entries, [...mappings.values()]);
      const titles = await titlesFor(
        store,
        workspaceId,
        report.differences.map(({ entry }) => entry.linkId),
      );
      return { ...presentReplay(report, titles), ...(last === undefined ? {} : { next: last.id }) };
    },
    troubles: async ({ params: { workspaceId }, query }) => {
      await workspaceOf(store, workspaceId);
      const keys = await store.troubledKeys(workspaceId, { ...pageOf(query), state: query.state });
      const titles = await titlesFor(
        store,
        workspaceId,
        keys.map(({ key }) => linkIdOf(key)),
      );
      const productOf = await products(parts, workspaceId);
      return keys.map((due) => presentTrouble(due, { titles, productOf }));
    },
    retry: async ({ params: { workspaceId }, body }) => {
      await workspaceOf(store, workspaceId);
      const count = await store.revive(workspaceId, body.keys, parts.clock.now());
      parts.lanes.wake(workspaceId);
      return { count };
    },
    deliveries: async ({ params: { workspaceId }, query }) => {
      await workspaceOf(store, workspaceId);
      return presentDeliveries(store, workspaceId, await store.deliveries(workspaceId, pageOf(query)));
    },
  };
}

/** The mappings that entries name, by version, as far as they are kept. */
export async function mappingsOf(
  store: HubStore,
  workspaceId: string,
  entries: readonly JournalEntry[],
): Promise<ReadonlyMap<string, KeptMapping>> {
  const versions = entries.flatMap(({ detail }) => detail.mapping ?? []);
  const kept = await store.mappings(workspaceId, versions);
  return new Map(kept.map((mapping) => [mapping.version, mapping]));
}

function pageOf(query: { readonly before?: string | undefined; readonly limit: number }): PageQuery {
  return { limit: query.limit, ...(query.before === undefined ? {} : { before: query.before }) };
}

async function titlesFor(
  store: HubStore,
  workspaceId: string,
  linkIds: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(linkIds)].filter((id): id is string => id !== undefined);
  return titlesOf(wanted.length === 0 ? [] : await store.links(workspaceId, wanted));
}

/** What product each side of each sync is at. */
async function products(parts: HandlerParts, workspaceId: string): Promise<(syncId: string, side: Side) => string> {
  const [syncs, connections] = await Promise.all([
    parts.store.syncs(workspaceId),
    parts.store.connections(workspaceId),
  ]);
  return (syncId, side) => {
    const config = syncs.find((sync) => sync.config.id === syncId)?.config;
    return config === undefined ? "" : sidesCalled(config, connections, parts.connectors)[side];
  };
}
