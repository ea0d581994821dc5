import type { Link, Sync } from "../../../engine/ports.ts";
import type { CandidateView, LinkFieldView, LinkView } from "../../../model/api/views.ts";
import { asFailure } from "../../../model/errors.ts";
import type { ConnectionRow } from "../../../store/port.ts";
import { syncsOf } from "../../lanes.ts";
import { fieldsByKey, presentJournal, presentLink, titlesOf } from "../present/index.ts";
import type { Handlers } from "../serveRoute.ts";
import { canBeLinked } from "./decisions.ts";
import { mappingsOf } from "./history.ts";
import { sidesCalled } from "./names.ts";
import { type HandlerParts, linkOrSurvivor, workspaceOf } from "./parts.ts";
import { type RecordSurroundings, recordViews } from "./recordViews.ts";

const HISTORY_MAX = 50;

/** Records: the list, and one link with its history. */
export function recordHandlers(parts: HandlerParts): Pick<Handlers, "links" | "link"> {
  const { store } = parts;
  return {
    links: async ({ params: { workspaceId }, query }) => {
      await workspaceOf(store, workspaceId);
      const { sync, text, state, attention, ...rest } = query;
      const page = await store.searchLinks(workspaceId, {
        ...rest,
        ...(sync === undefined ? {} : { syncId: sync }),
        ...(text === undefined ? {} : { text }),
        ...(state === undefined ? {} : { states: [state] }),
        ...(attention === undefined ? {} : { attention: attention === "true" }),
      });
      return { links: page.links.map(presentLink), total: page.total };
    },
    link: async ({ params: { workspaceId, linkId } }) =>
      linkView(parts, workspaceId, await linkOrSurvivor(parts.store, workspaceId, linkId)),
  };
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
  const mappings = await mappingsOf(store, workspaceId, entries);
  const sync = syncs.find(({ id }) => id === link.syncId);
  const around: RecordSurroundings = { sync, connections, connectors: parts.connectors, books: store.books };
  const titles = titlesOf([link, ...others]);
  const suspected = candidates.flatMap(({ linkId }) => others.find(({ id }) => id === linkId) ?? []);
  return {
    ...presentLink(link),
    ...namesOf(parts, sync, connections),
    fields: [...(await fieldsOf(parts, sync, link))],
    records: await recordViews(link, around),
    candidates: await Promise.all(suspected.map((other) => candidateView(parts, around, link, other))),
    history: entries.map((entry) => presentJournal(entry, { titles, mappings })),
  };
}

function namesOf(
  { connectors }: HandlerParts,
  sync: Sync | undefined,
  connections: readonly ConnectionRow[],
): Pick<LinkView, "leftName" | "rightName"> {
  if (sync === undefined) return { leftName: "", rightName: "" };
  const { left, right } = sidesCalled(sync, connections, connectors);
  return { leftName: left, rightName: right };
}

/** A record that may be the same, beside the one it may be the same as. */
async function candidateView(
  parts: HandlerParts,
  around: RecordSurroundings,
  link: Link,
  other: Link,
): Promise<CandidateView> {
  const evidence = link.ambiguity?.candidates.find(({ linkId }) => linkId === other.id)?.evidence ?? [];
  const { left = other.left, right = other.right } = link;
  const asOne: Link = { ...link, base: {}, ...(left && { left }), ...(right && { right }) };
  const across = link.left === undefined ? "left" : "right";
  const record = (await recordViews(other, around)).find(({ side }) => side === across);
  return {
    linkId: other.id,
    title: other.title,
    evidence: [...evidence],
    canLink: canBeLinked(link, other),
    ...(record === undefined ? {} : { record }),
    fields: [...(await fieldsOf(parts, around.sync, asOne))],
  };
}

/** The mapped fields, or, while a partner cannot be asked for its own, what both sides said by key. */
async function fieldsOf(parts: HandlerParts, sync: Sync | undefined, link: Link): Promise<readonly LinkFieldView[]> {
  if (sync === undefined) return fieldsByKey(link);
  try {
    return await parts.engine.describeLink(sync, link, parts.registry.partnerOf, parts.store);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.kind === "bug") throw failure;
    return fieldsByKey(link);
  }
}
