import type { Mutation } from "./mutation.ts";

export const createRetried: Mutation = {
  name: "create-retried",
  breaks: "a create whose answer was lost is sent again at once",
  file: "engine/reconcile/create.ts",
  find: "  if (now < intent.horizonAt) return {",
  replace: "  if (now < intent.startedAt) return {",
  within: 4,
};
