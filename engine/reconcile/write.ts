import { asFailure, Failure } from "../../model/errors.ts";
import type { Side, Snapshot } from "../../model/record.ts";
import type { Changes } from "../../model/value.ts";
import type { LaneContext } from "../context.ts";
import type { Plan } from "../merge/plan.ts";
import type { SideState } from "../ports.ts";
import { readSide, sideState } from "./observe.ts";
import type { Attempt } from "./outcome.ts";
import { strikeOut } from "./planned.ts";

/**
 * Carries a plan out at the partners. A partner that refuses a write for one of its values is asked field by field, so
 * that the others go on and only what it really refuses stays behind.
 * Source: docs/SPEC.md E2, M20, Q8.
 */

/** One value that a partner refused, by the side's own field key, with the partner's words. */
export interface RefusedValue {
  readonly side: Side;
  readonly key: string;
  readonly message: string;
}

/** Both sides as they are after a plan's writes, and what was refused of it. */
export interface Written {
  readonly after: Readonly<Record<Side, SideState>>;
  readonly refused: readonly RefusedValue[];
}

/** How far the writes of a plan have come. A side that has been written is not written again. */
export interface Progress {
  readonly done: Partial<Record<Side, WrittenSide>>;
  /** Sides that refused the write as a whole, and are now written field by field. */
  readonly apart: Set<Side>;
  /** Whether a side that refuses every field counts as written all the same: the pair is new and must be kept. */
  readonly isNew: boolean;
}

/**
 * Writes what the plan says, one request per side.
 * @throws Failure `rejected`, naming the side, when nothing of a side's write is taken; whatever else the partner throws.
 */
export async function writeBoth(
  context: LaneContext,
  attempt: Attempt,
  planned: Plan,
  pair: Readonly<Record<Side, SideState>>,
  progress: Progress,
): Promise<Written> {
  const write = async (side: Side): Promise<WrittenSide> => {
    const { done } = progress;
    done[side] ??= await writeSide(context, attempt, side, planned.changes[side], pair[side], progress);
    return done[side];
  };
  const right = await write("right");
  const left = await write("left");
  return { after: { left: left.state, right: right.state }, refused: [...left.refused, ...right.refused] };
}

/** The plan without what was refused of its writes. */
export function withoutRefused(planned: Plan, refused: readonly RefusedValue[]): Plan {
  if (refused.length === 0) return planned;
  const taken = (side: Side): Changes => {
    const keys = new Set(refused.filter((one) => one.side === side).map(({ key }) => key));
    return Object.fromEntries(Object.entries(planned.changes[side]).filter(([key]) => !keys.has(key)));
  };
  return { ...planned, changes: { left: taken("left"), right: taken("right") } };
}

/** One side as it is after its write, and what was refused of it. */
export interface WrittenSide {
  readonly state: SideState;
  readonly refused: readonly RefusedValue[];
}

async function writeSide(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  changes: Changes,
  state: SideState,
  { apart, isNew }: Progress,
): Promise<WrittenSide> {
  if (Object.keys(changes).length === 0) return { state, refused: [] };
  const written = apart.has(side)
    ? await writeApart(context, attempt, side, changes, state, isNew)
    : { state: await writeOnce(context, attempt, side, changes, state), refused: [] };
  strikeOut(attempt, side);
  return written;
}

/** Each field by itself. @throws the last refusal when all of them are refused, unless the pair is new. */
async function writeApart(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  changes: Changes,
  before: SideState,
  isNew: boolean,
): Promise<WrittenSide> {
  const refused: RefusedValue[] = [];
  let state = before;
  for (const [key, change] of Object.entries(changes)) {
    try {
      state = await writeOnce(context, attempt, side, { [key]: change }, state);
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (failure.kind !== "rejected") throw failure;
      refused.push({ side, key, message: failure.message });
      if (!isNew && refused.length === Object.keys(changes).length) throw failure;
    }
  }
  return { state, refused };
}

/** Writes one side and answers what it holds now: the form that came back, read again where the answer hides it (E2). */
async function writeOnce(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  changes: Changes,
  state: SideState,
): Promise<SideState> {
  const answer = await update(attempt, side, changes, state);
  if (answer !== undefined) return sideState(answer, context.clock.now(), state.parentId);
  const back = await readSide(context, attempt.open, side, state.externalId, attempt.calls, state.parentId);
  if (back.kind === "present") return back.state;
  throw new Failure("not_found", `update ${side} record ${state.externalId}: it was gone right after; looking again`);
}

async function update(attempt: Attempt, side: Side, changes: Changes, state: SideState): Promise<Snapshot | undefined> {
  try {
    const partner = attempt.open.partners[side];
    return await partner.update(attempt.calls, state.externalId, changes, state.fields, state.parentId);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.kind !== "rejected") throw failure;
    throw new Failure(failure.kind, failure.message, { ...failure.details, side, cause: failure });
  }
}
