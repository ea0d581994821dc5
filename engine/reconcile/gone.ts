import { otherSide, type Side } from "../../model/record.ts";
import { EMPTY, type Fields, isSameValue } from "../../model/value.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import { plan } from "../merge/plan.ts";
import type { Link, SideState } from "../ports.ts";
import { underBreaker } from "./breaker.ts";
import { baseBesides, withMadeWay } from "./makeWay.ts";
import type { Observation } from "./observe.ts";
import { withSide } from "./observe.ts";
import { type Attempt, again, decided, type Outcome, SETTLED } from "./outcome.ts";
import { observed } from "./pair.ts";
import { note, strikeOut } from "./planned.ts";
import { goOnWith, survivorOf } from "./survivor.ts";

/**
 * A direct read said that a record is gone. Once is no proof: it is held and read again. Twice, a hold apart, is; then
 * the sync's policy decides about the other side.
 * @param across the other side as just observed; `undefined` when the link has none.
 * Source: docs/SPEC.md D1 to D7.
 */
export async function reconcileGone(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  side: Side,
  across: Observation | undefined,
): Promise<Outcome> {
  const state = link[side];
  if (state === undefined) return { effects: [] };
  const { holdMs } = attempt.open.sync.deletes;
  const now = context.clock.now();
  const goneAt = state.goneAt ?? now;
  const reads = state.goneReads ?? 0;
  if (reads < 1) return holdGone(link, side, { ...state, goneAt, goneReads: 1 }, Math.max(goneAt + holdMs, now + 1));
  if (now < goneAt + holdMs) return again(goneAt + holdMs);
  const proved = withSide(link, side, { ...state, goneReads: reads + 1 });
  return carryDelete(context, attempt, mapping, proved, side, across);
}

/** Reads that said gone when a deletion is first believed: the one that began the hold, and the one after it. */
const PROOF_READS = 2;

/** Whether this side's record is known to be deleted (D1), and its link waits or was left as it is. */
export function isProvedGone(state: SideState | undefined): boolean {
  return (state?.goneReads ?? 0) >= PROOF_READS;
}

/** D1: remembered, and due again when the hold is over. Reads within the hold prove nothing and are not counted. */
function holdGone(link: Link, side: Side, state: SideState, until: number): Outcome {
  return again(until, [{ kind: "saveLink", link: withSide(link, side, state) }]);
}

async function carryDelete(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  side: Side,
  across: Observation | undefined,
): Promise<Outcome> {
  const name = attempt.open.partners[side].name;
  if (across === undefined || across.kind === "gone") {
    return decided(context, attempt, ended(context, link, "tombstone"), "deleted", `Deleted in ${name}.`);
  }
  const survivor = await survivorOf(context, attempt, mapping, link, side);
  if (survivor !== undefined) return goOnWith(context, attempt, link, side, survivor, across.state);
  const policy = side === "left" ? attempt.open.sync.deletes.onLeftGone : attempt.open.sync.deletes.onRightGone;
  if (policy === "leave") return leave(context, attempt, link, side);
  return underBreaker(context, attempt, link, side, async () => {
    const whyNot =
      policy === "delete" ? notDeletable(attempt, mapping, link, side, across.state) : "as the sync's policy says";
    if (whyNot === undefined) return deleteAcross(context, attempt, mapping, link, side);
    return keepAcross(context, attempt, withSide(link, otherSide(side), across.state), side, whyNot);
  });
}

function keepAcross(context: LaneContext, attempt: Attempt, link: Link, side: Side, whyNot: string): Outcome {
  const summary = `Deleted in ${attempt.open.partners[side].name}; the other record was kept, ${whyNot}.`;
  return decided(context, attempt, ended(context, link, "unlinked"), "unlinked", summary);
}

/** D5: the link stays, nothing is written; a record that comes back is followed again. */
function leave(context: LaneContext, attempt: Attempt, link: Link, side: Side): Outcome {
  const state = link[side];
  if (state?.goneReads !== PROOF_READS) return SETTLED;
  const summary = `Deleted in ${attempt.open.partners[side].name}; the other record was left as it is.`;
  return decided(context, attempt, { ...link, updatedAt: context.clock.now() }, "deleted", summary);
}

/** D4: what was edited since both agreed is not deleted. */
function notDeletable(
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  side: Side,
  across: SideState,
): string | undefined {
  if (!attempt.open.partners[otherSide(side)].canDelete) return "since records can not be deleted there";
  const gone = link[side];
  if (gone === undefined) return undefined;
  // What was never told of the deleted record counts as empty: a list row may leave empty fields out.
  const told = { ...gone, fields: { ...emptyFields(mapping, side), ...gone.fields } };
  const sides = side === "left" ? { left: told, right: across } : { left: across, right: told };
  const pair = withMadeWay(link, sides);
  const base = baseBesides(mapping, link.base, pair);
  const edits = plan({ mapping, base, left: observed(pair.left), right: observed(pair.right) });
  const isEdited = Object.keys(edits.changes[side]).length > 0 || isAskedAnew(mapping, link, otherSide(side), across);
  return isEdited ? "since it was changed meanwhile" : undefined;
}

/** Whether a field that a person is asked about says something else by now than when they were asked. */
function isAskedAnew(mapping: Mapping, link: Link, side: Side, across: SideState): boolean {
  return link.conflicts.some((conflict) => {
    const field = mapping.fields.find(({ id }) => id === conflict.field);
    const value = field === undefined ? undefined : across.fields[field.keys[side]];
    if (field === undefined || value === undefined) return false;
    return !isSameValue(field.normal(side, value), field.normal(side, conflict[side]));
  });
}

function emptyFields(mapping: Mapping, side: Side): Fields {
  return Object.fromEntries(mapping.fields.map(({ keys, type }) => [keys[side], type === "set" ? [] : EMPTY]));
}

/** D3: deletes the counterpart. The partner's word that it is done counts as a read that says gone (D9). */
async function deleteAcross(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  side: Side,
): Promise<Outcome> {
  const { partners } = attempt.open;
  const across = link[otherSide(side)];
  if (across !== undefined) {
    note(attempt, mapping, "delete", otherSide(side), {});
    await partners[otherSide(side)].delete(attempt.calls, across.externalId, across.parentId);
    strikeOut(attempt, otherSide(side));
  }
  const summary = `Deleted in ${partners[side].name}; deleted in ${partners[otherSide(side)].name} as well.`;
  const both =
    across === undefined ? link : withSide(link, otherSide(side), { ...across, goneAt: context.clock.now() });
  return decided(context, attempt, ended(context, both, "tombstone"), "deleted", summary);
}

/** The link at its end: remembered, with nothing left to decide. */
function ended(context: LaneContext, link: Link, state: "tombstone" | "unlinked"): Link {
  const { ambiguity: _settled, ...rest } = link;
  return { ...rest, state, conflicts: [], findings: [], updatedAt: context.clock.now() };
}
