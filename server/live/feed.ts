import type { Clock, News } from "../../engine/ports.ts";
import type { LiveEvent } from "../../model/api/views.ts";

/** Tells open pages what happens, a few times a second at most. */
export interface Feed {
  readonly publish: (news: News) => void;
  /** @param workspaceId only this workspace's news. @returns ends the subscription. */
  readonly subscribe: (workspaceId: string | undefined, listen: (events: readonly LiveEvent[]) => void) => () => void;
  /** Sends nothing any more. */
  readonly close: () => void;
}

/** How long news are gathered after some were sent, ms. The first after a quiet time is sent at once. */
export const GATHER_MS = 100;
/** Link events kept per workspace while gathering; beyond that the overview event stands for them. */
const LINKS_MAX = 20;

/**
 * A feed. Per workspace and `GATHER_MS` a page gets one overview event and at most `LINKS_MAX` link events. Dropping
 * the rest loses nothing: an event only says what to load again.
 */
export function createFeed(clock: Pick<Clock, "after">): Feed {
  const listeners = new Set<(workspaceId: string, events: readonly LiveEvent[]) => void>();
  const gathered = new Map<string, LiveEvent[]>();
  let cancel: (() => void) | undefined;

  function flush(): void {
    cancel = undefined;
    if (gathered.size === 0) return;
    for (const [workspaceId, links] of gathered) {
      const events: LiveEvent[] = [...links, { kind: "overview" }];
      for (const listen of listeners) listen(workspaceId, events);
    }
    gathered.clear();
    cancel = clock.after(GATHER_MS, flush);
  }

  return {
    publish: (news) => {
      if (listeners.size === 0) return;
      gather(gathered, news);
      if (cancel === undefined) flush();
    },
    subscribe: (wanted, listen) => {
      const only = (workspaceId: string, events: readonly LiveEvent[]) => {
        if (wanted === undefined || wanted === workspaceId) listen(events);
      };
      listeners.add(only);
      return () => listeners.delete(only);
    },
    close: () => {
      cancel?.();
      cancel = undefined;
      gathered.clear();
      listeners.clear();
    },
  };
}

function gather(gathered: Map<string, LiveEvent[]>, news: News): void {
  const links = gathered.get(news.workspaceId) ?? [];
  gathered.set(news.workspaceId, links);
  if (news.kind !== "link" || links.length >= LINKS_MAX) return;
  const { syncId, linkId, verdict } = news;
  links.push({ kind: "link", syncId, linkId, verdict });
}
