import type { Priority } from "../model/priority.ts";
import type { ErrorAnswer } from "./connector.ts";

/**
 * The one way out to a partner. Timeouts, credentials, budget, retry hints and error kinds are handled here, once.
 */

export { PRIORITIES, type Priority } from "../model/priority.ts";

/** One call, as the journal keeps it. Holds no header, no body and no query value. */
export interface CallRecord {
  /** Whom it went to. */
  readonly connectionId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Duration, ms. */
  readonly ms: number;
}

/** On whose behalf calls are made: how urgent it is, and where they are noted down. */
export interface CallContext {
  readonly priority: Priority;
  /** Appended to as calls are made. */
  readonly calls: CallRecord[];
}

/** Calls one partner for one connection. Every method throws `Failure` unless the answer is a success. */
export interface HttpClient {
  readonly request: (request: HttpRequest) => Promise<HttpAnswer>;
}

/** A request relative to one of the connection's base addresses. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Which base address; `api` when absent. */
  readonly base?: string;
  /** Built with `path`, so that ids are always encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, in the place of `json`. */
  readonly content?: { readonly type: string; readonly bytes: Uint8Array };
  /**
   * An address that an answer of the partner gave, or a person: called in the place of base, path and query. The credential
   * does not go there; `path` is what the call is noted as.
   */
  readonly address?: string;
  /** What the answer is, where it is no JSON: `body` is then that text, or those bytes. */
  readonly answers?: "text" | "bytes";
  /** The largest answer that is taken, bytes; that of the transport when absent. */
  readonly answerBytesMax?: number;
  /** Sent over those that the connector's `authorize` gives. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** True for a request that changes nothing though its method might (a search by POST). GET always is one. */
  readonly isRead?: boolean;
  /** Picks out error answers that the caller understands; they are handed back instead of thrown. */
  readonly isExpected?: (answer: ErrorAnswer) => boolean;
  /** What is being done, for messages: `read contact abc`. */
  readonly doing: string;
}

/** A success, or an error answer that the request expected. Header names in lower case; `body` is parsed JSON, or `undefined` when there is none; see `answers`. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}
