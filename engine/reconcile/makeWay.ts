import { Failure } from "../../model/errors.ts";
import { PRIORITIES } from "../../model/priority.ts";
import { otherSide, SIDES, type Side } from "../../model/record.ts";
import { type Changes, EMPTY, isEmpty, isSameValue } from "../../model/value.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import { matchKeys } from "../match/keys.ts";
import type { Plan } from "../merge/plan.ts";
import type { Base, Effect, Link, SideState } from "../ports.ts";
import { type Key, keyText } from "../queue/keys.ts";
import { SOON_MS } from "./create.ts";
import { readSide, sideState, withSide } from "./observe.ts";
import { type Attempt, decided, type Outcome } from "./outcome.ts";

/**
 * Values that a partner lets only one record hold, such as an e-mail, when two records exchange them. Whoever is refused
 * asks the holder to make way: the holder is brought up to date first; if it is refused as well, since the two wait for
 * each other, it gives the value up for a moment and takes its own as soon as that is free.
 *
 *   refused ──holder will have another value──> ask it ──it moves on──> written
 *                                                  └─it is refused too──> it steps aside ──> written, then it is
 *
 * That a value was given up is stored before it is cleared, so that after a crash the emptiness is not taken for a
 * person's edit.
 * Source: docs/SPEC.md I10.
 */

/** The pair with the marks of values that were given up, as long as they are still empty. */
export function withMadeWay(link: Link, pair: Sides): Sides {
  const marked = (side: Side): SideState => {
    const keys = link[side]?.madeWay?.filter((key) => isEmpty(pair[side].fields[key] ?? EMPTY)) ?? [];
    return keys.length === 0 ? pair[side] : { ...pair[side], madeWay: keys };
  };
  return { left: marked("left"), right: marked("right") };
}

type Sides = Readonly<Record<Side, SideState>>;

/**
 * The base in which a value that was given up counts as agreed to be empty on both sides: its emptiness is nobody's edit,
 * and what the other side says is still to be written, also where that is again what was agreed on before.
 */
export function baseBesides(mapping: Mapping, base: Base, pair: Sides): Base {
  if (pair.left.madeWay === undefined && pair.right.madeWay === undefined) return base;
  const gaveUp = (side: Side, key: string): boolean => pair[side].madeWay?.includes(key) === true;
  const besides = mapping.fields.filter(
    ({ agreement, keys }) => base[agreement] !== undefined && SIDES.some((side) => gaveUp(side, keys[side])),
  );
  return { ...base, ...Object.fromEntries(besides.map(({ agreement }) => [agreement, [EMPTY, EMPTY] as const])) };
}

/** What a refusal because of a held value comes to. */
export interface Refused {
  readonly link: Link;
  readonly pair: Sides;
  readonly planned: Plan;
  readonly failure: Failure;
}

/**
 * Asks the holder to make way, or steps aside where this link was asked to.
 * @returns `undefined` when the value is rightly the holder's, so that the refusal stands.
 * @throws Failure `conflict` while the holder makes way.
 */
export async function makeWay(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  refused: Refused,
): Promise<Outcome | undefined> {
  const { side, heldBy } = refused.failure.details;
  if (side === undefined || heldBy === undefined) return undefined;
  const { workspaceId, id } = attempt.open.sync;
  const holder = await context.store.linkByRecord(workspaceId, id, side, heldBy);
  const keys = heldKeys(attempt, mapping, side, refused.planned.changes[side]);
  if (holder?.state !== "linked" || keys.length === 0) return undefined;
  // What has nothing left to give up waits like anybody else, or is refused.
  const isHolding = keys.some((key) => !isEmpty(refused.pair[side].fields[key] ?? EMPTY));
  if (attempt.makesWay === side && isHolding)
    return stepAside(context, attempt, mapping, refused, { side, keys, holder });
  if (!willMove(mapping, side, keys, refused.planned.changes[side], holder)) return undefined;
  await context.store.apply(context.lane, [dueMark(context, holder, { kind: "yield", linkId: holder.id, side })]);
  const name = attempt.open.partners[side].name;
  throw new Failure(
    "conflict",
    `update ${side} record of link ${refused.link.id}: waiting for another record in ${name} to give up a value`,
  );
}

/** The keys that a match rule reads and this write sets: what a partner may want to be there once only. */
function heldKeys(attempt: Attempt, mapping: Mapping, side: Side, changes: Changes): readonly string[] {
  const keys = attempt.open.sync.match.flatMap((rule) => mapping.standard[side][rule] ?? []);
  return keys.filter((key) => changes[key]?.kind === "set");
}

/** Whether the holder's other side says something else by now, so that the value will be given up. */
function willMove(mapping: Mapping, side: Side, keys: readonly string[], changes: Changes, holder: Link): boolean {
  const from = otherSide(side);
  return mapping.fields.some((field) => {
    const change = changes[field.keys[side]];
    if (!keys.includes(field.keys[side]) || change?.kind !== "set") return false;
    const theirs = holder[from]?.fields[field.keys[from]] ?? EMPTY;
    return !isSameValue(field.normal(from, theirs), field.normal(side, change.value));
  });
}

/** Values that another record holds as well: on which side, under which keys, and whose they are. */
interface Held {
  readonly side: Side;
  readonly keys: readonly string[];
  readonly holder: Link;
}

async function stepAside(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  { link, pair }: Refused,
  { side, keys, holder }: Held,
): Promise<Outcome> {
  const partner = attempt.open.partners[side];
  const marked = withSide({ ...link, ...pair }, side, { ...pair[side], madeWay: keys });
  await context.store.apply(context.lane, [{ kind: "saveLink", link: marked }]);
  const clearing: Changes = Object.fromEntries(keys.map((key) => [key, { kind: "clear" }]));
  const { externalId, fields } = pair[side];
  const answer = await partner.update(attempt.calls, externalId, clearing, fields);
  const state =
    answer === undefined ? await readBack(context, attempt, side, externalId) : sideState(answer, context.clock.now());
  const cleared = withSide(marked, side, { ...state, madeWay: keys });
  const summary = `Gave up a value in ${partner.name} for a moment, since two records exchange it.`;
  const waiting = dueMark(context, holder, { kind: "link", linkId: holder.id });
  const own = matchKeys(mapping, attempt.open.sync.match, side, cleared[side]?.fields ?? {});
  const outcome = decided(context, attempt, cleared, "updated", summary, {
    effects: [waiting],
    keys: { [side]: own },
  });
  return { ...outcome, againAt: context.clock.now() + SOON_MS };
}

async function readBack(context: LaneContext, attempt: Attempt, side: Side, externalId: string): Promise<SideState> {
  const back = await readSide(context, attempt.open, side, externalId, attempt.calls);
  if (back.kind === "present") return back.state;
  throw new Failure("not_found", `update ${side} record ${externalId}: it was gone right after; looking again`);
}

function dueMark(context: LaneContext, { syncId }: Link, key: Key): Effect {
  const mark = { priority: PRIORITIES.live, dueAt: context.clock.now(), reason: "follow" } as const;
  return { kind: "mark", mark: { key: keyText(key), syncId, ...mark } };
}
