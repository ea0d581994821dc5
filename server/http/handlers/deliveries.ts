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
  const spans = spansOf(deliveries);
  const found = await Promise.all(
    spans.map((keys) => Promise.all(keys.map((span) => ledTo(store, workspaceId, span)))),
  );
  const linkIds = [...new Set(found.flat().flatMap(({ linkId }) => linkId ?? []))];
  const titles = titlesOf(linkIds.length === 0 ? [] : await store.links(workspaceId, linkIds));
  return deliveries.map(({ keys: _, externalIds, ...delivery }, place) => ({
    ...delivery,
    externalIds: [...externalIds],
    ledTo: (found[place] ?? []).map((led) => titled(led, titles)),
  }));
}

/** A key that a webhook made due, and until when what is decided on it is that webhook's doing. */
interface Span {
  readonly key: string;
  readonly since: number;
  /** When the next webhook about the same came; absent for the last. */
  readonly until?: number;
}

/** @param deliveries newest first */
function spansOf(deliveries: readonly Delivery[]): readonly (readonly Span[])[] {
  const nextAt = new Map<string, number>();
  return deliveries.map(({ keys, receivedAt }) =>
    keys.map((key) => {
      const until = nextAt.get(key);
      nextAt.set(key, receivedAt);
      return { key, since: receivedAt, ...(until !== undefined && { until }) };
    }),
  );
}

function titled(led: LedToView, titles: ReadonlyMap<string, string>): LedToView {
  const title = led.linkId === undefined ? undefined : titles.get(led.linkId);
  return title === undefined ? led : { ...led, title };
}

/**
 * The first decision that a webhook caused on the record in this span; without one the key still waits, has failed, or
 * had nothing to do.
 */
async function ledTo(
  store: HubStore,
  workspaceId: string,
  { key: text, since, until = Number.POSITIVE_INFINITY }: Span,
): Promise<LedToView> {
  const key = parseKey(text);
  if (key?.kind === "poll") {
    const poll = await store.checkpoint(workspaceId, key.syncId, key.side, "poll");
    const isDone = poll?.finishedAt !== undefined && poll.finishedAt >= since;
    return { key: text, state: isDone ? "done" : "waiting" };
  }
  const link =
    key?.kind === "record" ? await store.linkByRecord(workspaceId, key.syncId, key.side, key.externalId) : undefined;
  const linkId = link?.id;
  const named = { key: text, ...(linkId !== undefined && { linkId }) };
  const history = linkId === undefined ? [] : await store.journalOfLink(workspaceId, linkId, HISTORY_MAX);
  const entry = history.findLast(({ at, reason }) => reason === "webhook" && at >= since && at < until);
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
