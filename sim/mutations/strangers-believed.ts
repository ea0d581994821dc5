import type { Mutation } from "./mutation.ts";

export const strangersBelieved: Mutation = {
  name: "strangers-believed",
  breaks: "the signature of a webhook is not checked",
  file: "connectors/highlevel/webhooks.ts",
  find: 'isSignedBy("ed25519", webhookKeys.ed25519, rawBody, newer)',
  replace: 'newer !== ""',
  within: 34,
};
