import { type Caller, createCaller, createHandClock, type HandClock } from "../testing.ts";
import { createTrintEmulator, type TrintEmulator, type TrintOptions } from "./index.ts";

/** A callback as it reached its address. */
export type Received = { readonly url: string; readonly body: Readonly<Record<string, unknown>> };

/** An emulator on a clock that stands still, a caller that is signed in, and what its callbacks brought. */
export type Bench = {
  readonly clock: HandClock;
  readonly emulator: TrintEmulator;
  readonly call: Caller;
  readonly received: Received[];
  /** Uploads some media with these options, and answers the id. */
  readonly upload: (options?: Readonly<Record<string, string>>) => Promise<string>;
};

/** The header of a key. */
export function basic(keyId: string, keySecret: string): string {
  return `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString("base64")}`;
}

/** Sets up such an emulator, without limits unless the options say otherwise. */
export function setUp(options: TrintOptions = {}): Bench {
  const clock = createHandClock();
  const received: Received[] = [];
  const emulator = createTrintEmulator({
    ...clock,
    limits: { off: true },
    deliver: (url, text) => {
      received.push({ url, body: JSON.parse(text) });
      return Promise.resolve(200);
    },
    ...options,
  });
  const { keyId, keySecret } = emulator.signIn();
  const call = createCaller(emulator.app, { authorization: basic(keyId, keySecret) });
  const upload: Bench["upload"] = async (given = {}) => {
    const query = new URLSearchParams(given).toString();
    const { body } = await call("POST", `/upload/?${query}`, "some sound", { "content-type": "audio/mpeg" });
    return body.trintId;
  };
  return { clock, emulator, call, received, upload };
}
