import { parseKey } from "../../../engine/index.ts";
import type { Delivery, DueKey, JournalEntry } from "../../../engine/ports.ts";
import type { DeliveryView, LedToView } from "../../../model/api/views.ts";
import type { HubStore } from "../../../store/port.ts";
import { titlesOf } from "../present/index.ts";

/** How far back in a link's history the first decision after a webhook is looked for. */
const HISTORY_MAX = 50;

/** Webhooks as they came, each with what became of the keys that it made due. */
export async function presentDeliveries(
  store: HubStore,
  workspaceId: string,
  deliveries: readonly Delivery[],
): Promise<DeliveryView[]> {
  const found = await Promise.all(
    deliveries.map((delivery) =>
      Promise.all(delivery.keys.map((key) => ledTo(store, workspaceId, key, delivery.receivedAt))),
    ),
  );
  const linkIds = [...new Set(found.flat().flatMap(({ linkId }) => linkId ?? []))];
  const titles = titlesOf(linkIds.length === 0 ? [] : await store.links(workspaceId, linkIds));
  return deliveries.map(({ keys: _, externalIds, ...delivery }, place) => ({
    ...delivery,
    externalIds: [...externalIds],
    ledTo: (found[place] ?? []).map((led) => titled(led, titles)),
  }));
}

function titled(led: LedToView, titles: ReadonlyMap<string, string>): LedToView {
  const title = led.linkId === undefined ? undefined : titles.get(led.linkId);
  return title === undefined ? led : { ...led, title };
}

/** The first decision on the record after `since`; without one the key still waits, has failed, or had nothing to do. */
async function ledTo(store: HubStore, workspaceId: string, text: string, since: number): Promise<LedToView> {
  const key = parseKey(text);
  if (key?.kind === "poll") {
    const poll = await store.checkpoint(workspaceId, key.syncId, key.side, "poll");
    const isDone = poll?.finishedAt !== undefined && poll.finishedAt >= since;
    return { key: text, state: isDone ? "done" : "waiting" };
  }
  const linkId =
    key?.kind === "record" ? await store.linkIdByRecord(workspaceId, key.syncId, key.side, key.externalId) : undefined;
  const named = { key: text, ...(linkId !== undefined && { linkId }) };
  const history = linkId === undefined ? [] : await store.journalOfLink(workspaceId, linkId, HISTORY_MAX);
  const entry = history.findLast(({ at }) => at >= since);
  if (entry !== undefined) return { ...named, ...decided(entry) };
  const due = await store.dueKey(workspaceId, text);
  return { ...named, ...(due === undefined ? { state: "done" } : undecided(due)) };
}

function decided({ verdict, summary, at }: JournalEntry): Pick<LedToView, "state" | "summary" | "at"> {
  return { state: verdict === "failed" ? "failed" : "done", summary, at };
}

function undecided({ state, error }: DueKey): Pick<LedToView, "state" | "summary" | "at"> {
  const why = error === undefined ? {} : { summary: error.message, at: error.at };
  return { state: state === "dead" ? "failed" : "waiting", ...why };
}
