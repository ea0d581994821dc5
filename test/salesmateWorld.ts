import { manualClock } from "../kit/manualClock.ts";
import { createSalesmateEmulator, type SalesmateOptions } from "../sandbox/salesmate/index.ts";

/** An emulator on a clock that stands still, as the catalogue's suite sees it. */
export async function salesmateWorld(options: SalesmateOptions = {}, settings: Readonly<Record<string, unknown>> = {}) {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createSalesmateEmulator({ ...clock, random: () => 0.5, limits: { off: true }, ...options });
  const { url, close } = await emulator.listen(0);
  const { linkname, ownerId, timeZone, sessionKey } = emulator.signIn();
  return {
    emulator,
    connection: {
      id: "salesmate",
      settings: { linkname, ownerId, timeZone, requestsPerHour: 1_000_000, ...settings },
      baseUrls: { api: `${url}/apis` },
    },
    credential: { kind: "token", token: sessionKey } as const,
    clock,
    close,
  };
}
