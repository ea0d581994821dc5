import { manualClock } from "../kit/manualClock.ts";
import { createTrustmaryEmulator, type TrustmaryOptions } from "../sandbox/trustmary/index.ts";

/** An emulator on a clock that stands still, as the conformance suites and this connector's own tests see it. */
export async function trustmaryWorld(options: TrustmaryOptions = {}, settings: Readonly<Record<string, unknown>> = {}) {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createTrustmaryEmulator({ ...clock, random: seeded(), limits: { off: true }, ...options });
  const { url, close } = await emulator.listen(0);
  const custom = { customFields: ["field_plan", "field_city"], requestsPerMinute: 1_000_000 };
  return {
    emulator,
    connection: { id: "trustmary", settings: { ...custom, ...settings }, baseUrls: { api: `${url}/v1` } },
    credential: { kind: "token", token: emulator.signIn().apiKey } as const,
    clock,
    seed: (count: number) =>
      emulator.seed(Array.from({ length: count }, (_, number) => ({ fields: { email: `p${number}@example.com` } }))),
    catchUp: () => clock.advance(60_000),
    breakNext: (method: string, effect: string) =>
      void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
    limit: (requests: number, perMs: number) => void emulator.control.limits.set({ off: false, requests, perMs }),
    revoke: emulator.revokeKey,
    stored: () => emulator.control.contacts.list("", 0, 1_000),
    close,
  };
}

/** Numbers in [0, 1) that do not repeat soon, the same for every world. */
function seeded(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
