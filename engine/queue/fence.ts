import type { EngineStore, Lane, Partner } from "../ports.ts";

/**
 * The same partner, for a process that changes or deletes nothing there once another has taken its lane: what it goes by
 * may be long outdated, and what the other one has agreed on since would look undone by a person. A create is not asked
 * for: it is stored as open, under the lane, before it is sent.
 * Source: docs/SPEC.md Q23.
 */
export function fenced(store: Pick<EngineStore, "apply">, lane: Lane, partner: Partner): Partner {
  const held = async <T>(call: () => Promise<T>): Promise<T> => {
    // Nothing is stored: the store refuses, as for any write, where the lane was taken.
    await store.apply(lane, []);
    return call();
  };
  const verbs: Pick<Partner, "update" | "delete"> = {
    update: (...args) => held(() => partner.update(...args)),
    delete: (...args) => held(() => partner.delete(...args)),
  };
  // All else is inherited, so that it is always the partner's own.
  return Object.create(partner, Object.getOwnPropertyDescriptors(verbs));
}
