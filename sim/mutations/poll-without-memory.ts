import type { Mutation } from "./mutation.ts";

export const pollWithoutMemory: Mutation = {
  name: "poll-without-memory",
  breaks: "a poll looks for changes since it began, and not since the last",
  file: "engine/backfill/poll.ts",
  find: "const since = mark - listing.overlapMs;",
  replace: "const since = startedAt;",
  within: 60,
};
