import type { Side } from "../../model/record.ts";
import type { LaneContext, OpenSync } from "../context.ts";
import type { CallContext, DueKey, Effect, JournalDetail, JournalEntry, JournalVerdict, Link } from "../ports.ts";

/** What one attempt at a key came to: the effects to store, and whether the key is due again. */
export interface Outcome {
  readonly effects: readonly Effect[];
  /** When the key must be looked at again, epoch ms; absent when it is settled. */
  readonly againAt?: number;
  /** What to tell whoever watches. */
  readonly told?: { readonly link: Link; readonly verdict: JournalVerdict };
}

/** One attempt at one key. */
export interface Attempt {
  readonly open: OpenSync;
  readonly due: DueKey;
  readonly calls: CallContext;
  readonly startedAt: number;
  /** Fields whose conflict a person has settled, with the side that counts. */
  readonly choices?: Readonly<Record<string, Side>>;
  /** The side on which this link was asked to make way for another that exchanges a value with it (I10). */
  readonly makesWay?: Side;
  /**
   * Stores what the attempt came to, and the key's end with it. Where a turn was taken it is called within, so that
   * whoever comes next finds it stored.
   */
  readonly store: (outcome: Outcome) => Promise<void>;
}

/** Nothing to do and nothing to store. */
export const SETTLED: Outcome = { effects: [] };

/** Nothing to store, but look again at `at`. */
export function again(at: number, effects: readonly Effect[] = []): Outcome {
  return { effects, againAt: at };
}

/** What a journal line needs to know of an attempt; of a sync that can not be opened there is no more. */
export type Journaled = Pick<Attempt, "due" | "calls" | "startedAt"> & { readonly open: Pick<OpenSync, "sync"> };

/** Journal line for this attempt. */
export function journalEntry(
  context: LaneContext,
  attempt: Journaled,
  link: Link | undefined,
  verdict: JournalVerdict,
  summary: string,
  detail: JournalDetail = {},
): JournalEntry {
  const now = context.clock.now();
  return {
    id: context.newId(),
    at: now,
    syncId: attempt.open.sync.id,
    ...(link === undefined ? {} : { linkId: link.id }),
    reason: attempt.due.reason,
    verdict,
    summary,
    detail: {
      mapping: attempt.open.sync.version,
      ...detail,
      ...(attempt.calls.calls.length === 0 ? {} : { calls: attempt.calls.calls }),
    },
    durationMs: now - attempt.startedAt,
  };
}

/** Stores the link with a journal line, and tells. */
export function decided(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  verdict: JournalVerdict,
  summary: string,
  extra: { readonly detail?: JournalDetail; readonly effects?: readonly Effect[]; readonly keys?: SavedKeys } = {},
): Outcome {
  return {
    effects: [
      ...(extra.effects ?? []),
      { kind: "saveLink", link, ...(extra.keys === undefined ? {} : { keys: extra.keys }) },
      { kind: "journal", entry: journalEntry(context, attempt, link, verdict, summary, extra.detail) },
    ],
    told: { link, verdict },
  };
}

/** Match keys to replace, by side. */
export type SavedKeys = Extract<Effect, { kind: "saveLink" }>["keys"];
