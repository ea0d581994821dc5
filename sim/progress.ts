import type { Failed, Tally } from "./sweep.ts";

/** How far a sweep has come, in one line. @param ms since it began */
export function progressLine({ seeds, failures }: Tally, seedsInAll: number, ms: number): string {
  const perSecond = ms === 0 ? 0 : (seeds * 1_000) / ms;
  const left = perSecond === 0 ? "" : `, ${duration((seedsInAll - seeds) / perSecond)} to go`;
  return `${seeds} of ${seedsInAll} seeds, ${perSecond.toFixed(1)} a second, ${failures.length} failed${left}`;
}

/** Whole minutes and seconds. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Between two lines where lines can not be written over, ms. */
const RHYTHM_MS = { tty: 200, log: 10_000 } as const;

/** A seed that failed, and the promise that it breaks. */
export function failureLine({ seed, violation }: Failed): string {
  return `FAILED: seed ${seed} breaks the promise that ${violation.oracle}: ${violation.findings[0]}`;
}

/** The line that is there now, gone. */
const WIPED = "\r\x1b[K";

/** Shows progress on the way, and each failure at once, apart from what is printed at the end. */
export function showProgress(seedsInAll: number): { readonly tell: (soFar: Tally) => void; readonly end: () => void } {
  const { stderr } = process;
  const rhythmMs = stderr.isTTY ? RHYTHM_MS.tty : RHYTHM_MS.log;
  const startedAt = performance.now();
  let toldAt = startedAt;
  let failures = 0;
  return {
    tell: (soFar) => {
      const now = performance.now();
      const fresh = soFar.failures.slice(failures);
      failures = soFar.failures.length;
      for (const failed of fresh) stderr.write(`${stderr.isTTY ? WIPED : ""}${failureLine(failed)}\n`);
      if (now - toldAt < rhythmMs) return;
      toldAt = now;
      const line = progressLine(soFar, seedsInAll, now - startedAt);
      stderr.write(stderr.isTTY ? `${WIPED}${line}` : `${line}\n`);
    },
    end: () => void (stderr.isTTY && stderr.write(WIPED)),
  };
}
