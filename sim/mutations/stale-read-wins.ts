import type { Mutation } from "./mutation.ts";

export const staleReadWins: Mutation = {
  name: "stale-read-wins",
  breaks: "an old answer of a partner that is read after a newer one is believed",
  file: "engine/reconcile/evidence.ts",
  find: "  return then < now && now <= known.asOf + CLOCK_AHEAD_MS && !areSameFields(known, seen);",
  replace: "  return false;",
  within: 108,
};
