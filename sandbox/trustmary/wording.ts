import type { Wording } from "../control/app.ts";
import { Refusal } from "../control/refusal.ts";
import type { Quirks } from "./quirks.ts";

/** The refusals of the product. No source prints their bodies, so their shape is a switch. */
export type Refusals = Wording & {
  readonly invalid: (words: string) => Refusal;
  readonly missing: (words: string) => Refusal;
  readonly overLimit: (retryInMs: number) => Refusal;
  readonly unsupportedType: () => Refusal;
};

/** Makes the refusals; how they are written follows the quirks. */
export function createRefusals(quirks: () => Quirks): Refusals {
  const refusal = (status: number, words: string, headers: Readonly<Record<string, string>> = {}) =>
    new Refusal(status, bodyOf(words, quirks().errorsAs), headers);
  return {
    invalid: (words) => refusal(400, words),
    missing: (words) => refusal(404, words),
    unauthorized: () => refusal(401, "Invalid API key"),
    overLimit: (retryInMs) =>
      refusal(
        429,
        "Too many requests",
        quirks().retryAfter === "seconds" ? { "retry-after": String(Math.ceil(retryInMs / 1_000)) } : {},
      ),
    unsupportedType: () => refusal(415, "Content-Type must be application/json"),
    badJson: () => refusal(400, "Request body is not valid JSON"),
    unknownRoute: () => refusal(404, "Not found"),
    broken: () => refusal(500, "Internal server error"),
    tooMany: (headers) => refusal(429, "Too many requests", headers),
  };
}

function bodyOf(words: string, as: Quirks["errorsAs"]): unknown {
  switch (as) {
    case "message":
      return { message: words };
    case "error":
      return { error: words };
    case "text":
      return words;
  }
  return as satisfies never;
}
