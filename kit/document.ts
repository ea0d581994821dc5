import type { Dispatcher } from "undici";
import { Failure } from "../model/errors.ts";
import { parseAddress } from "./addresses.ts";
import type { Clock } from "./clock.ts";
import { exchange } from "./transport.ts";

const TIMEOUT_MS = 20_000;

/**
 * Fetches a document from an address that somebody typed in. Follows no redirect.
 * @param dispatcher a guarded way out (see `guardedAgent`)
 * @throws Failure `misconfigured` for an address that may not be called, `unavailable` when no document came
 */
export async function fetchDocument(
  address: string,
  ways: { readonly dispatcher: Dispatcher; readonly clock: Clock },
): Promise<string> {
  const url = URL.parse(address);
  const plain = url === null ? address : `${url.origin}${url.pathname}`;
  const { origin, prefix } = parseAddress(plain, "address of the document");
  const received = await exchange({
    ...ways,
    target: { origin, path: `${url?.pathname ?? prefix}${url?.search ?? ""}` },
    method: "GET",
    headers: { accept: "application/json, application/yaml, text/yaml, */*", "user-agent": "kith" },
    timeoutMs: TIMEOUT_MS,
    onSilence: (how) => notThere(`it ${how}`),
  });
  const { status, body, headers } = received;
  if (status >= 300 && status < 400) {
    const to = headers.location === undefined ? "" : " Give the address that it leads to.";
    throw notThere(`it leads somewhere else (${status}).${to}`);
  }
  if (status !== 200) throw notThere(`it answered ${status}`);
  return typeof body === "string" ? body : JSON.stringify(body ?? "");
}

function notThere(how: string): Failure {
  return new Failure("unavailable", `The document could not be fetched: ${how}${how.endsWith(".") ? "" : "."}`);
}
