import type { Mutation } from "./mutation.ts";

export const recordAsAWhole: Mutation = {
  name: "record-as-a-whole",
  breaks: `where both sides changed, one side's whole record wins`,
  file: "engine/merge/scalar.ts",
  find: '  return leftMoved && rightMoved ? settleConflict(one) : write(one, leftMoved ? "right" : "left", "M1");',
  replace: "  return settleConflict(one);",
  within: 24,
};
