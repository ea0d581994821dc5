import { Dispatcher } from "undici";

/** A request as it leaves a process, and where its answer is to go. */
export interface Sending {
  readonly method: string;
  readonly origin: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The answer's head and its whole body. */
  readonly answer: (answer: WireAnswer) => void;
  /** The answer's head and the first half of its body, then nothing but the end of the connection. */
  readonly tear: (answer: WireAnswer) => void;
  /** No answer: the connection failed with this code. */
  readonly fail: (code: string) => void;
}

/** An answer on the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The way out of a process: each request is handed to `send`, and no socket is opened. */
export function wireOut(send: (sending: Sending) => void): Dispatcher {
  return new Wire(send);
}

/** The library's own kind of thing, so that all of its request code runs, aborting and reading bodies included. */
class Wire extends Dispatcher {
  readonly #send: (sending: Sending) => void;

  constructor(send: (sending: Sending) => void) {
    super();
    this.#send = send;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const line = openLine(handler);
    handler.onRequestStart?.(line.controller, {});
    if (!line.controller.aborted) this.#send(sendingOf(options, line));
    return true;
  }
}

interface Line {
  readonly controller: Dispatcher.DispatchController;
  readonly deliver: (answer: WireAnswer, share: "whole" | "half") => void;
  readonly fail: (code: string) => void;
}

/** One request's way back. It ends once: with an answer, with a failure, or because the caller gives up. */
function openLine(handler: Dispatcher.DispatchHandler): Line {
  let isOpen = true;
  let abortedFor: Error | null = null;
  const failWith = (error: Error): void => {
    if (!isOpen) return;
    isOpen = false;
    handler.onResponseError?.(controller, error);
  };
  const controller: Dispatcher.DispatchController = {
    get aborted() {
      return abortedFor !== null;
    },
    get reason() {
      return abortedFor;
    },
    paused: false,
    rawHeaders: null,
    rawTrailers: null,
    pause: () => undefined,
    resume: () => undefined,
    abort: (reason) => {
      abortedFor = reason;
      failWith(reason);
    },
  };
  const fail = (code: string): void => failWith(Object.assign(new Error(`the connection failed: ${code}`), { code }));
  const deliver: Line["deliver"] = ({ status, headers, body }, share) => {
    if (!isOpen) return;
    const bytes = Buffer.from(body);
    handler.onResponseStart?.(controller, status, { ...headers, "content-length": String(bytes.length) }, "");
    handler.onResponseData?.(controller, share === "whole" ? bytes : bytes.subarray(0, bytes.length / 2));
    if (share === "half") {
      fail("UND_ERR_SOCKET");
    } else {
      isOpen = false;
      handler.onResponseEnd?.(controller, {});
    }
  };
  return { controller, deliver, fail };
}

function sendingOf(options: Dispatcher.DispatchOptions, line: Line): Sending {
  return {
    method: options.method,
    origin: String(options.origin),
    path: options.path,
    headers: headersOf(options.headers),
    body: typeof options.body === "string" ? options.body : "",
    answer: (answer) => line.deliver(answer, "whole"),
    tear: (answer) => line.deliver(answer, "half"),
    fail: line.fail,
  };
}

/** The hub hands its headers as one plain object; other forms do not occur. */
function headersOf(headers: Dispatcher.DispatchOptions["headers"]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
}
