import type { Wording } from "../control/app.ts";
import { Refusal } from "../control/refusal.ts";
import type { Quirks } from "./quirks.ts";

/** The refusals of the product, in its envelope. */
export type Refusals = Wording & {
  readonly invalid: (message: string) => Refusal;
  readonly missing: (message: string) => Refusal;
  readonly noSuchLink: () => Refusal;
  readonly noKey: () => Refusal;
  readonly overLimit: () => Refusal;
};

/** Makes the refusals; their status follows the quirks. Names and shape: contract sheet, section 2. */
export function createRefusals(quirks: () => Quirks): Refusals {
  const refusal = (status: number, code: string, name: string, message: string, headers: Record<string, string> = {}) =>
    new Refusal(
      quirks().failuresAs === "200" && status < 500 && status !== 429 ? 200 : status,
      { Status: "failure", Error: { Code: code, Name: name, Message: message, name, message } },
      headers,
    );
  const badKey = () => Number(quirks().badKeyAs);
  return {
    invalid: (message) => refusal(400, "4001", "ValidationError", message),
    missing: (message) => refusal(404, "4004", "ObjectNotFound", message),
    noSuchLink: () => refusal(404, "4004", "NoSuchLinkExist", "No such link exist"),
    noKey: () => refusal(401, "4010", "AuthorizationFailed", "accessToken is missing"),
    unauthorized: () => refusal(badKey(), "4003", "AuthorizationFailed", "Authorization failed"),
    overLimit: () => refusal(Number(quirks().overLimitAs), "4290", "TooManyRequests", "API limit exceeded"),
    badJson: () => refusal(400, "4001", "ValidationError", "Request body is not valid JSON"),
    unknownRoute: () => refusal(404, "4004", "ObjectNotFound", "Resource not found"),
    broken: () => refusal(500, "5000", "InternalServerError", "Something went wrong"),
    tooMany: (headers) => refusal(429, "4290", "TooManyRequests", "API limit exceeded", headers),
  };
}
