import { asFailure, type Failure } from "../../model/errors.ts";
import type { LaneContext } from "../context.ts";
import type { Clock, DueKey, Effect, Settled } from "../ports.ts";
import { type Attempt, journalEntry } from "../reconcile/outcome.ts";
import { afterFailure, LONGEST_WAIT_MS } from "./backoff.ts";
import { type Key, keyText, parseKey } from "./keys.ts";

/** One handling of one due key, before it is known what the key needs. */
export type Handling = Omit<Attempt, "open">;

/** After a failing store the lane tries again, ms. */
export const STORE_WAIT_MS = 1_000;

/** Waits, or sets the key aside, as the kind of failure says. @returns whether the lane is still held. */
export async function recordFailure(context: LaneContext, handling: Handling, failure: Failure): Promise<boolean> {
  const { due } = handling;
  if (failure.kind !== "rate_limited") {
    // What changed underfoot is read and planned again at once: nobody need look at it.
    const say = failure.kind === "conflict" ? context.log.info : context.log.warn;
    say({ key: due.key, kind: failure.kind, error: failure.message }, "a key could not be worked");
  }
  try {
    const linkId = await linkIdOf(context, due);
    const line = failureLine(context, handling, failure, linkId);
    const effects = failing(context, handling, failure, linkId);
    const isSettingAside = effects.some(({ kind }) => kind === "bury" || kind === "setAside");
    if (isSettingAside) context.deadLetters.add();
    await context.store.apply(context.lane, [...line, ...effects]);
    // Once more: whoever asked the store meanwhile was told that there is nothing yet.
    if (isSettingAside) context.deadLetters.add();
    return true;
  } catch (thrown) {
    const second = asFailure(thrown);
    context.log.error({ key: due.key, error: second.message }, "a failure could not be stored; the key stays due");
    if (second.details.isLaneTaken === true) return false;
    await pause(context.clock, STORE_WAIT_MS);
    return true;
  }
}

/** Holds a key back whose failure could not be stored, so that it does not fail again at once and without end. */
function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve));
}

/** The link that a key is about, when there is one by now. */
async function linkIdOf(context: LaneContext, { key: text, syncId }: DueKey): Promise<string | undefined> {
  const key = parseKey(text);
  if (key === undefined) return undefined;
  if ("linkId" in key) return key.linkId;
  if (key.kind !== "record") return undefined;
  return (await context.store.linkByRecord(context.lane.workspaceId, syncId, key.side, key.externalId))?.id;
}

/** Q18: what was seen before the key was handed out has been worked; edits seen since settle anew. */
export function settledBy(context: LaneContext, due: DueKey): { readonly settled?: Settled } {
  if (due.quietAt === undefined) return {};
  const { left = 0, right = 0 } = context.syncs.find(due.syncId)?.settleMs ?? {};
  return { settled: { quietAt: due.quietAt, settleMs: Math.max(left, right) } };
}

/** Keys that come back by themselves and are never set aside (Q9). */
const RECURRING: ReadonlySet<Key["kind"]> = new Set([
  "poll",
  "sweep",
  "backfill",
  "children",
  "childrenAgain",
  "fields",
]);
/** Keys that are worked as their link is, and are set aside under it, so that nothing is set aside twice (Q15). */
const OF_LINK: ReadonlySet<Key["kind"]> = new Set(["record", "yield", "keep"]);

function failing(context: LaneContext, handling: Handling, failure: Failure, linkId: string | undefined): Effect[] {
  const now = context.clock.now();
  const { due } = handling;
  const { key, generation } = due;
  const kind = parseKey(key)?.kind ?? "link";
  const error = { kind: failure.kind, message: failure.message, at: now };
  const settled = settledBy(context, due);
  const verdict = afterFailure(failure, due.attempts, now, context.random);
  if (verdict.kind === "bury" && !RECURRING.has(kind)) {
    const set = { attempts: due.attempts + 1, error, plan: [...handling.planned] };
    if (linkId === undefined || !OF_LINK.has(kind)) return [{ kind: "bury", key, generation, ...set }];
    const { syncId, priority, reason } = due;
    const instead = {
      kind: "setAside",
      key: keyText({ kind: "link", linkId }),
      syncId,
      priority,
      reason,
      ...set,
    } as const;
    return [{ kind: "settle", key, generation, ...settled }, instead];
  }
  const waitMs = verdict.kind === "bury" ? LONGEST_WAIT_MS : verdict.ms;
  const attempts = due.attempts + (verdict.kind === "bury" || verdict.countsAttempt ? 1 : 0);
  return [{ kind: "postpone", key, generation, dueAt: Math.ceil(now + waitMs), attempts, error, ...settled }];
}

/**
 * A key's first failure is kept in the journal; further ones, and waiting for an allowance, are not news. The sync is not
 * opened for it: that may be what failed.
 */
function failureLine(context: LaneContext, handling: Handling, failure: Failure, linkId: string | undefined): Effect[] {
  const key = parseKey(handling.due.key);
  const isToldAlready = handling.due.attempts > 0 || handling.due.error?.kind === failure.kind;
  const isWaiting = failure.kind === "rate_limited" || failure.details.retryAt !== undefined;
  if (key === undefined || isWaiting || isToldAlready) return [];
  const sync = context.syncs.find(handling.due.syncId);
  if (sync === undefined) return [];
  const detail = { error: { kind: failure.kind, message: failure.message } };
  const entry = journalEntry(context, { open: { sync }, ...handling }, undefined, "failed", failure.message, detail);
  return [{ kind: "journal", entry: linkId === undefined ? entry : { ...entry, linkId } }];
}
