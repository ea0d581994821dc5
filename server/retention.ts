import type { Clock, Log } from "../engine/ports.ts";
import { asFailure } from "../model/errors.ts";
import type { BookStore, HubStore } from "../store/port.ts";

/** Between two rounds of forgetting, ms; also before the first, so that a start is not slowed by it. */
export const ROUND_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Removed in one transaction: a few milliseconds' worth, since live edits wait meanwhile. */
export const BATCH = 500;
/** Between two batches, so that whatever waits for the store goes first, ms. */
export const REST_MS = 100;

/** What forgetting stands on. */
export interface RetentionOptions {
  readonly store: Pick<HubStore, "workspaces" | "prune" | "pruneTombstones"> & {
    readonly books: Pick<BookStore, "prune">;
  };
  readonly clock: Clock;
  readonly log: Log;
  /** How long journal entries and webhooks are kept, days. */
  readonly keepDays: number;
  /** How long deleted records are remembered, so that no listing brings them back, days. */
  readonly tombstoneDays: number;
}

/**
 * Forgets journal entries and webhooks that are older than `keepDays`, and records that were deleted more than
 * `tombstoneDays` ago, every hour, a batch at a time.
 * @returns ends it, after the batch that may be under way; what is left is for the next start.
 */
export function startRetention(options: RetentionOptions): () => Promise<void> {
  const { clock } = options;
  const over = new AbortController();
  let round: Promise<void> = Promise.resolve();
  let cancel = clock.after(ROUND_MS, next);
  function next(): void {
    round = forget(options, over.signal).then(() => {
      if (!over.signal.aborted) cancel = clock.after(ROUND_MS, next);
    });
  }
  return async () => {
    over.abort();
    cancel();
    await round;
  };
}

/** A round that fails is logged and left to the next one: nothing else depends on it. */
async function forget(options: RetentionOptions, over: AbortSignal): Promise<void> {
  const { store, clock, log } = options;
  const before = clock.now() - options.keepDays * DAY_MS;
  const deletedBefore = clock.now() - options.tombstoneDays * DAY_MS;
  const goOn = () => rest(clock, over);
  try {
    for (const { id } of await store.workspaces()) {
      if (over.aborted) return;
      const count = await forgetIn((limit) => store.prune(id, before, limit), goOn);
      if (count > 0) log.info({ workspaceId: id, count }, "forgot what is older than the journal is kept");
      const deleted = await forgetIn((limit) => store.pruneTombstones(id, deletedBefore, limit), goOn);
      const kept = await forgetIn((limit) => store.books.prune(id, deletedBefore, limit), goOn);
      if (deleted + kept > 0)
        log.info({ workspaceId: id, count: deleted + kept }, "forgot records that were deleted long ago");
    }
  } catch (thrown) {
    log.warn({ error: asFailure(thrown).message }, "could not forget old journal entries; tries again in an hour");
  }
}

/** @param rest says whether to go on. */
async function forgetIn(prune: (limit: number) => Promise<number>, rest: () => Promise<boolean>): Promise<number> {
  let count = 0;
  for (;;) {
    const some = await prune(BATCH);
    count += some;
    if (some < BATCH || !(await rest())) return count;
  }
}

/** Cut short by the end. @returns whether to go on. */
async function rest(clock: Clock, over: AbortSignal): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(REST_MS, resolve);
  const end = (): void => resolve();
  over.addEventListener("abort", end);
  if (!over.aborted) await promise;
  over.removeEventListener("abort", end);
  cancel();
  return !over.aborted;
}
