import { asFailure } from "../../model/errors.ts";
import type { LaneContext } from "../context.ts";
import type { Clock, DueKey } from "../ports.ts";
import { STORE_WAIT_MS } from "./failing.ts";

/**
 * Hands out due keys, the most urgent first, never one that is in hand.
 *
 *   idle ──wake or timer──> looking ──keys──> working (looks again whenever places are free and none is known to be next)
 *                              └─none due──> idle until the next is due
 *   any ──stop, or the lane was taken──> stopping ──nothing in hand──> stopped
 *
 * A key takes a place while it is worked, and gives it up when all that is left is storing what came of it: a commit
 * waits for the disk, and takes as long for a hundred keys as for one.
 */
export interface Pump {
  /** Something became due, or a place free. */
  readonly wake: () => void;
  /** Hands out nothing more, and resolves when nothing is in hand. */
  readonly stop: () => Promise<void>;
  /** Places taken. */
  readonly inFlight: () => number;
  /** `false` for good once a write has shown that another process has taken the lane. */
  readonly isHeld: () => boolean;
}

/**
 * Works one key to its end; never rejects.
 * @param storing called when the partners have said all they have to say.
 * @returns whether the lane is still held.
 */
export type WorkKey = (due: DueKey, storing: () => void) => Promise<boolean>;

/** A busy lane asks again only when a fourth of its places is free: whoever asks reads what is in hand as well. */
const ROOM_SHARE = 4;
/** For each place, so many keys may be in hand: one being worked, and others being stored. */
const IN_HAND_PER_PLACE = 4;

/** Whoever asks is told of so many more for each place: those that are next. */
const NEXT_PER_PLACE = 4;
/** For how long they are handed out, ms: what was marked within the lane meanwhile may be more urgent. */
const NEXT_MS = 100;

/** Said once, when a write shows it. */
const LANE_TAKEN =
  "another hub has taken over this workspace, so this one has stopped working it; stop one of the two, then start the other anew";

/** A pump with so many places. It begins at its first `wake`. */
export function startPump(context: LaneContext, places: number, workKey: WorkKey): Pump {
  const inHand = new Set<string>();
  /** Keys that ended while the store was asked: its answer may be from before that. */
  const endedMeanwhile = new Set<string>();
  const next = nextKeys(context.clock);
  let taken = 0;
  let isLooking = false;
  let mustLookAgain = false;
  /** Something was marked while the store was asked: what it says to be next may not be. */
  let isOutrun = false;
  /** Keys may be due that are not in hand. */
  let mayBeMore = true;
  let isStopping = false;
  let isHeld = true;
  let cancelTimer = (): void => undefined;
  let onIdle = (): void => undefined;

  const room = (): number => Math.min(places - taken, IN_HAND_PER_PLACE * places - inHand.size);

  const wake = (): void => {
    next.forget();
    isOutrun = isLooking;
    mayBeMore = true;
    seek();
  };

  /** A place may be free. */
  const seek = (): void => {
    if (isStopping) return;
    handOut();
    if (!mayBeMore || room() < places / ROOM_SHARE) return;
    if (isLooking) {
      mustLookAgain = true;
      return;
    }
    isLooking = true;
    void look().finally(() => {
      isLooking = false;
      isOutrun = false;
      if (mustLookAgain) {
        mustLookAgain = false;
        seek();
      }
    });
  };

  const handOut = (): void => {
    while (room() > 0) {
      const due = next.take();
      if (due === undefined) return;
      begin(due);
    }
  };

  const look = async (): Promise<void> => {
    cancelTimer();
    endedMeanwhile.clear();
    mayBeMore = false;
    try {
      // While a store far away answers, more places become free.
      const at = context.clock.now();
      const found = await dueBy(context, at, inHand.size + NEXT_PER_PLACE * places);
      const ready = found.filter(({ key }) => !inHand.has(key) && !endedMeanwhile.has(key));
      const wanted = room();
      mayBeMore ||= ready.length >= wanted;
      next.keep(isOutrun ? ready.slice(0, wanted) : ready, at);
      if (!isStopping) handOut();
      if (ready.length < wanted && !isStopping) await sleepUntilDue(at);
    } catch (thrown) {
      context.log.error({ error: asFailure(thrown).message }, "the store could not be asked what is due; trying again");
      if (!isStopping) cancelTimer = context.clock.after(STORE_WAIT_MS, wake);
    }
  };

  /** What was due at that moment has begun or is in hand, and wakes the lane when it ends: only later keys need a timer. */
  const sleepUntilDue = async (at: number): Promise<void> => {
    const next = await nextDueAfter(context, at);
    if (next === undefined || isStopping) return;
    cancelTimer = context.clock.after(Math.max(1, next - context.clock.now()), wake);
  };

  const begin = (due: DueKey): void => {
    inHand.add(due.key);
    const leavePlace = takePlace();
    void workKey(due, leavePlace)
      .then((isStillHeld) => {
        if (!isStillHeld) lose();
      })
      .finally(() => {
        inHand.delete(due.key);
        if (isLooking) endedMeanwhile.add(due.key);
        leavePlace();
        // It may have been marked again, or have marked others.
        mayBeMore = true;
        if (isStopping && inHand.size === 0) onIdle();
        seek();
      });
  };

  /** @returns what gives the place up, once. */
  const takePlace = (): (() => void) => {
    let hasPlace = true;
    taken += 1;
    return () => {
      if (!hasPlace) return;
      hasPlace = false;
      taken -= 1;
      seek();
    };
  };

  const lose = (): void => {
    if (isHeld) context.log.error({ workspace: context.lane.workspaceId }, LANE_TAKEN);
    isHeld = false;
    halt();
  };

  const halt = (): void => {
    isStopping = true;
    cancelTimer();
  };

  const stop = (): Promise<void> => {
    halt();
    if (inHand.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      onIdle = resolve;
    });
  };

  return { wake, stop, inFlight: () => taken, isHeld: () => isHeld };
}

/** Keys that were found to be next, the most urgent first, none of them in hand. */
function nextKeys(clock: Pick<Clock, "now">) {
  let keys: readonly DueKey[] = [];
  let place = 0;
  let foundAt = 0;
  const forget = (): void => {
    keys = [];
    place = 0;
  };
  return {
    forget,
    keep: (found: readonly DueKey[], at: number): void => {
      keys = found;
      place = 0;
      foundAt = at;
    },
    take: (): DueKey | undefined => {
      if (keys.length > 0 && clock.now() - foundAt > NEXT_MS) forget();
      const due = keys[place];
      place += 1;
      return due;
    },
  };
}

/** Q13: what is paused is not asked for, so that a million resting keys cost nothing. */
function dueBy({ lane, store, syncs }: LaneContext, at: number, limit: number): Promise<readonly DueKey[]> {
  const going = syncs.going();
  return going.length === 0 ? Promise.resolve([]) : store.dueKeys(lane.workspaceId, going, at, limit);
}

function nextDueAfter({ lane, store, syncs }: LaneContext, at: number): Promise<number | undefined> {
  const going = syncs.going();
  return going.length === 0 ? Promise.resolve(undefined) : store.nextDueAt(lane.workspaceId, going, at);
}
