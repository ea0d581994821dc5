import type { Mutation } from "./mutation.ts";

export const tagsAsAWhole: Mutation = {
  name: "tags-as-a-whole",
  breaks: "the whole list of tags is taken from one side",
  file: "engine/merge/set.ts",
  find: "  const all = [...left, ...without(right, left)];",
  replace: "  const all = left;",
  within: 23,
};
