import type { Mutation } from "./mutation.ts";

export const tagsAsAWhole: Mutation = {
  name: "tags-as-a-whole",
  breaks: "the whole list of tags is taken from one side",
  file: "engine/merge/plan.ts",
  find: "new Set([...elements(one.left), ...elements(one.right)].filter((element) => !removed.has(element)));",
  replace: "new Set(elements(one.left).filter((element) => !removed.has(element)));",
  within: 19,
};
