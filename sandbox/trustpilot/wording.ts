import type { Wording } from "../control/app.ts";
import { Refusal } from "../control/refusal.ts";
import type { Quirks } from "./quirks.ts";

/** The refusals of the product. Statuses are published; bodies are not, so these are invented. */
export type Refusals = Wording & {
  readonly invalid: (words: string) => Refusal;
  readonly badKey: () => Refusal;
  readonly needsPlan: () => Refusal;
  readonly needsUser: () => Refusal;
  readonly missing: (words: string) => Refusal;
  readonly unsupportedType: () => Refusal;
  readonly overLimit: (retryInMs: number) => Refusal;
  readonly oauth: (status: number, code: string) => Refusal;
};

/** Makes the refusals. */
export function createRefusals(quirks: () => Quirks): Refusals {
  const refusal = (status: number, message: string, headers: Readonly<Record<string, string>> = {}) =>
    new Refusal(
      status,
      { message, errorCode: status * 10, correlationId: "00000000-0000-4000-8000-000000000000" },
      headers,
    );
  return {
    invalid: (words) => refusal(400, words),
    badKey: () => refusal(401, "Invalid API key"),
    unauthorized: () => refusal(401, "Unauthorized"),
    needsPlan: () => refusal(403, "Forbidden: your plan does not include this feature"),
    needsUser: () => refusal(403, "Forbidden: a business user is required"),
    missing: (words) => refusal(404, words),
    unsupportedType: () => refusal(415, "Unsupported Media Type"),
    overLimit: (retryInMs) =>
      refusal(
        429,
        "Too Many Requests",
        quirks().retryAfter === "seconds" ? { "retry-after": String(Math.ceil(retryInMs / 1_000)) } : {},
      ),
    oauth: (status, code) => new Refusal(status, { error: code }),
    badJson: () => refusal(400, "Request body is not valid JSON"),
    unknownRoute: () => refusal(404, "Not found"),
    broken: () => refusal(500, "Internal server error"),
    tooMany: (headers) => refusal(429, "Too Many Requests", headers),
  };
}
