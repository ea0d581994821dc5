import type { Link, Sync } from "../../../engine/ports.ts";
import { PRIORITIES } from "../../../kit/http.ts";
import type { LinkFieldView, LinkView } from "../../../model/api/views.ts";
import { asFailure, Failure } from "../../../model/errors.ts";
import { syncsOf } from "../../lanes.ts";
import { fieldsByKey, presentJournal, presentLink, titlesOf } from "../present/index.ts";
import type { Handlers } from "../serveRoute.ts";
import { type HandlerParts, workspaceOf } from "./parts.ts";

const HISTORY_MAX = 50;

/** Records: the list, one link with its history, reconciling on request. */
export function recordHandlers(parts: HandlerParts): Pick<Handlers, "links" | "link" | "reconcileLink"> {
  const { store } = parts;
  return {
    links: async ({ params: { workspaceId }, query }) => {
      await workspaceOf(store, workspaceId);
      const { text, state, attention, ...rest } = query;
      const page = await store.searchLinks(workspaceId, {
        ...rest,
        ...(text === undefined ? {} : { text }),
        ...(state === undefined ? {} : { states: [state] }),
        ...(attention === undefined ? {} : { attention: attention === "true" }),
      });
      return { links: page.links.map(presentLink), total: page.total };
    },
    link: async ({ params: { workspaceId, linkId } }) =>
      linkView(parts, workspaceId, await linkOf(parts, workspaceId, linkId)),
    reconcileLink: async ({ params: { workspaceId, linkId } }) => {
      const { syncId } = await linkOf(parts, workspaceId, linkId);
      const mark = { priority: PRIORITIES.live, dueAt: parts.clock.now(), reason: "person" } as const;
      await store.mark(workspaceId, [{ key: `link:${linkId}`, syncId, ...mark }]);
      parts.lanes.wake(workspaceId);
      return { isDone: true };
    },
  };
}

async function linkOf(parts: HandlerParts, workspaceId: string, linkId: string): Promise<Link> {
  const link = await parts.store.link(workspaceId, linkId);
  if (link === undefined) throw new Failure("not_found", `There is no record ${linkId} in ${workspaceId}.`);
  return link;
}

async function linkView(parts: HandlerParts, workspaceId: string, link: Link): Promise<LinkView> {
  const { store } = parts;
  const candidates = link.ambiguity?.candidates ?? [];
  const [entries, others, syncs, connections] = await Promise.all([
    store.journalOfLink(workspaceId, link.id, HISTORY_MAX),
    store.links(
      workspaceId,
      candidates.map(({ linkId }) => linkId),
    ),
    syncsOf(store, workspaceId),
    store.connections(workspaceId),
  ]);
  const titles = titlesOf([link, ...others]);
  const sync = syncs.find(({ id }) => id === link.syncId);
  const nameOf = (id: string | undefined) => connections.find((row) => row.id === id)?.name ?? id ?? "";
  return {
    ...presentLink(link),
    leftName: nameOf(sync?.left),
    rightName: nameOf(sync?.right),
    fields: [...(await fieldsOf(parts, sync, link))],
    candidates: candidates.map(({ linkId, evidence }) => ({
      linkId,
      title: titles.get(linkId) ?? linkId,
      evidence: [...evidence],
    })),
    history: entries.map((entry) => presentJournal(entry, titles)),
  };
}

/** The mapped fields, or, while a partner cannot be asked for its own, what both sides said by key. */
async function fieldsOf(parts: HandlerParts, sync: Sync | undefined, link: Link): Promise<readonly LinkFieldView[]> {
  if (sync === undefined) return fieldsByKey(link);
  try {
    return await parts.engine.describeLink(sync, link, parts.registry.partnerOf);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.kind === "bug") throw failure;
    return fieldsByKey(link);
  }
}
