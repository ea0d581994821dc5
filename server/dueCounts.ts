import type { Clock } from "../engine/ports.ts";
import type { DueCounts, HubStore } from "../store/port.ts";

type CountDue = HubStore["dueCounts"];

/** How many times as long as a count took its answer stands. */
const REST = 50;

/** What was last counted for a workspace, or is being counted. */
interface Counted {
  readonly answer: Promise<DueCounts>;
  /** Epoch ms until which the answer stands; all the time while it is being counted. */
  standsUntil: number;
}

/**
 * Counts due keys no more often than it can be afforded: open pages and the metrics ask several times a second, and with
 * a million keys due each count keeps the store from its work for a moment. Whoever asks meanwhile gets the last answer.
 */
export function affordableCounts(count: CountDue, clock: Pick<Clock, "now">): CountDue {
  const known = new Map<string, Counted>();
  return (workspaceId, at) => {
    const last = known.get(workspaceId);
    if (last !== undefined && clock.now() < last.standsUntil) return last.answer;
    const startedAt = clock.now();
    const answer = count(workspaceId, at);
    const counted: Counted = { answer, standsUntil: Number.POSITIVE_INFINITY };
    known.set(workspaceId, counted);
    answer.then(
      () => {
        counted.standsUntil = clock.now() + REST * (clock.now() - startedAt);
      },
      // Whoever asked hears of the failure; the next one counts anew.
      () => known.delete(workspaceId),
    );
    return answer;
  };
}
