import type { Mutation } from "./mutation.ts";

export const deletedOnAbsence: Mutation = {
  name: "deleted-on-absence",
  breaks: "whom a full comparison does not show is deleted on the other side",
  file: "engine/backfill/sweep.ts",
  find: "    const effects: Effect[] = unseen.map((link) => ({",
  replace: `    for (const link of unseen) {
      const other = side === "left" ? "right" : "left";
      const across = link[other];
      if (across !== undefined) await attempt.open.partners[other].delete(attempt.calls, across.externalId);
      await context.store.apply(context.lane, [{ kind: "saveLink", link: { ...link, state: "tombstone" } }]);
    }
    const effects: Effect[] = unseen.map((link) => ({`,
  within: 12,
};
