import { otherSide, type Side } from "../../model/record.ts";
import { isBackfilled } from "../backfill/progress.ts";
import { withChildren } from "../children/follow.ts";
import { atGate, beforeGone } from "../children/gate.ts";
import { isChildSync } from "../children/home.ts";
import { meetChild } from "../children/record.ts";
import { identifyChild, meetSiblings } from "../children/siblings.ts";
import type { FreshRow, LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { MatchDecision } from "../match/decide.ts";
import { KEPT_ALONE } from "../match/decide.ts";
import type { Base, Effect, Intent, Link, SideState } from "../ports.ts";
import { clearingOf } from "../queue/deadLetters.ts";
import { keyText, parseKey } from "../queue/keys.ts";
import { partialStart } from "../start/progress.ts";
import { takeIn } from "../start/takeIn.ts";
import { stayAlone } from "./alone.ts";
import { askAboutOneOnly, askAboutSuspects, askPerson, isStillSuspected } from "./asking.ts";
import { reconcileBereft } from "./bereft.ts";
import { claim, nextLook } from "./claim.ts";
import { baseSinceSent, counterpartFields, lacksPlace, type Made, resolveIntent, SOON_MS, send } from "./create.ts";
import { lookLater, observe } from "./evidence.ts";
import { reconcileGone } from "./gone.ts";
import { identify, isKeptAlone, isOneSided, presentSide } from "./identify.ts";
import { type LookedAhead, linkTurn, lookAtLink, lookAtRecord } from "./looked.ts";
import { type PresentObservation, readSide, rowFor } from "./observe.ts";
import { type Attempt, again, type Outcome, SETTLED } from "./outcome.ts";
import { type Pair, reconcilePair, sentBase } from "./pair.ts";
import { identityTurn, join, joinedKeys, meetAcross, refresh, rememberRecord, withFollowers } from "./remember.ts";
import { movedFrom } from "./survivor.ts";
import { reconcileTombstone } from "./tombstone.ts";

/** Reconciles the record of a webhook or listing: its link when it has one, else a new one-sided link. */
export async function reconcileRecord(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  externalId: string,
  row: FreshRow | undefined,
): Promise<void> {
  const known = await lookAtRecord(context, attempt, side, externalId);
  if (known !== undefined) return reconcileLink(context, attempt, known.linkId, row, known);
  if (isChildSync(attempt.open.sync)) return attempt.store(await meetChild(context, attempt, side, externalId));
  const shown = await tellingRow(context, attempt, rowFor(row, side));
  const seen = shown ?? (await readSide(context, attempt.open, side, externalId, attempt.calls));
  if (seen.kind === "gone") return attempt.store(SETTLED);
  const link = await rememberRecord(context, attempt, side, seen.state);
  return reconcileLink(context, attempt, link.id, { side, snapshot: seen.state, asOf: seen.state.asOf });
}

/** T15: a row that does not tell when it was changed is no first sight of a record where that decides what becomes of it. */
async function tellingRow(context: LaneContext, attempt: Attempt, row: PresentObservation | undefined) {
  const isTold = row?.state.version !== undefined;
  return isTold || (await partialStart(context, attempt.open.sync)) === undefined ? row : undefined;
}

/**
 * Reconciles one link and stores what came of it, one attempt at a time.
 * @param ahead the link as it was looked at before its turn.
 */
export function reconcileLink(
  context: LaneContext,
  attempt: Attempt,
  linkId: string,
  row?: FreshRow,
  ahead?: LookedAhead,
): Promise<void> {
  return context.turns.take(linkTurn(linkId), async () => {
    const { link, wasStarted } = ahead?.seen() ?? (await lookAtLink(context, attempt, linkId));
    const outcome = await outcomeFor(context, attempt, link, { row, wasStarted });
    if (link === undefined) return attempt.store(outcome);
    const whole = withChildren(context, attempt, link, madeGood(context, link, outcome));
    return saysOneSided(link, whole) ? storeUnlessJoined(context, attempt, link, whole) : attempt.store(whole);
  });
}

/** Whether the outcome stores the link as one whose counterpart is not known. */
function saysOneSided(link: Link, { effects }: Outcome): boolean {
  return effects.some((effect) => effect.kind === "saveLink" && effect.link.id === link.id && isOneSided(effect.link));
}

/**
 * Records are joined within the identity turn, whoever is being worked on: what was decided of a one-sided link is stored
 * only as long as it still is one, so that a counterpart it was given meanwhile is not lost.
 */
function storeUnlessJoined(context: LaneContext, attempt: Attempt, link: Link, outcome: Outcome): Promise<void> {
  return context.turns.take(identityTurn(link.syncId), async () => {
    const current = await context.store.link(attempt.open.sync.workspaceId, link.id);
    const isJoined = current === undefined || (isOneSided(link) && !isOneSided(current));
    return attempt.store(isJoined ? again(context.clock.now() + SOON_MS) : outcome);
  });
}

/** Q16: a link that has been worked to its end needs nobody to look after what was set aside for it. */
function madeGood(context: LaneContext, link: Link, outcome: Outcome): Outcome {
  if (outcome.againAt !== undefined || !context.deadLetters.mayBeAny()) return outcome;
  const after = outcome.told?.link;
  return { ...outcome, effects: [...outcome.effects, clearingOf(after === undefined ? [link] : [link, after])] };
}

/** What is known of a link's key before anything is read: the row that made it due, and whether its sync was at work. */
interface Known {
  readonly row: FreshRow | undefined;
  readonly wasStarted: boolean;
}

async function outcomeFor(
  context: LaneContext,
  attempt: Attempt,
  link: Link | undefined,
  known: Known,
): Promise<Outcome> {
  if (link === undefined || link.state === "unlinked") return SETTLED;
  const gated = isChildSync(attempt.open.sync) ? await atGate(context, attempt, link) : undefined;
  if (gated !== undefined) return gated;
  if (link.state === "tombstone") return reconcileTombstone(context, attempt, link);
  const outcome = isOneSided(link)
    ? await reconcileOneSided(context, attempt, link, known)
    : await reconcileTwoSided(context, attempt, link, known);
  return withFollowers(context, attempt, link, outcome);
}

async function reconcileTwoSided(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  { row, wasStarted }: Known,
): Promise<Outcome> {
  const [left, right] = await Promise.all([
    observe(context, attempt, link, "left", row),
    observe(context, attempt, link, "right", row),
  ]);
  if (left.kind === "stale" || right.kind === "stale") return lookLater(context, link, [left, right]);
  if (!wasStarted) {
    return takeIn(context, attempt, await attempt.open.mapping(attempt.calls), link, { left, right });
  }
  if (left.kind === "present" && right.kind === "present") {
    return reconcilePair(context, attempt, link, { left: left.state, right: right.state });
  }
  const mapping = await attempt.open.mapping(attempt.calls);
  const side = left.kind === "gone" ? "left" : "right";
  const gated = isChildSync(attempt.open.sync) ? await beforeGone(context, attempt, link, side) : undefined;
  return gated ?? reconcileGone(context, attempt, mapping, link, side, side === "left" ? right : left);
}

/** How long a link that the first matching marked waits for its end, ms: nothing is created before (C5). */
const MATCHING_WAIT_MS = 1_000;

async function reconcileOneSided(
  context: LaneContext,
  attempt: Attempt,
  stored: Link,
  { row, wasStarted }: Known,
): Promise<Outcome> {
  // Children are told apart contact by contact (H6).
  const isMatched = isChildSync(attempt.open.sync) || (await isBackfilled(context, attempt.open.sync));
  if (!isMatched && parseKey(attempt.due.key)?.kind === "link") return again(context.clock.now() + MATCHING_WAIT_MS);
  const side = presentSide(stored);
  const mapping = await attempt.open.mapping(attempt.calls);
  const seen = await observe(context, attempt, stored, side, row);
  if (seen.kind === "stale") return lookLater(context, stored, [seen]);
  if (!wasStarted) return takeIn(context, attempt, mapping, stored, { [side]: seen });
  const gated =
    seen.kind === "gone" && isChildSync(attempt.open.sync)
      ? await beforeGone(context, attempt, stored, side)
      : undefined;
  if (gated !== undefined) return gated;
  // Whoever is being told apart at this moment may turn out to have a counterpart: a deletion waits for that.
  if (seen.kind === "gone" && !isMatched) return again(context.clock.now() + MATCHING_WAIT_MS);
  if (seen.kind === "gone") return reconcileBereft(context, attempt, mapping, stored, side);
  const link = await refresh(context, attempt, mapping, stored, side, seen.state);
  if (link === undefined) return again(context.clock.now() + SOON_MS);
  // Not told apart yet: the matching that is still to come will see what was just stored.
  if (!isMatched) return SETTLED;
  if (isKeptAlone(link)) return stayAlone(link);
  return findCounterpart(context, attempt, mapping, link, seen.state);
}

/** Finishes an open create, else matches, else makes the counterpart. */
async function findCounterpart(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  state: SideState,
): Promise<Outcome> {
  const side = presentSide(link);
  const fields = counterpartFields(mapping, side, state);
  const [open] = await context.store.intentsOfLink(attempt.open.sync.workspaceId, link.id);
  if (open !== undefined) {
    const made = await resolveIntent(context, attempt, mapping, open);
    if (made.kind !== "nothing") return adopt(context, attempt, link, made);
  }
  const isChild = isChildSync(attempt.open.sync);
  const waiting = isChild && !isHeldBack(link) ? await meetSiblings(context, attempt, mapping, link) : undefined;
  if (waiting !== undefined) return waiting;
  const moved = isChild ? undefined : await followMoved(context, attempt, mapping, link);
  if (moved !== undefined) return moved;
  if (!isChild && !isHeldBack(link)) await meetAcross(context, attempt, mapping, link);
  return matchOrMake(context, attempt, mapping, link, fields);
}

/**
 * I11: a new record that is a known one under a new id is no new one. The known one's own work finds it as its survivor,
 * once its old record is proved to be gone; until then nobody is made of it.
 */
async function followMoved(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
): Promise<Outcome | undefined> {
  const side = presentSide(link);
  const [only, ...more] = await movedFrom(context, attempt, mapping, link, side);
  if (only === undefined) return undefined;
  if (more.length > 0) {
    const candidates = [only, ...more].map((other) => ({ linkId: other.id, evidence: ["same name, and gone since"] }));
    return askPerson(context, attempt, link, { kind: "ambiguous", candidates });
  }
  const now = context.clock.now();
  const mark = { priority: attempt.due.priority, dueAt: now, reason: "follow", syncId: link.syncId } as const;
  const looking = { kind: "mark", mark: { key: keyText({ kind: "link", linkId: only.id }), ...mark } } as const;
  return again(now + Math.max(SOON_MS, attempt.open.sync.deletes.holdMs), [looking]);
}

type Found = Extract<Made, { kind: "there" }>;

type Turned =
  | { readonly kind: "outcome"; readonly outcome: Outcome }
  | { readonly kind: "linked"; readonly link: Link; readonly dropped: string; readonly evidence: readonly string[] }
  | { readonly kind: "send"; readonly intent: Intent };

/** Within the identity turn: match, or claim the keys for a create; the network is left for afterwards. */
async function matchOrMake(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  fields: SideState["fields"],
): Promise<Outcome> {
  const turned = await context.turns.take(identityTurn(link.syncId), () =>
    decideInTurn(context, attempt, mapping, link, fields),
  );
  switch (turned.kind) {
    case "outcome":
      return turned.outcome;
    case "linked":
      return reconcileJoined(context, attempt, turned.link, turned.dropped, turned.evidence);
    case "send":
      return adopt(context, attempt, link, await send(context, attempt, turned.intent));
    default:
      return turned satisfies never;
  }
}

async function decideInTurn(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  fields: SideState["fields"],
): Promise<Turned> {
  const { workspaceId } = attempt.open.sync;
  const current = await context.store.link(workspaceId, link.id);
  if (current === undefined || !isOneSided(current))
    return { kind: "outcome", outcome: again(context.clock.now() + SOON_MS) };
  const look = isChildSync(attempt.open.sync) ? identifyChild : identify;
  const decision = await look(context, attempt, mapping, link);
  const isOpen = decision.kind !== "link" && (await isStillSuspected(context, attempt, mapping, current));
  if (isOpen) return { kind: "outcome", outcome: SETTLED };
  switch (decision.kind) {
    case "link":
      return joinInTurn(context, attempt, link, decision);
    case "ambiguous":
      return { kind: "outcome", outcome: askPerson(context, attempt, link, decision) };
    case "none":
      return claimInTurn(context, attempt, mapping, link, fields);
    default:
      return decision satisfies never;
  }
}

/** A candidate that is being created or worked on is waited for, never joined underneath. */
async function joinInTurn(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  decision: Extract<MatchDecision, { kind: "link" }>,
): Promise<Turned> {
  const { workspaceId } = attempt.open.sync;
  const [intents, other] = await Promise.all([
    context.store.intentsOfLink(workspaceId, decision.linkId),
    context.store.link(workspaceId, decision.linkId),
  ]);
  const [open] = intents;
  if (open !== undefined) return { kind: "outcome", outcome: again(nextLook(context, open)) };
  if (other === undefined) return { kind: "outcome", outcome: again(context.clock.now() + SOON_MS) };
  const joined = join(link, other);
  await context.store.apply(context.lane, [
    { kind: "dropLink", linkId: other.id, into: joined.id },
    { kind: "saveLink", link: joined, keys: joinedKeys(attempt, joined, await attempt.open.mapping(attempt.calls)) },
  ]);
  return { kind: "linked", link: joined, dropped: other.id, evidence: decision.evidence };
}

/** T5: no counterpart is made for a record that was left alone when the sync was started. */
function isHeldBack(link: Link): boolean {
  return link.beforeStart === "newOnly";
}

async function claimInTurn(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  fields: SideState["fields"],
): Promise<Turned> {
  const isNobody = Object.keys(fields).length === 0 || lacksPlace(mapping, otherSide(presentSide(link)), fields);
  if (isNobody || isHeldBack(link)) return { kind: "outcome", outcome: SETTLED };
  const claimed = await claim(context, attempt, mapping, link, fields);
  if (claimed.kind === "claimed") return { kind: "send", intent: claimed.intent };
  return { kind: "outcome", outcome: again(claimed.until) };
}

/** Both sides of a link just joined are read afresh, unless the listing that joined them is what is being worked on. */
async function reconcileJoined(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  dropped: string,
  evidence: readonly string[],
): Promise<Outcome> {
  const [left, right] = await Promise.all([
    observe(context, attempt, link, "left", undefined),
    observe(context, attempt, link, "right", undefined),
  ]);
  if (left.kind === "stale" || right.kind === "stale") return lookLater(context, link, [left, right]);
  if (left.kind === "gone" || right.kind === "gone") return again(context.clock.now() + SOON_MS);
  return reconcilePair(
    context,
    attempt,
    link,
    { left: left.state, right: right.state },
    {
      verdict: "linked",
      opening: `Linked: ${evidence.join(", ")}.`,
      note: `joined with ${dropped}`,
    },
  );
}

async function baseOfMade(attempt: Attempt, side: Side, made: Found, pair: Pair): Promise<Base> {
  const mapping = await attempt.open.mapping(attempt.calls);
  if (made.sent !== undefined) return sentBase(mapping, { side, fields: made.sent }, pair);
  return made.sentBefore === undefined ? {} : baseSinceSent(mapping, side, made.sentBefore, pair);
}

/** Joins the record found or made across. One that belongs to another link already is a matter for a person. */
async function adopt(context: LaneContext, attempt: Attempt, link: Link, made: Made): Promise<Outcome> {
  if (made.kind === "wait") return again(made.until);
  if (made.kind === "nothing") return again(context.clock.now() + SOON_MS);
  if (made.kind === "unclear") return askAboutSuspects(context, attempt, link, made);
  const { workspaceId, id } = attempt.open.sync;
  const side = otherSide(presentSide(link));
  const closing = made.intentId === undefined ? [] : [{ kind: "closeIntent", intentId: made.intentId } as const];
  const other = await context.store.linkByRecord(workspaceId, id, side, made.state.externalId);
  if (other !== undefined && link.refused?.includes(made.state.externalId) === true) {
    const asked = askAboutOneOnly(context, attempt, link, other.id);
    return { ...asked, effects: [...closing, ...asked.effects] };
  }
  const isTaken = other !== undefined && (!isOneSided(other) || other.state === "unlinked" || isKeptAlone(other));
  if (isTaken && other.id !== link.id) {
    const whyNot = isKeptAlone(other) ? KEPT_ALONE : "already linked to another";
    const candidates = [{ linkId: other.id, evidence: ["named by the partner as the same", whyNot] }];
    const asked = askPerson(context, attempt, link, { kind: "ambiguous", candidates });
    return { ...asked, effects: [...closing, ...asked.effects] };
  }
  const from = presentSide(link);
  const own = link[from];
  if (own === undefined) return SETTLED;
  const pair = from === "left" ? { left: own, right: made.state } : { left: made.state, right: own };
  const partner = attempt.open.partners[side].name;
  const sent = made.sent === undefined ? undefined : { side, fields: made.sent };
  const base = await baseOfMade(attempt, side, made, pair);
  const beforeStart = link.beforeStart ?? other?.beforeStart;
  const met = { ...link, ...(beforeStart === undefined ? {} : { beforeStart }) };
  return reconcilePair(context, attempt, { ...met, state: "linked", base }, pair, {
    ...(sent === undefined ? {} : { sent }),
    verdict: made.isNew ? "created" : "linked",
    opening: made.isNew ? `Created in ${partner}.` : `Found in ${partner}.`,
    effects: [...closing, ...(other === undefined || other.id === link.id ? [] : [dropInto(other.id, link.id)])],
    allKeys: true,
  });
}

/** The link of a record that goes on under another one. */
function dropInto(linkId: string, into: string): Effect {
  return { kind: "dropLink", linkId, into };
}
