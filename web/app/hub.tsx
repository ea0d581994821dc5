import { createContext, useContext, useEffect } from "react";
import type { LiveEvent } from "../../model/api/views.ts";
import type { LiveState } from "../api/live.ts";
import type { Hub } from "../api/queries.ts";

/** What every page has at hand: the hub, whether it is live, and a way to hear its events as they come. */
export interface AtHand extends Hub {
  readonly live: LiveState;
  /** Hears each live event; the returned function stops. */
  readonly hear: (listener: (event: LiveEvent) => void) => () => void;
}

const Context = createContext<AtHand | undefined>(undefined);

/** Puts the hub at hand of everything below. */
export const HubProvider = Context;

/** The hub. @throws when used outside of `HubProvider`, which is a fault of ours */
export function useHub(): AtHand {
  const hub = useContext(Context);
  if (hub === undefined) throw new Error("A page was drawn without a hub.");
  return hub;
}

/** Hears live events for as long as the component is there. */
export function useLiveEvents(listener: (event: LiveEvent) => void): void {
  const { hear } = useHub();
  useEffect(() => hear(listener), [hear, listener]);
}
