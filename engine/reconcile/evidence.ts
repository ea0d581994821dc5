import type { Side } from "../../model/record.ts";
import { atItsPlace } from "../children/moves.ts";
import type { FreshRow, LaneContext } from "../context.ts";
import type { Link, SideState } from "../ports.ts";
import { areSameFields, isSameState, type Observation, readSide, rowFor, withSide } from "./observe.ts";
import { type Attempt, again, type Outcome } from "./outcome.ts";

/**
 * What counts as evidence of what a record says now. A partner may answer from a copy that lags behind: taken for the
 * present, an old value would look like an edit and undo the new one across.
 * Source: docs/SPEC.md F1, F3.
 */

/** What was seen of a side, or that it was an older state than the one known, first seen at `since`. */
export type Seen = Observation | { readonly kind: "stale"; readonly side: Side; readonly since: number };

/**
 * A list row just seen stands for a read when the listing itself made the key due; otherwise the record is read. A row
 * that is no newer than what is known, and says something else, is no evidence; nor is one that does not tell its change
 * time where reads do, since nobody could tell whether it is stale.
 */
export async function observe(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  side: Side,
  row: FreshRow | undefined,
): Promise<Seen> {
  const known = link[side];
  const shown = rowFor(row, side);
  if (shown !== undefined && (known === undefined || isEvidence(shown.state, known))) return shown;
  const externalId = known?.externalId ?? "";
  const seen = await readSide(context, attempt.open, side, externalId, attempt.calls, known?.parentId);
  const since = known?.staleSince ?? context.clock.now();
  const isStale = seen.kind === "present" && known !== undefined && isOlder(seen.state, known);
  if (isStale && context.clock.now() - since < STALE_MAX_MS) return { kind: "stale", side, since };
  return atItsPlace(context, attempt, side, known, seen);
}

function isEvidence(seen: SideState, known: SideState): boolean {
  if (seen.version === undefined && known.version !== undefined) return false;
  return isSameState(known, seen) || (seen.asOf > known.asOf && !isOlder(seen, known));
}

/** After this long an older state is believed, ms: the record was brought back to it by the partner itself. */
const STALE_MAX_MS = 2 * 60_000;
/** How far a partner's clock may be ahead of ours, ms; change times later than that tell nothing (L8). */
const CLOCK_AHEAD_MS = 60_000;

/** Whether a side says what it said before the change that is known; where change times are told. */
function isOlder(seen: SideState, known: SideState): boolean {
  const [then, now] = [Number(seen.version), Number(known.version)];
  if (seen.version === undefined || known.version === undefined || Number.isNaN(then)) return false;
  return then < now && now <= known.asOf + CLOCK_AHEAD_MS && !areSameFields(known, seen);
}

/** The shortest and the longest time between two looks at a partner that answers from the past, ms. */
const SHORTEST_LOOK_MS = 1_000;
const LONGEST_LOOK_MS = 30_000;

/** F3: nothing is decided on an older state; it is looked at again after waits that double. */
export function lookLater(context: LaneContext, link: Link, seen: readonly Seen[]): Outcome {
  const now = context.clock.now();
  let next = link;
  let first = now;
  for (const one of seen) {
    const state = one.kind === "stale" ? link[one.side] : undefined;
    if (one.kind !== "stale" || state === undefined) continue;
    first = Math.min(first, one.since);
    if (state.staleSince === undefined) next = withSide(next, one.side, { ...state, staleSince: one.since });
  }
  const waitMs = Math.min(LONGEST_LOOK_MS, Math.max(SHORTEST_LOOK_MS, now - first));
  return again(now + waitMs, next === link ? [] : [{ kind: "saveLink", link: next }]);
}
