import type { Mutation } from "./mutation.ts";

export const tokensNotStored: Mutation = {
  name: "tokens-not-stored",
  breaks: "a new pair of tokens is used and not kept",
  file: "kit/oauth.ts",
  find: `  await options.access.store(fresh);
`,
  replace: "",
  within: 248,
};
