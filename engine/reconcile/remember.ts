import { otherSide, SIDES, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import { matchKeys, recognisedBy } from "../match/keys.ts";
import type { Effect, Link, MatchKey, SideState } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { partialStart } from "../start/progress.ts";
import { isOneSided, presentSide } from "./identify.ts";
import { lookAcross } from "./lost.ts";
import { isSameState, readSide, withSide } from "./observe.ts";
import type { Attempt, Outcome } from "./outcome.ts";
import { changedKeys, titleOf } from "./pair.ts";

/**
 * Records without counterpart, as the match rules find them in the store. Whatever changes who may be matched with whom
 * is stored within the sync's identity turn, against the store as it is then.
 */

/** The turn in which records of a sync are told apart: one at a time, so that two never become each other's twice. */
export function identityTurn(syncId: string): string {
  return `identity:${syncId}`;
}

/**
 * Stores a one-sided link for a record not seen before; another key may have done so meanwhile.
 * @param parentLinkId of children: the link of the contact they belong to.
 */
export async function rememberRecord(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  state: SideState,
  parentLinkId?: string,
): Promise<Link> {
  const { workspaceId, id, match } = attempt.open.sync;
  const mapping = await attempt.open.mapping(attempt.calls);
  return context.turns.take(identityTurn(id), async () => {
    const known = await context.store.linkByRecord(workspaceId, id, side, state.externalId);
    if (known !== undefined) return known;
    const first = parentLinkId === undefined ? await asBefore(context, attempt, state) : {};
    const link = { ...oneSided(context, mapping, id, side, state, parentLinkId), ...first };
    const keys = { [side]: matchKeys(mapping, match, side, state.fields) };
    await context.store.apply(context.lane, [{ kind: "saveLink", link, keys }]);
    return link;
  });
}

/**
 * T15: who is met after the start of a sync, and was last changed before it, was there before: a listing that lags, or a
 * webhook that was not worked yet, had not shown them.
 */
async function asBefore(context: LaneContext, attempt: Attempt, { version }: SideState): Promise<Partial<Link>> {
  const start = await partialStart(context, attempt.open.sync);
  return start !== undefined && Number(version ?? Number.NaN) < start.startedAt ? { beforeStart: start.mode } : {};
}

/** A link for a record whose counterpart is not known. */
export function oneSided(
  context: Pick<LaneContext, "newId" | "clock">,
  mapping: Mapping,
  syncId: string,
  side: Side,
  state: SideState,
  parentLinkId?: string,
): Link {
  const now = context.clock.now();
  return {
    id: context.newId(),
    syncId,
    state: "half",
    [side]: state,
    ...(parentLinkId === undefined ? {} : { parentLinkId }),
    base: {},
    conflicts: [],
    findings: [],
    title: titleOf(mapping, side === "left" ? state : undefined, side === "right" ? state : undefined),
    createdAt: now,
    updatedAt: now,
  };
}

/**
 * Stores what the record says now, so that the match rules see it.
 * @returns `undefined` when the record was joined with another meanwhile, and its own link is no more.
 */
export async function refresh(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  side: Side,
  state: SideState,
): Promise<Link | undefined> {
  const { workspaceId, id, match } = attempt.open.sync;
  if (isSameState(link[side], state)) return withSide(link, side, state);
  return context.turns.take(identityTurn(id), async () => {
    const current = await context.store.link(workspaceId, link.id);
    if (current === undefined || !isOneSided(current)) return undefined;
    const fresh = { ...withSide(current, side, state), updatedAt: context.clock.now() };
    const titled = { ...fresh, title: titleOf(mapping, fresh.left, fresh.right) };
    const keys = { [side]: matchKeys(mapping, match, side, state.fields) };
    await context.store.apply(context.lane, [{ kind: "saveLink", link: titled, keys }]);
    return titled;
  });
}

/**
 * Adds to an outcome that whoever waits because of this record is looked at again, once the record is gone or no longer
 * carries the key they share: an ambiguity may have resolved itself.
 * @param before the link as it was when the attempt began.
 */
export async function withFollowers(
  context: LaneContext,
  attempt: Attempt,
  before: Link,
  outcome: Outcome,
): Promise<Outcome> {
  const after = outcome.told?.link;
  if (after === undefined) return outcome;
  const waiting = [...(await waitingForKeys(context, attempt, before, after)), ...suspectsOf(before, after)];
  const marks = [...new Set(waiting)].filter((id) => id !== before.id).map((id) => followMark(context, attempt, id));
  return { ...outcome, effects: [...outcome.effects, ...marks] };
}

/** Whoever was suspected to be the same, when the question about this record has ended (C11). */
function suspectsOf(before: Link, after: Link): readonly string[] {
  const isAnswered = before.ambiguity?.cause === "lostCreate" && after.ambiguity === undefined;
  return isAnswered ? before.ambiguity.candidates.map(({ linkId }) => linkId) : [];
}

async function waitingForKeys(
  context: LaneContext,
  attempt: Attempt,
  before: Link,
  after: Link,
): Promise<readonly string[]> {
  const mapping = await attempt.open.mapping(attempt.calls);
  const isGone = after.state === "tombstone";
  if (!isGone && changedKeys(mapping, attempt, before, after) === undefined) return [];
  const held = isGone ? [] : keysHeld(mapping, attempt, after);
  const freed = keysHeld(mapping, attempt, before).filter((key) => !held.includes(key));
  return (await waitingFor(context, attempt, mapping, freed)).map(({ id }) => id);
}

function keysHeld(mapping: Mapping, attempt: Attempt, link: Link): readonly MatchKey[] {
  return SIDES.flatMap((side) => keysHeldOn(mapping, attempt, link, side));
}

function keysHeldOn(mapping: Mapping, attempt: Attempt, link: Link, side: Side): readonly MatchKey[] {
  return matchKeys(mapping, attempt.open.sync.match, side, link[side]?.fields ?? {});
}

/**
 * Records that carry one of the keys and wait for it: a person is asked about them, or the other side says otherwise, for
 * instance since the partner lets only one record have it (I10).
 */
async function waitingFor(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  keys: readonly MatchKey[],
): Promise<readonly Link[]> {
  if (keys.length === 0) return [];
  const { workspaceId, id } = attempt.open.sync;
  const found = await Promise.all(SIDES.map((side) => context.store.linksByKeys(workspaceId, id, side, keys)));
  return found.flatMap((some, place) => {
    const side = otherSide(SIDES[place] ?? "left");
    const lacks = (link: Link): boolean => !keysHeldOn(mapping, attempt, link, side).some((key) => keys.includes(key));
    return some
      .map(({ link }) => link)
      .filter((link) => link.state === "ambiguous" || (link.state === "linked" && lacks(link)));
  });
}

function followMark(context: LaneContext, attempt: Attempt, linkId: string): Effect {
  const key = keyText({ kind: "link", linkId });
  const mark = { priority: attempt.due.priority, dueAt: context.clock.now(), reason: "follow" } as const;
  return { kind: "mark", mark: { key, syncId: attempt.open.sync.id, ...mark } };
}

/**
 * Before a create, the partner itself is asked (C2): whoever it names and the hub has not met is remembered, so that
 * the match rules decide about them as about anyone, and is looked at in its own right. Right after both sides were
 * read in full there is nothing that asking would find, unless the listing across lags behind, or somebody was at this
 * record while it was read: they may have been at the other side as well (C8).
 */
export async function meetAcross(context: LaneContext, attempt: Attempt, mapping: Mapping, link: Link): Promise<void> {
  const { workspaceId, id, match } = attempt.open.sync;
  const from = presentSide(link);
  const side = otherSide(from);
  if (attempt.due.reason === "backfill" && (await hasBeenRead(context, attempt, link, side))) return;
  const ids = await lookAcross(attempt, side, recognisedBy(mapping, match, from, link[from]?.fields ?? {}));
  const known = await context.store.linksByRecords(workspaceId, id, side, ids);
  const knownIds = new Set(known.map((candidate) => candidate[side]?.externalId));
  for (const externalId of ids.filter((candidate) => !knownIds.has(candidate))) {
    await meet(context, attempt, side, externalId);
  }
}

/** Whether the first reading of this side shows whoever might be the counterpart of the link's record. */
async function hasBeenRead(context: LaneContext, attempt: Attempt, link: Link, side: Side): Promise<boolean> {
  const { sync, partners } = attempt.open;
  const from = otherSide(side);
  if (partners[side].listing.lagMs > 0) return false;
  const reading = await context.store.checkpoint(sync.workspaceId, sync.id, side, "backfill");
  const changedAt = Number(link[from]?.version ?? Number.NaN);
  // A record that does not say when it was changed may have been made a moment ago.
  return changedAt < (reading?.startedAt ?? 0) - partners[from].listing.overlapMs;
}

async function meet(context: LaneContext, attempt: Attempt, side: Side, externalId: string): Promise<void> {
  // The partner has just named it: a single read that says otherwise is believed as little as in D1.
  const first = await readSide(context, attempt.open, side, externalId, attempt.calls);
  const seen = first.kind === "gone" ? await readSide(context, attempt.open, side, externalId, attempt.calls) : first;
  if (seen.kind === "gone") return;
  const met = await rememberRecord(context, attempt, side, seen.state);
  await context.store.apply(context.lane, [followMark(context, attempt, met.id)]);
}

/** Two one-sided links as one, under the first one's id; not yet agreed on anything. */
export function join(link: Link, other: Link): Link {
  const { ambiguity: _settled, keptAloneAt: _taken, ...rest } = link;
  const side = presentSide(other);
  const state = other[side];
  const joined = state === undefined ? rest : withSide(rest, side, state);
  const beforeStart = link.beforeStart ?? other.beforeStart;
  const first = beforeStart === undefined ? {} : { beforeStart };
  return { ...joined, ...first, state: "linked", base: {}, createdAt: Math.min(link.createdAt, other.createdAt) };
}

/** The match keys of both sides of a joined link. */
export function joinedKeys(
  attempt: Attempt,
  link: Link,
  mapping: Mapping,
): { left: readonly string[]; right: readonly string[] } {
  const rules = attempt.open.sync.match;
  return {
    left: matchKeys(mapping, rules, "left", link.left?.fields ?? {}),
    right: matchKeys(mapping, rules, "right", link.right?.fields ?? {}),
  };
}
