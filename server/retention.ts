import type { Clock, Log } from "../engine/ports.ts";
import { asFailure } from "../model/errors.ts";
import type { HubStore } from "../store/port.ts";

/** Between two rounds of forgetting, ms; also before the first, so that a start is not slowed by it. */
export const ROUND_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** What forgetting stands on. */
export interface RetentionOptions {
  readonly store: Pick<HubStore, "workspaces" | "prune">;
  readonly clock: Clock;
  readonly log: Log;
  /** How long journal entries and webhooks are kept, days. */
  readonly keepDays: number;
}

/**
 * Forgets journal entries and webhooks that are older than `keepDays`, every hour.
 * @returns ends it, after the round that may be under way.
 */
export function startRetention(options: RetentionOptions): () => Promise<void> {
  const { clock } = options;
  let round: Promise<void> = Promise.resolve();
  let cancel = clock.after(ROUND_MS, next);
  function next(): void {
    round = forget(options);
    cancel = clock.after(ROUND_MS, next);
  }
  return async () => {
    cancel();
    await round;
  };
}

/** A round that fails is logged and left to the next one: nothing else depends on it. */
async function forget({ store, clock, log, keepDays }: RetentionOptions): Promise<void> {
  const before = clock.now() - keepDays * DAY_MS;
  try {
    for (const { id } of await store.workspaces()) {
      const count = await store.prune(id, before);
      if (count > 0) log.info({ workspaceId: id, count }, "forgot what is older than the journal is kept");
    }
  } catch (thrown) {
    log.warn({ error: asFailure(thrown).message }, "could not forget old journal entries; tries again in an hour");
  }
}
