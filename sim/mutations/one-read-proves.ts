import type { Mutation } from "./mutation.ts";

export const oneReadProves: Mutation = {
  name: "one-read-proves",
  breaks: "a record counts as deleted when one read says so",
  file: "engine/reconcile/gone.ts",
  find: `  if (reads < 1) return holdGone(link, side, { ...state, goneAt, goneReads: 1 }, Math.max(goneAt + holdMs, now + 1));
  if (now < goneAt + holdMs) return again(goneAt + holdMs);
`,
  replace: "",
  within: 26,
};
