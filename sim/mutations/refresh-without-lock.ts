import type { Mutation } from "./mutation.ts";

export const refreshWithoutLock: Mutation = {
  name: "refresh-without-lock",
  breaks: "two calls refresh one token at the same time",
  file: "kit/oauth.ts",
  find: "underWay ??= exchangeInTurn(",
  replace: "underWay = refreshAndStore(",
  within: 609,
};
