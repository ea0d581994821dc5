import type { Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import { type Attempt, type Outcome, SETTLED } from "../reconcile/outcome.ts";
import { meetRows } from "./rows.ts";
import { isWalked } from "./walk.ts";

/**
 * Reads a child that the hub has no link for and whose contact was not told. Where children are read under their contact
 * only, it is left to the turn over all contacts. Source: docs/SPEC.md H8.
 */
export async function meetChild(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  externalId: string,
): Promise<Outcome> {
  if (isWalked(attempt, side)) return SETTLED;
  const asOf = context.clock.now();
  const answer = await attempt.open.partners[side].read(attempt.calls, externalId);
  if (answer === "gone") return SETTLED;
  const mapping = await attempt.open.mapping(attempt.calls);
  const { reason, priority } = attempt.due;
  const effects = await meetRows(context, attempt, mapping, side, { records: [answer], asOf }, { reason, priority });
  return { effects };
}
