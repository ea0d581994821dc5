import type { Mutation } from "./mutation.ts";

export const mergeDeletes: Mutation = {
  name: "merge-deletes",
  breaks: "a merged record is taken for a deleted one: nobody looks whom it lives on in",
  file: "engine/reconcile/gone.ts",
  find: `  if (survivor !== undefined) return goOnWith(context, attempt, link, side, survivor, across.state);
`,
  replace: "",
  within: 12,
};
