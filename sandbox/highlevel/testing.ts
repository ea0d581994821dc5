import { type Caller, createCaller, createHandClock, type HandClock } from "../testing.ts";
import { createHighLevelEmulator, type HighLevelEmulator, type HighLevelOptions } from "./index.ts";

/** An emulator on a clock that stands still, and a caller that is signed in with the private token. */
export type Bench = {
  readonly clock: HandClock;
  readonly emulator: HighLevelEmulator;
  readonly call: Caller;
  readonly locationId: string;
  /** Creates a contact through the API and returns its id. */
  readonly add: (fields: object) => Promise<string>;
  readonly search: (body?: object) => ReturnType<Caller>;
};

/** Sets up such an emulator. Without options, search shows a write at once and nothing is limited. */
export function setUp(options: HighLevelOptions = {}): Bench {
  const clock = createHandClock();
  const emulator = createHighLevelEmulator({
    ...clock,
    limits: { off: true },
    ...options,
    quirks: { searchLagMs: 0, ...options.quirks },
  });
  const call = createCaller(emulator.app, { authorization: `Bearer ${emulator.token}`, version: "2021-07-28" });
  const locationId = emulator.location.id;
  return {
    clock,
    emulator,
    call,
    locationId,
    add: async (fields) => {
      const { body, status } = await call("POST", "/contacts/", { locationId, ...fields });
      if (status !== 201) throw new Error(`create answered ${status}: ${JSON.stringify(body)}`);
      return body.contact.id;
    },
    search: (body = {}) => call("POST", "/contacts/search", { locationId, pageLimit: 100, ...body }),
  };
}

/** Such an emulator with a receiver: `told` gives all events that came so far. Signed in one way only, so in order. */
export function receiving(options: HighLevelOptions = {}): Bench & { told: () => Promise<Record<string, unknown>[]> } {
  const bodies: Record<string, unknown>[] = [];
  const bench = setUp({
    webhookUrls: ["http://127.0.0.1:1/hooks"],
    deliver: (_url, text) => Promise.resolve(bodies.push(JSON.parse(text)) && 200),
    ...options,
    quirks: { signatures: "ed25519", ...options.quirks },
  });
  const told = async () => {
    await bench.emulator.control.webhooks.flush();
    return bodies;
  };
  return { ...bench, told };
}
