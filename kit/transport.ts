import type { Dispatcher } from "undici";
import { Failure } from "../model/errors.ts";
import type { Target } from "./addresses.ts";
import type { Clock } from "./clock.ts";

/** One request, ready for the wire. */
export interface Exchange {
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly target: Target;
  readonly method: Dispatcher.HttpMethod;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
  /** Set where the answer is taken as it is. */
  readonly answers?: "text" | "bytes";
  /** The largest answer that is read, bytes; `ANSWER_BYTES_MAX` when absent. */
  readonly answerBytesMax?: number;
  /** From the sending to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Makes the failure to throw when no whole answer came: how, the error's code or `""`, and the error itself. */
  readonly onSilence: (how: string, code: string, cause?: unknown) => Failure;
}

/** An answer as it came. Header names in lower case. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; the text where it is not JSON; `undefined` when empty. What was asked for, where that was text or bytes. */
  readonly body: unknown;
  /** Whether there was a body that is not JSON. */
  readonly isTorn: boolean;
}

/** The largest answer that is read, bytes; a page of 500 contacts with many fields is about a tenth of it. */
export const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Sends one request and reads its answer whole, within the time and the size allowed. Follows no redirect.
 * @throws the failure that `onSilence` makes
 */
export async function exchange(wanted: Exchange): Promise<Received> {
  const deadline = new AbortController();
  const cancel = wanted.clock.after(wanted.timeoutMs, () => deadline.abort());
  try {
    const answer = await wanted.dispatcher.request({
      origin: wanted.target.origin,
      path: wanted.target.path,
      method: wanted.method,
      headers: wanted.headers,
      body: wanted.body ?? null,
      signal: deadline.signal,
      headersTimeout: wanted.timeoutMs,
      bodyTimeout: wanted.timeoutMs,
    });
    const body = await readBody(answer, wanted);
    return { status: answer.statusCode, headers: flatten(answer.headers), ...bodyOf(body, answer.statusCode, wanted) };
  } catch (thrown) {
    // A connection that was not allowed to be made.
    if (thrown instanceof Failure) throw thrown;
    if (thrown instanceof TooLarge) throw wanted.onSilence(`gave an answer of over ${mostOf(wanted)} bytes`, "");
    const how = deadline.signal.aborted ? `gave no answer within ${wanted.timeoutMs} ms` : "could not be reached";
    throw wanted.onSilence(how, deadline.signal.aborted ? "" : codeOf(thrown), thrown);
  } finally {
    cancel();
  }
}

class TooLarge extends Error {}

function mostOf({ answerBytesMax = ANSWER_BYTES_MAX }: Exchange): number {
  return answerBytesMax;
}

async function readBody(answer: Dispatcher.ResponseData, wanted: Exchange): Promise<string | Buffer> {
  const announced = Number(answer.headers["content-length"] ?? Number.NaN);
  // With a length announced, the parser lets no more than that through, and the whole can be taken at once.
  if (announced <= mostOf(wanted)) {
    return wanted.answers === "bytes" ? Buffer.from(await answer.body.arrayBuffer()) : answer.body.text();
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > mostOf(wanted)) throw new TooLarge(wanted.target.path);
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

function bodyOf(body: string | Buffer, status: number, { answers }: Exchange): Pick<Received, "body" | "isTorn"> {
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && answers === "bytes") return { body, isTorn: false };
  const text = body.toString();
  return isSuccess && answers === "text" ? { body: text, isTorn: false } : parse(text);
}

function parse(text: string): { readonly body: unknown; readonly isTorn: boolean } {
  if (text.trim() === "") return { body: undefined, isTorn: false };
  try {
    return { body: JSON.parse(text), isTorn: false };
  } catch {
    // Not JSON is an answer too: an error page, or a body cut short. The caller decides what it means.
    return { body: text, isTorn: true };
  }
}

function flatten(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = typeof value === "string" ? value : value.join(", ");
  }
  return flat;
}

function codeOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return "";
  return typeof thrown.code === "string" ? thrown.code : "";
}
