import { SIDES, type Side } from "../../model/record.ts";
import { isBackfilled } from "../backfill/progress.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { MatchDecision } from "../match/decide.ts";
import type { Effect, Link } from "../ports.ts";
import { SOON_MS } from "../reconcile/create.ts";
import { identify, isOneSided } from "../reconcile/identify.ts";
import { isSameState, type Observation } from "../reconcile/observe.ts";
import { type Attempt, again, type Outcome, SETTLED } from "../reconcile/outcome.ts";
import { titleOf } from "../reconcile/pair.ts";
import { identityTurn, join, joinedKeys } from "../reconcile/remember.ts";
import { startOf } from "./progress.ts";

/**
 * What becomes of a read while its sync is not started: it is taken in, and records are told apart, so that what is shown
 * before the start is as things are. Nothing is written at a partner, and a record that is gone was never followed: it is
 * forgotten.
 * Source: docs/SPEC.md T1, T4.
 */

/** What was just read of a link, by side. */
export type Seen = Readonly<Partial<Record<Side, Observation>>>;

/** Stores what was read, unless the start has begun meanwhile: then the key is worked again when it has ended. */
export function takeIn(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  seen: Seen,
): Promise<Outcome> {
  const { sync } = attempt.open;
  return context.turns.take(identityTurn(sync.id), async () => {
    const start = await startOf(context, sync);
    const current = await context.store.link(sync.workspaceId, link.id);
    const isMoved = current !== undefined && !isSameRecords(link, current);
    if (start !== undefined || isMoved) return again(context.clock.now() + SOON_MS);
    if (current === undefined) return SETTLED;
    const fresh = withSeen(mapping, current, seen);
    if (fresh === undefined) return { effects: [{ kind: "dropLink", linkId: link.id }] };
    if (!isSameLink(current, fresh)) await save(context, attempt, mapping, fresh);
    if (isOneSided(fresh) && (await isBackfilled(context, sync))) await tellApart(context, attempt, mapping, fresh);
    return SETTLED;
  });
}

function isSameRecords(one: Link, other: Link): boolean {
  return SIDES.every((side) => one[side]?.externalId === other[side]?.externalId);
}

function isSameLink(one: Link, other: Link): boolean {
  return (
    isSameRecords(one, other) &&
    SIDES.every((side) => {
      const state = other[side];
      return state === undefined || isSameState(one[side], state);
    })
  );
}

/** The link as its records are now; `undefined` when none is left. A pair that lost one begins anew without it. */
function withSeen(mapping: Mapping, link: Link, seen: Seen): Link | undefined {
  const { left: _left, right: _right, ...rest } = link;
  const [left, right] = SIDES.map((side) => {
    const observation = seen[side];
    if (observation === undefined) return link[side];
    return observation.kind === "present" ? observation.state : undefined;
  });
  if (left === undefined && right === undefined) return undefined;
  const sides = { ...(left === undefined ? {} : { left }), ...(right === undefined ? {} : { right }) };
  const titled = { ...rest, ...sides, title: titleOf(mapping, left, right) };
  const isBroken = link.state === "linked" && (left === undefined || right === undefined);
  return isBroken ? { ...titled, state: "half", base: {}, conflicts: [], findings: [] } : titled;
}

async function save(context: LaneContext, attempt: Attempt, mapping: Mapping, link: Link): Promise<void> {
  const saved = { ...link, updatedAt: context.clock.now() };
  const keys = joinedKeys(attempt, saved, mapping);
  await context.store.apply(context.lane, [{ kind: "saveLink", link: saved, keys }]);
}

async function tellApart(context: LaneContext, attempt: Attempt, mapping: Mapping, link: Link): Promise<void> {
  const decision = await identify(context, attempt, mapping, link);
  const effects = await effectsOf(context, attempt, mapping, link, decision);
  if (effects.length > 0) await context.store.apply(context.lane, effects);
}

async function effectsOf(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  decision: MatchDecision,
): Promise<Effect[]> {
  const updatedAt = context.clock.now();
  switch (decision.kind) {
    case "none": {
      const { ambiguity: asked, ...rest } = link;
      return asked === undefined ? [] : [{ kind: "saveLink", link: { ...rest, state: "half", updatedAt } }];
    }
    case "ambiguous": {
      const ambiguity = { candidates: decision.candidates, since: link.ambiguity?.since ?? updatedAt };
      return [{ kind: "saveLink", link: { ...link, state: "ambiguous", ambiguity, updatedAt } }];
    }
    case "link": {
      const other = await context.store.link(attempt.open.sync.workspaceId, decision.linkId);
      if (other === undefined) return [];
      const joined = { ...join(link, other), updatedAt };
      const keys = joinedKeys(attempt, joined, mapping);
      return [
        { kind: "dropLink", linkId: other.id, into: joined.id },
        { kind: "saveLink", link: joined, keys },
      ];
    }
    default:
      return decision satisfies never;
  }
}
