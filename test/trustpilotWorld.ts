import { manualClock } from "../kit/manualClock.ts";
import { seededRandom } from "../sandbox/random.ts";
import { createTrustpilotEmulator, type TrustpilotOptions } from "../sandbox/trustpilot/index.ts";

/** An emulator on a clock that stands still, as the conformance suites and this connector's own tests see it. */
export async function trustpilotWorld(
  options: TrustpilotOptions = {},
  settings: Readonly<Record<string, unknown>> = {},
) {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createTrustpilotEmulator({ ...clock, random: seededRandom(3), limits: { off: true }, ...options });
  const { url, close } = await emulator.listen(0);
  const { apiKey, apiSecret, businessUnitId, businessUserId } = emulator.signIn();
  const credential = {
    kind: "oauth",
    accessToken: "none yet",
    refreshToken: "none",
    expiresAt: 0,
    clientId: apiKey,
    clientSecret: apiSecret,
    tokenUrl: `${url}/v1/oauth/oauth-business-users-for-applications/accesstoken`,
  } as const;
  return {
    emulator,
    connection: {
      id: "trustpilot",
      settings: { businessUnitId, businessUserId, writing: true, requestsPer5Minutes: 1_000_000, ...settings },
      baseUrls: { api: `${url}/v1`, invitations: `${url}/invitations/v1`, consent: `${url}/authenticate` },
    },
    credential,
    wrongCredential: { ...credential, accessToken: "wrong-token-1234", clientSecret: "wrong" },
    clock,
    seed: () => {},
    catchUp: () => clock.advance(60_000),
    breakNext: (method: string, effect: string) =>
      void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
    limit: (requests: number, perMs: number) => void emulator.control.limits.set({ off: false, requests, perMs }),
    revoke: () => void emulator.control.faults.set([{ effect: "401" }]),
    expire: emulator.revokeTokens,
    close,
  };
}
