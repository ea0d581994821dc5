import type { RateLimit } from "./connector.ts";
import type { Passed } from "./window.ts";

/** Calls that still count, by the name of the limit. */
export type PassedCalls = Readonly<Record<string, readonly Passed[]>>;

/** What is kept of a budget for after a restart. */
export interface KeptCalls {
  readonly calls: PassedCalls;
  /** How many calls may have been made since without being among them; 0 after an orderly end. */
  readonly ahead: number;
}

/** Keeps what a budget used where a restart finds it. */
export type KeepCalls = (kept: KeptCalls) => Promise<void>;

/**
 * Sees that no restart forgets calls, however the process ends, without storing each of them: so many may be made ahead
 * of what is stored, and after a restart they count as made. No more are made until it has been stored anew.
 */
export interface Ledger {
  /** Whether another call may be made before something is stored. Has it stored if not. */
  readonly isOpen: () => boolean;
  /** Notes that a call goes out. */
  readonly begin: () => void;
  /** Stores what was used as the last word; no call may be made after it. @throws what storing throws */
  readonly close: () => Promise<void>;
}

/** What a ledger is made of. */
export interface LedgerOptions {
  readonly keep: KeepCalls;
  readonly limits: readonly RateLimit[];
  /** What was used until now, calls under way included. */
  readonly passed: () => PassedCalls;
  readonly onKept: () => void;
  readonly onFailed: (thrown: unknown) => void;
}

/** When a call under way will have been answered or given up at the latest, ms. */
export const ANSWERED_WITHIN_MS = 15_000;

/** A ledger of a budget that has made no call yet. */
export function ledgerOf({ keep, limits, passed, onKept, onFailed }: LedgerOptions): Ledger {
  const ahead = aheadOf(limits);
  let begun = 0;
  // Nothing is open before the first time: what was stored by the budget before allows for no calls of this one.
  let kept = Number.NEGATIVE_INFINITY;
  let keeping: Promise<void> | undefined;

  const store = (): void => {
    if (keeping !== undefined) return;
    const upTo = begun;
    keeping = keep({ calls: passed(), ahead }).then(
      () => {
        keeping = undefined;
        kept = upTo;
        // What began meanwhile may already be enough for the next time.
        if (begun - kept >= ahead / 2) store();
        onKept();
      },
      (thrown: unknown) => {
        keeping = undefined;
        onFailed(thrown);
      },
    );
  };

  return {
    isOpen: () => {
      const isOpen = begun - kept < ahead;
      if (!isOpen) store();
      return isOpen;
    },
    begin: () => {
      begun += 1;
      if (begun - kept >= ahead / 2) store();
    },
    close: async () => {
      while (keeping !== undefined) await keeping;
      await keep({ calls: passed(), ahead: 0 });
    },
  };
}

/**
 * What a restart at `now` has to count: what was stored, and whatever may have been made since, as if just now.
 * @param kept what was stored last; nothing when nothing ever was.
 */
export function resumed(kept: KeptCalls | undefined, now: number): PassedCalls {
  if (kept === undefined || kept.ahead === 0) return kept?.calls ?? {};
  const unknown = { at: now + ANSWERED_WITHIN_MS, count: kept.ahead };
  return Object.fromEntries(Object.entries(kept.calls).map(([name, calls]) => [name, [...calls, unknown]]));
}

/** Ten calls, fewer where that is more than a tenth of a window, and more where it is hardly a hundredth. */
function aheadOf(limits: readonly RateLimit[]): number {
  const least = Math.min(...limits.map(({ requests }) => requests));
  return Math.max(1, Math.min(10, Math.floor(least / 10)), Math.floor(Math.min(least, Number.MAX_SAFE_INTEGER) / 100));
}
