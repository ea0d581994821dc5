import type { Wording } from "../control/app.ts";
import { Refusal } from "../control/refusal.ts";
import { type Random, uuid } from "../random.ts";

/** The refusals of the product, in the product's words; every one carries a fresh `traceId`. */
export type Refusals = Wording & {
  readonly bad: (message: string, more?: object) => Refusal;
  readonly invalid: (messages: readonly string[]) => Refusal;
  readonly unauthenticated: (message: string) => Refusal;
  readonly elsewhere: () => Refusal;
  readonly missing: (message: string) => Refusal;
  /** As the token endpoint words it. */
  readonly oauth: (status: number, error: string, description: string) => Refusal;
  /** As the third generation words what it says about the app's installations. */
  readonly coded: (status: number, code: string, problems: readonly string[]) => Refusal;
};

/** Makes the refusals. Texts: contract sheet, section 5. */
export function createRefusals(random: Random): Refusals {
  const refusal = (statusCode: number, message: unknown, more: object = {}, headers: Record<string, string> = {}) =>
    new Refusal(statusCode, { statusCode, message, ...more, traceId: uuid(random) }, headers);
  const unauthenticated = (message: string) => refusal(401, message, { error: "Unauthorized" });
  return {
    bad: (message, more) => refusal(400, message, more),
    invalid: (messages) => refusal(422, messages, { error: "Unprocessable Entity" }),
    unauthenticated,
    elsewhere: () => refusal(403, "The token does not have access to this location.", { error: "Forbidden" }),
    missing: (message) => refusal(404, message, { error: "Not Found" }),
    oauth: (status, error, description) =>
      new Refusal(status, { error, error_description: description, traceId: uuid(random) }),
    coded: (status, code, details) => {
      const [message = ""] = details;
      const error = { code, message, details, resolution: "Correct the request and send it again." };
      return new Refusal(status, { error, traceId: uuid(random) });
    },
    badJson: () => refusal(400, "Unexpected token in JSON", { error: "Bad Request" }),
    unknownRoute: (method, path) => refusal(404, `Cannot ${method} ${path}`, { error: "Not Found" }),
    broken: () => refusal(500, "Internal server error"),
    unauthorized: () => unauthenticated("Invalid token: access token is invalid"),
    tooMany: (headers) => refusal(429, "Too Many Requests", {}, headers),
  };
}
