import type { Wording } from "../control/app.ts";
import { Refusal } from "../control/refusal.ts";
import type { Quirks } from "./quirks.ts";

/** The refusals of the product: plain words, no JSON. */
export type Refusals = Wording & {
  readonly invalid: (words: string) => Refusal;
  /** Not ready yet, or no such thing. */
  readonly missing: () => Refusal;
  /** Another's, or no such thing: an export does not tell these apart. */
  readonly forbidden: () => Refusal;
  readonly noCredit: () => Refusal;
  readonly overLimit: (retryInMs: number) => Refusal;
};

/** Makes the refusals. */
export function createRefusals(quirks: () => Quirks): Refusals {
  const refusal = (status: number, words: string, headers: Readonly<Record<string, string>> = {}) =>
    new Refusal(status, words, headers);
  return {
    invalid: (words) => refusal(400, words),
    missing: () => refusal(404, "Not Found"),
    forbidden: () => refusal(403, "Forbidden"),
    unauthorized: () => refusal(401, "Unauthorized"),
    noCredit: () => refusal(Number(quirks().noCreditAs), "Transcription blocked, insufficient credit"),
    overLimit: (retryInMs) =>
      refusal(
        429,
        "Too Many Requests",
        quirks().retryAfter === "seconds" ? { "retry-after": String(Math.ceil(retryInMs / 1_000)) } : {},
      ),
    badJson: () => refusal(400, "Bad Request"),
    unknownRoute: () => refusal(404, "Not Found"),
    broken: () => refusal(500, "Internal Server Error"),
    tooMany: (headers) => refusal(429, "Too Many Requests", headers),
  };
}
