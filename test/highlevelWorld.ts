import type { Credential } from "../kit/index.ts";
import { manualClock } from "../kit/manualClock.ts";
import { createHighLevelEmulator, type HighLevelEmulator, type HighLevelOptions } from "../sandbox/highlevel/index.ts";
import { seededRandom } from "../sandbox/random.ts";

/** A way of signing in: with a private token, or by the consent of a person. */
export type HighLevelSignIn = "private" | "oauth";

/** An emulator on a clock that stands still, as the conformance suites see it. */
export async function highlevelWorld(
  options: HighLevelOptions = {},
  settings: Readonly<Record<string, unknown>> = {},
  signIn: HighLevelSignIn = "private",
) {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createHighLevelEmulator({ ...clock, random: seededRandom(1), ...options });
  const { url, close } = await emulator.listen(0);
  const { access, control } = emulator;
  return {
    emulator,
    connection: {
      id: "highlevel",
      settings: { locationId: emulator.location.id, writing: true, ...settings },
      baseUrls: { api: url },
    },
    credential: credentialFor(emulator, url, signIn, clock.now()),
    clock,
    seed: (count: number) => void control.contacts.bulk(count, 1),
    catchUp: () => clock.advance(60_001),
    breakNext: (method: string, effect: string) => void control.faults.set([{ match: { method }, effect, times: 1 }]),
    limit: (requests: number, perMs: number) => void control.limits.set({ off: false, requests, perMs }),
    revoke: () => {
      access.revoke(emulator.token);
      access.end(undefined);
    },
    expire: (held: Credential) => access.revoke(held.kind === "token" ? held.token : held.accessToken),
    stored: () => control.contacts.list("", 0, 1_000),
    close,
  };
}

function credentialFor(
  { token, access, oauthClient }: HighLevelEmulator,
  url: string,
  how: HighLevelSignIn,
  now: number,
) {
  if (how === "private") return { kind: "token", token } as const;
  const grant = access.exchangeCode(access.issueCode());
  if (grant === undefined) throw new Error("a code that was just issued is good");
  return {
    kind: "oauth",
    accessToken: grant.access.value,
    refreshToken: grant.refreshToken,
    expiresAt: now + 86_400_000,
    clientId: oauthClient.clientId,
    clientSecret: oauthClient.clientSecret,
    tokenUrl: `${url}/oauth/token`,
  } as const;
}
