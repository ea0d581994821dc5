import { otherSide, type Side } from "../../model/record.ts";
import { isBackfilled } from "../backfill/progress.ts";
import type { FreshRow, LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { MatchDecision } from "../match/decide.ts";
import { matchKeys } from "../match/keys.ts";
import type { Link, SideState } from "../ports.ts";
import {
  CLAIM_WAIT_MS,
  counterpartFields,
  intentFor,
  lookAcross,
  type Made,
  resolveIntent,
  SOON_MS,
  send,
  stateOf,
} from "./create.ts";
import { reconcileGone } from "./gone.ts";
import { identify, isOneSided, presentSide } from "./identify.ts";
import { isSameState, type Observation, readSide, rowFor, withSide } from "./observe.ts";
import { type Attempt, again, decided, type Outcome, SETTLED } from "./outcome.ts";
import { reconcilePair, titleOf } from "./pair.ts";

/** The turn in which records of a sync are told apart: one at a time, so that two never become each other's twice. */
export function identityTurn(syncId: string): string {
  return `identity:${syncId}`;
}

/** Reconciles the record of a webhook or listing: its link when it has one, else a new one-sided link. */
export async function reconcileRecord(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  externalId: string,
  row: FreshRow | undefined,
): Promise<Outcome> {
  const { workspaceId, id } = attempt.open.sync;
  const known = await context.store.linkByRecord(workspaceId, id, side, externalId);
  if (known !== undefined) return reconcileLink(context, attempt, known.id, row);
  const seen = rowFor(row, side) ?? (await readSide(context, attempt.open, side, externalId, attempt.calls));
  if (seen.kind === "gone") return SETTLED;
  const link = await rememberRecord(context, attempt, side, seen.state);
  return reconcileLink(context, attempt, link.id, { side, snapshot: seen.state, asOf: seen.state.asOf });
}

/** Stores a one-sided link for a record not seen before; another key may have done so meanwhile. */
async function rememberRecord(context: LaneContext, attempt: Attempt, side: Side, state: SideState): Promise<Link> {
  const { workspaceId, id, match } = attempt.open.sync;
  const mapping = await attempt.open.mapping(attempt.calls);
  return context.turns.take(identityTurn(id), async () => {
    const known = await context.store.linkByRecord(workspaceId, id, side, state.externalId);
    if (known !== undefined) return known;
    const link = oneSided(context, mapping, id, side, state);
    const keys = { [side]: matchKeys(mapping, match, side, state.fields) };
    await context.store.apply(context.lane, [{ kind: "saveLink", link, keys }]);
    return link;
  });
}

/** A link for a record whose counterpart is not known. */
export function oneSided(
  context: Pick<LaneContext, "newId" | "clock">,
  mapping: Mapping,
  syncId: string,
  side: Side,
  state: SideState,
): Link {
  const now = context.clock.now();
  return {
    id: context.newId(),
    syncId,
    state: "half",
    [side]: state,
    base: {},
    conflicts: [],
    findings: [],
    title: titleOf(mapping, side === "left" ? state : undefined, side === "right" ? state : undefined),
    createdAt: now,
    updatedAt: now,
  };
}

/** Reconciles one link, one attempt at a time. */
export function reconcileLink(
  context: LaneContext,
  attempt: Attempt,
  linkId: string,
  row?: FreshRow,
): Promise<Outcome> {
  return context.turns.take(`link:${linkId}`, async () => {
    const link = await context.store.link(attempt.open.sync.workspaceId, linkId);
    if (link === undefined || link.state === "tombstone") return SETTLED;
    return isOneSided(link)
      ? reconcileOneSided(context, attempt, link, row)
      : reconcileTwoSided(context, attempt, link, row);
  });
}

async function reconcileTwoSided(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  row: FreshRow | undefined,
): Promise<Outcome> {
  const [left, right] = await Promise.all([
    observe(context, attempt, link, "left", row),
    observe(context, attempt, link, "right", row),
  ]);
  if (left.kind === "present" && right.kind === "present") {
    if (link.state === "unlinked") return SETTLED;
    return reconcilePair(context, attempt, link, { left: left.state, right: right.state });
  }
  const mapping = await attempt.open.mapping(attempt.calls);
  if (left.kind === "gone") return reconcileGone(context, attempt, mapping, link, "left", right);
  return reconcileGone(context, attempt, mapping, link, "right", left);
}

/** A list row just seen stands for a read when the listing itself made the key due; otherwise the record is read. */
async function observe(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  side: Side,
  row: FreshRow | undefined,
): Promise<Observation> {
  const fromRow = rowFor(row, side);
  if (fromRow !== undefined) return fromRow;
  const externalId = link[side]?.externalId ?? "";
  return readSide(context, attempt.open, side, externalId, attempt.calls);
}

async function reconcileOneSided(
  context: LaneContext,
  attempt: Attempt,
  stored: Link,
  row: FreshRow | undefined,
): Promise<Outcome> {
  const side = presentSide(stored);
  const mapping = await attempt.open.mapping(attempt.calls);
  const seen = await observe(context, attempt, stored, side, row);
  if (seen.kind === "gone") return reconcileGone(context, attempt, mapping, stored, side, undefined);
  const link = await refresh(context, attempt, mapping, stored, side, seen.state);
  if (link.state === "unlinked") return SETTLED;
  if (!(await isBackfilled(context, attempt.open.sync))) return SETTLED;
  return findCounterpart(context, attempt, mapping, link, seen.state);
}

/** Stores what the record says now, so that the match rules see it. */
async function refresh(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  side: Side,
  state: SideState,
): Promise<Link> {
  if (isSameState(link[side], state)) return withSide(link, side, state);
  const fresh = { ...withSide(link, side, state), updatedAt: context.clock.now() };
  const titled = { ...fresh, title: titleOf(mapping, fresh.left, fresh.right) };
  const keys = { [side]: matchKeys(mapping, attempt.open.sync.match, side, state.fields) };
  await context.store.apply(context.lane, [{ kind: "saveLink", link: titled, keys }]);
  return titled;
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
    const made = await resolveIntent(context, attempt, open, fields);
    if (made.kind !== "nothing") return adopt(context, attempt, link, made);
  }
  const found = await alreadyAcross(context, attempt, mapping, link);
  if (found !== undefined) return adopt(context, attempt, link, found);
  return matchOrMake(context, attempt, mapping, link, fields);
}

/**
 * Before a create, the partner itself is asked: a record may be there that no listing has shown yet (C2). Right after
 * both sides were read in full there is nothing that asking would find.
 */
async function alreadyAcross(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
): Promise<Made | undefined> {
  if (attempt.due.reason === "backfill") return undefined;
  const { workspaceId, id } = attempt.open.sync;
  const side = otherSide(presentSide(link));
  const ids = await lookAcross(attempt, side, intentFor(context, attempt, mapping, link).findBy);
  const known = await context.store.linksByRecords(workspaceId, id, side, ids);
  const knownIds = new Set(known.map((candidate) => candidate[side]?.externalId));
  const unknown = ids.find((externalId) => !knownIds.has(externalId));
  if (unknown === undefined) return undefined;
  const state = await stateOf(context, attempt, side, unknown);
  return { kind: "there", state, isNew: false, fields: {} };
}

type Turned =
  | { readonly kind: "outcome"; readonly outcome: Outcome }
  | { readonly kind: "linked"; readonly link: Link; readonly dropped: string; readonly evidence: readonly string[] }
  | { readonly kind: "send"; readonly intent: ReturnType<typeof intentFor> };

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
      return adopt(context, attempt, link, await send(context, attempt, turned.intent, fields));
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
  const decision = await identify(context, attempt, mapping, link);
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
  if (intents.length > 0 || other === undefined) {
    return { kind: "outcome", outcome: again(context.clock.now() + CLAIM_WAIT_MS) };
  }
  const joined = join(link, other);
  await context.store.apply(context.lane, [
    { kind: "dropLink", linkId: other.id },
    { kind: "saveLink", link: joined, keys: joinedKeys(attempt, joined, await attempt.open.mapping(attempt.calls)) },
  ]);
  return { kind: "linked", link: joined, dropped: other.id, evidence: decision.evidence };
}

/** Two one-sided links as one, under the first one's id; not yet agreed on anything. */
export function join(link: Link, other: Link): Link {
  const { ambiguity: _settled, ...rest } = link;
  const side = presentSide(other);
  const state = other[side];
  const joined = state === undefined ? rest : withSide(rest, side, state);
  return { ...joined, state: "linked", base: {}, createdAt: Math.min(link.createdAt, other.createdAt) };
}

function joinedKeys(
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

async function claimInTurn(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  fields: SideState["fields"],
): Promise<Turned> {
  if (Object.keys(fields).length === 0) return { kind: "outcome", outcome: SETTLED };
  const intent = intentFor(context, attempt, mapping, link);
  const holder = await context.store.openIntent(context.lane, intent);
  if (holder === undefined) return { kind: "send", intent };
  return { kind: "outcome", outcome: again(context.clock.now() + CLAIM_WAIT_MS) };
}

/** I4: several could be the same person, or the only one is taken: nothing is created, a person is asked. */
function askPerson(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  decision: Extract<MatchDecision, { kind: "ambiguous" }>,
): Outcome {
  const isKnown =
    link.state === "ambiguous" && JSON.stringify(link.ambiguity?.candidates) === JSON.stringify(decision.candidates);
  if (isKnown) return SETTLED;
  const now = context.clock.now();
  const waiting: Link = {
    ...link,
    state: "ambiguous",
    ambiguity: { candidates: decision.candidates, since: link.ambiguity?.since ?? now },
    updatedAt: now,
  };
  const count = decision.candidates.length;
  const summary = `${count === 1 ? "One record" : `${count} records`} could be the same person: a person must choose.`;
  return decided(context, attempt, waiting, "ambiguous", summary);
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

/** Joins the record found or made across. One that belongs to another link already is a matter for a person. */
async function adopt(context: LaneContext, attempt: Attempt, link: Link, made: Made): Promise<Outcome> {
  if (made.kind === "wait") return again(made.until);
  if (made.kind === "nothing") return again(context.clock.now() + SOON_MS);
  const { workspaceId, id } = attempt.open.sync;
  const side = otherSide(presentSide(link));
  const closing = made.intentId === undefined ? [] : [{ kind: "closeIntent", intentId: made.intentId } as const];
  const other = await context.store.linkByRecord(workspaceId, id, side, made.state.externalId);
  if (other !== undefined && other.id !== link.id && (!isOneSided(other) || other.state === "unlinked")) {
    const candidates = [
      { linkId: other.id, evidence: ["named by the partner as the same", "already linked to another"] },
    ];
    const asked = askPerson(context, attempt, link, { kind: "ambiguous", candidates });
    return { ...asked, effects: [...closing, ...asked.effects] };
  }
  const from = presentSide(link);
  const own = link[from];
  if (own === undefined) return SETTLED;
  const pair = from === "left" ? { left: own, right: made.state } : { left: made.state, right: own };
  const partner = attempt.open.partners[side].name;
  return reconcilePair(context, attempt, { ...link, state: "linked" }, pair, {
    verdict: made.isNew ? "created" : "linked",
    opening: made.isNew ? `Created in ${partner}.` : `Found in ${partner}.`,
    effects: [
      ...closing,
      ...(other === undefined || other.id === link.id ? [] : [{ kind: "dropLink", linkId: other.id } as const]),
    ],
    allKeys: true,
  });
}
