import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { LiveEvent } from "../../model/api/views.ts";
import { staleKeys } from "../api/keys.ts";
import { createRefresher, type Later, type LiveSource, type LiveState, subscribeLive } from "../api/live.ts";

const GATHER_MS = 60;
const REST_MS = 250;

const later: Later = (ms, callback) => {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
};

// The browser's event source calls its handlers with the event, which we do not need; otherwise the shapes agree.
const openSource = (): LiveSource => new EventSource("/api/live") as unknown as LiveSource;

/** The page's one subscription to the hub: keeps cached answers fresh, and passes events on to those who listen. */
export function useLive(workspaceId: string): {
  readonly live: LiveState;
  readonly hear: (listener: (event: LiveEvent) => void) => () => void;
} {
  const client = useQueryClient();
  const [live, setLive] = useState<LiveState>("connecting");
  const listeners = useRef(new Set<(event: LiveEvent) => void>());

  useEffect(() => {
    const refresher = createRefresher({
      invalidate: (queryKey) => client.invalidateQueries({ queryKey }),
      later,
      gatherMs: GATHER_MS,
      restMs: REST_MS,
    });
    return subscribeLive({
      open: openSource,
      later,
      onState: setLive,
      onReturn: () => void client.invalidateQueries(),
      onEvent: (event) => {
        for (const listener of listeners.current) listener(event);
        refresher.add(staleKeys(workspaceId, event));
      },
    });
  }, [client, workspaceId]);

  const hear = useCallback((listener: (event: LiveEvent) => void) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  return { live, hear };
}
