import type { Mutation } from "./mutation.ts";

export const clearNotCarried: Mutation = {
  name: "clear-not-carried",
  breaks: "emptying a field empties nothing on the other side, although the policy says so",
  file: "engine/merge/scalar.ts",
  find: '    return field.clear === "leave" ? noted(one, "M7") : writtenOn(one, side, rule, { kind: "clear" });',
  replace: '    return noted(one, "M7");',
  within: 89,
};
