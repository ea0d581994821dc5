import type { Mutation } from "./mutation.ts";

export const editsDeleted: Mutation = {
  name: "edits-deleted",
  breaks: "a record that was changed since both sides agreed is deleted with its counterpart",
  file: "engine/reconcile/gone.ts",
  find: `      policy === "delete" ? notDeletable(attempt, mapping, link, side, across.state) : "as the sync's policy says";`,
  replace: `      policy === "delete" ? undefined : "as the sync's policy says";`,
  within: 861,
};
