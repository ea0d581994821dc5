import { manualClock } from "../kit/manualClock.ts";
import { seededRandom } from "../sandbox/random.ts";
import { createTrintEmulator, type TrintOptions } from "../sandbox/trint/index.ts";

/** An emulator on a clock that stands still, as the conformance suites and this connector's own tests see it. */
export async function trintWorld(options: TrintOptions = {}, settings: Readonly<Record<string, unknown>> = {}) {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createTrintEmulator({ ...clock, random: seededRandom(3), limits: { off: true }, ...options });
  const { url, close } = await emulator.listen(0);
  const { keyId, keySecret } = emulator.signIn();
  return {
    emulator,
    connection: {
      id: "trint",
      settings: { keyId, writing: true, requestsPerMinute: 1_000_000, ...settings },
      baseUrls: { api: url, upload: `${url}/upload`, translation: `${url}/translation`, members: `${url}/scim/v2` },
    },
    credential: { kind: "token", token: keySecret } as const,
    clock,
    seed: () => {},
    catchUp: () => clock.advance(60_000),
    breakNext: (method: string, effect: string) =>
      void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
    limit: (requests: number, perMs: number) => void emulator.control.limits.set({ off: false, requests, perMs }),
    revoke: emulator.revokeKeys,
    close,
  };
}
