import { type Caller, createCaller, createHandClock, type HandClock } from "../testing.ts";
import { createTrustmaryEmulator, type TrustmaryEmulator, type TrustmaryOptions } from "./index.ts";

/** A webhook as it reached its address. */
export type Received = { readonly url: string; readonly body: unknown };

/** An emulator on a clock that stands still, a caller that is signed in, and what its webhooks brought. */
export type Bench = {
  readonly clock: HandClock;
  readonly emulator: TrustmaryEmulator;
  readonly call: Caller;
  readonly received: Received[];
  /** The status with which webhooks are answered. */
  readonly answerWith: (status: number) => void;
};

/** Sets up such an emulator, without limits unless the options say otherwise. */
export function setUp(options: TrustmaryOptions = {}): Bench {
  const clock = createHandClock();
  const received: Received[] = [];
  let status = 200;
  const emulator = createTrustmaryEmulator({
    ...clock,
    limits: { off: true },
    deliver: (url, text) => {
      received.push({ url, body: JSON.parse(text) });
      return Promise.resolve(status);
    },
    ...options,
  });
  const call = createCaller(emulator.app, { authorization: `Apikey ${emulator.signIn().apiKey}` });
  return {
    clock,
    emulator,
    call,
    received,
    answerWith: (wanted) => {
      status = wanted;
    },
  };
}
