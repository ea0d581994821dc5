import type { Side } from "../../model/record.ts";
import type { LaneContext, OpenSync } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type {
  CallContext,
  DueKey,
  Effect,
  JournalCall,
  JournalDetail,
  JournalEntry,
  JournalVerdict,
  Link,
  PlannedWrite,
} from "../ports.ts";

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
  /** What is about to be written; taken off again when it has been. See `planned.ts`. */
  readonly planned: PlannedWrite[];
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

/** What a journal entry needs to know of an attempt; of a sync that can not be opened there is no more. */
export type Journaled = Pick<Attempt, "due" | "calls" | "startedAt"> & { readonly open: Pick<OpenSync, "sync"> };

/** Journal entry for this attempt. */
export function journalEntry(
  context: LaneContext,
  attempt: Journaled,
  link: Link | undefined,
  verdict: JournalVerdict,
  summary: string,
  detail: JournalDetail = {},
): JournalEntry {
  const now = context.clock.now();
  const calls = callsOf(attempt);
  return {
    id: context.newId(),
    at: now,
    syncId: attempt.open.sync.id,
    ...(link === undefined ? {} : { linkId: link.id }),
    reason: attempt.due.reason,
    verdict,
    summary,
    detail: { ...detail, ...(calls.length === 0 ? {} : { calls }) },
    durationMs: now - attempt.startedAt,
  };
}

function callsOf({ calls, open }: Journaled): readonly JournalCall[] {
  return calls.calls.map(({ connectionId, ...call }) => ({
    side: connectionId === open.sync.left ? "left" : "right",
    ...call,
  }));
}

/**
 * Stores a journal entry for this attempt together with the mapping in force.
 * @param mapping the one that was decided under; the sync's latest when absent.
 */
export function journalLine(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  verdict: JournalVerdict,
  summary: string,
  { mapping, ...detail }: Omit<JournalDetail, "mapping"> & { readonly mapping?: Mapping } = {},
): Effect {
  const kept = attempt.open.kept(mapping);
  if (kept === undefined)
    return { kind: "journal", entry: journalEntry(context, attempt, link, verdict, summary, detail) };
  const entry = journalEntry(context, attempt, link, verdict, summary, { mapping: kept.version, ...detail });
  return { kind: "journal", entry, mapping: kept };
}

/** What a decision brings with it beside its link. */
export interface DecidedExtra {
  /** See `journalLine`. */
  readonly detail?: Parameters<typeof journalLine>[5];
  readonly effects?: readonly Effect[];
  readonly keys?: SavedKeys;
}

/** Stores the link with a journal line, and tells. */
export function decided(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  verdict: JournalVerdict,
  summary: string,
  extra: DecidedExtra = {},
): Outcome {
  return {
    effects: [
      ...(extra.effects ?? []),
      { kind: "saveLink", link, ...(extra.keys === undefined ? {} : { keys: extra.keys }) },
      journalLine(context, attempt, link, verdict, summary, extra.detail),
    ],
    told: { link, verdict },
  };
}

/** Match keys to replace, by side. */
export type SavedKeys = Extract<Effect, { kind: "saveLink" }>["keys"];
