import type { Mutation } from "./mutation.ts";

export const deletionForgotten: Mutation = {
  name: "deletion-forgotten",
  breaks: "a deleted record is forgotten, so that a listing brings it back",
  file: "engine/reconcile/gone.ts",
  find: "  return { ...rest, state, conflicts",
  replace: '  return { ...rest, state: "half", conflicts',
  within: 48,
};
