import type { Effect, EngineStore } from "../ports.ts";

/**
 * The store of a lane, to which each mapping is handed but once: with the first entry that names it, and again after
 * entries of the same sync have named another, so that the one in use is always the one stored last. What was handed
 * over is remembered only when it was stored.
 * Source: docs/SPEC.md J3.
 */
export function withMappingsOnce(store: EngineStore): EngineStore {
  const lastStored = new Map<string, string>();
  const lean = (effect: Effect): Effect => {
    if (effect.kind !== "journal" || effect.mapping === undefined) return effect;
    const { kind, entry, mapping } = effect;
    return lastStored.get(mapping.syncId) === mapping.version ? { kind, entry } : effect;
  };
  return {
    ...store,
    apply: async (lane, effects) => {
      const leaner = effects.map(lean);
      await store.apply(lane, leaner);
      for (const effect of leaner) {
        if (effect.kind !== "journal" || effect.mapping === undefined) continue;
        lastStored.set(effect.mapping.syncId, effect.mapping.version);
      }
    },
  };
}
