import type { Mutation } from "./mutation.ts";

export const baseNotStored: Mutation = {
  name: "base-not-stored",
  breaks: "what both sides agreed on is not kept after a write",
  file: "engine/reconcile/pair.ts",
  find: "base: agreedBase(mapping, link.base, agreed.left, agreed.right, planned.held),",
  replace: "base: link.base,",
  within: 70,
};
