import type { Mutation } from "./mutation.ts";

export const nobodyAsked: Mutation = {
  name: "nobody-asked",
  breaks: "the partner is not asked whether a record is there already before it is created",
  file: "engine/reconcile/reconcile.ts",
  find: "  if (!isChild && !isHeldBack(link)) await meetAcross(context, attempt, mapping, link);",
  replace: "",
  within: 48,
};
