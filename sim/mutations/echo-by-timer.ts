import type { Mutation } from "./mutation.ts";

export const echoByTimer: Mutation = {
  name: "echo-by-timer",
  breaks: `own writes are told from people's by the time that has passed, so edits that follow a write are overlooked`,
  file: "engine/reconcile/reconcile.ts",
  find: `  if (link === undefined || link.state === "unlinked") return SETTLED;`,
  replace: `  if (link === undefined || link.state === "unlinked") return SETTLED;
  if (link.state === "linked" && context.clock.now() - link.updatedAt < 60_000) return SETTLED;`,
  within: 23,
};
