import { SIDES } from "../../model/record.ts";
import type { Effect, EngineStore, Link } from "../ports.ts";
import { keyText } from "./keys.ts";

/**
 * Whether anything is set aside at all, so that a success need not look for what it makes good: mostly there is nothing.
 * Says yes too often rather than too rarely.
 */
export interface DeadLetters {
  readonly mayBeAny: () => boolean;
  /** Something is being set aside. */
  readonly add: () => void;
  /** Asks the store, so that what a person had tried again, or a success made good, is forgotten. */
  readonly lookAgain: () => Promise<void>;
}

/** What is known of the workspace's dead letters; at first, that there may be some. */
export function deadLetters(store: Pick<EngineStore, "hasDead">, workspaceId: string): DeadLetters {
  let mayBeAny = true;
  let additions = 0;
  return {
    mayBeAny: () => mayBeAny,
    add: () => {
      mayBeAny = true;
      additions += 1;
    },
    lookAgain: async () => {
      if (!mayBeAny) return;
      const before = additions;
      const hasAny = await store.hasDead(workspaceId);
      if (additions === before) mayBeAny = hasAny;
    },
  };
}

/** Q16: what was set aside for a link that has been brought in step, under whichever of its names. */
export function clearingOf(links: readonly Link[]): Effect {
  const keys = links.flatMap((link) => [
    keyText({ kind: "link", linkId: link.id }),
    ...SIDES.flatMap((side) => {
      const externalId = link[side]?.externalId;
      return externalId === undefined ? [] : [keyText({ kind: "record", syncId: link.syncId, side, externalId })];
    }),
  ]);
  return { kind: "clearDead", keys: [...new Set(keys)] };
}
