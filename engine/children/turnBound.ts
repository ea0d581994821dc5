import type { Listing } from "../../kit/connector.ts";
import type { Side } from "../../model/record.ts";
import type { Checkpoint, Sync } from "../ports.ts";

/** How long a change of a child that nobody tells of may go unseen. Pure. Source: docs/SPEC.md H17, H21, H22. */

/**
 * How long a turn by one listing of all children rests for each row that it read, ms: a page of a hundred rows every six
 * seconds at the most leaves a partner's allowance to what people wait for.
 */
const REST_PER_ROW_MS = 60;

/** The rest after a turn by one listing: the side's poll rhythm, longer with many rows, never longer than `sweepMs`. */
export function restMs(sync: Pick<Sync, "pollMs" | "sweepMs">, side: Side, { seen }: Checkpoint): number {
  return Math.min(sync.sweepMs, Math.max(sync.pollMs[side], seen * REST_PER_ROW_MS));
}

/** Whether a turn is one listing of all: those contact by contact have counted the contacts beforehand. */
export function isAllTurn({ total }: Checkpoint): boolean {
  return total === undefined;
}

/**
 * Within what time every child of a side that is listed contact by contact is looked at, ms.
 * @param last the side's turn as it was stored last; until the first has ended `sweepMs` stands
 */
export function turnBoundMs(
  sync: Pick<Sync, "pollMs" | "sweepMs">,
  side: Side,
  { isListedWhole, lagMs }: Listing,
  last: Checkpoint | undefined,
): number {
  const { startedAt, finishedAt } = last ?? {};
  const isByListing = isListedWhole === true && last !== undefined && isAllTurn(last) && startedAt !== undefined;
  if (!isByListing || finishedAt === undefined) return sync.sweepMs;
  // What is edited right after its row was read waits for the rest, the whole next turn, and the lag of its rows.
  return Math.min(sync.sweepMs, restMs(sync, side, last) + (finishedAt - startedAt)) + lagMs;
}
