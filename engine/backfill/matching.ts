import { PRIORITIES } from "../../model/priority.ts";
import { otherSide, SIDES, type Side } from "../../model/record.ts";
import { isEmpty } from "../../model/value.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import { agreedMatch, type Candidate, decideMatch, type MatchDecision } from "../match/decide.ts";
import { matchKeys } from "../match/keys.ts";
import { isQuiet, plan } from "../merge/plan.ts";
import type { Checkpoint, Effect, Link, MatchKey, SideState } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { areToldApart, asCandidate, candidateOf, isOneSided, mayRival, presentSide } from "../reconcile/identify.ts";
import { type Attempt, journalLine } from "../reconcile/outcome.ts";
import { nextLink, observed } from "../reconcile/pair.ts";
import { identityTurn, join } from "../reconcile/remember.ts";
import { isStarted } from "../start/progress.ts";

const BATCH = 500;

/**
 * Tells apart all one-sided links, a batch at a time: equal pairs are linked and agreed on the spot, pairs that differ
 * are linked and marked as due, records without counterpart are marked as due, and the unclear wait for a person.
 */
export async function matchAll(context: LaneContext, attempt: Attempt, mapping: Mapping): Promise<void> {
  const { workspaceId, id } = attempt.open.sync;
  const stored = await context.store.checkpoint(workspaceId, id, "left", "match");
  let position: Position = {
    checkpoint: stored ?? { syncId: id, side: "left", kind: "match", startedAt: context.clock.now(), seen: 0 },
  };
  while (position.checkpoint.finishedAt === undefined) {
    const from = position;
    position = await context.turns.take(identityTurn(id), () => matchBatch(context, attempt, mapping, from));
    context.news({ kind: "progress", workspaceId, syncId: id, checkpoint: position.checkpoint });
  }
}

/** How far the matching has come. After a crash it begins anew; what was told apart is no longer one-sided. */
interface Position {
  readonly checkpoint: Checkpoint;
  readonly afterId?: string;
}

async function matchBatch(context: LaneContext, attempt: Attempt, mapping: Mapping, from: Position): Promise<Position> {
  const { workspaceId, id } = attempt.open.sync;
  const query = {
    states: ["half"] as const,
    limit: BATCH,
    ...(from.afterId === undefined ? {} : { afterId: from.afterId }),
  };
  const batch = await context.store.linksAfter(workspaceId, id, query);
  const last = batch.at(-1);
  const counted: Checkpoint = { ...from.checkpoint, seen: from.checkpoint.seen + batch.length };
  const checkpoint = last === undefined ? { ...counted, finishedAt: context.clock.now() } : counted;
  const known = await neighbourhood(context, attempt, mapping, batch);
  const quietly = { ...attempt, calls: { priority: attempt.calls.priority, calls: [] } };
  const effects = batch.flatMap((link) => {
    const isSettled = known.dropped.has(link.id) || !isOneSided(known.links.get(link.id) ?? link);
    return isSettled ? [] : settleOne(context, quietly, mapping, link, known);
  });
  // T1: before the start nothing is worked on; starting marks all that is to do.
  const isWorked = await isStarted(context, attempt.open.sync);
  const stored = isWorked ? effects : effects.filter(({ kind }) => kind !== "mark");
  await context.store.apply(context.lane, [...stored, { kind: "checkpoint", checkpoint }]);
  return last === undefined ? { checkpoint } : { checkpoint, afterId: last.id };
}

/** Every link that shares a key with one of the batch, by side and key, kept up to date as the batch is worked. */
interface Neighbourhood {
  readonly links: Map<string, Link>;
  readonly byKey: Readonly<Record<Side, Map<MatchKey, Set<string>>>>;
  readonly dropped: Set<string>;
}

async function neighbourhood(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  batch: readonly Link[],
): Promise<Neighbourhood> {
  const known: Neighbourhood = {
    links: new Map(batch.map((link) => [link.id, link])),
    byKey: { left: new Map(), right: new Map() },
    dropped: new Set(),
  };
  const keys = keysOfAll(attempt, mapping, batch);
  await meet(context, attempt, known, keys);
  // Whom a record of the batch may choose is asked in turn, and has neighbours of its own.
  const theirs = keysOfAll(attempt, mapping, [...known.links.values()].filter(isOneSided));
  await meet(context, attempt, known, new Set([...theirs].filter((key) => !keys.has(key))));
  return known;
}

/** The match keys of these one-sided links. */
function keysOfAll(attempt: Attempt, mapping: Mapping, links: readonly Link[]): Set<MatchKey> {
  const { match } = attempt.open.sync;
  return new Set(
    links.flatMap((link) => {
      const side = presentSide(link);
      return matchKeys(mapping, match, side, link[side]?.fields ?? {});
    }),
  );
}

/** Takes in every link that carries one of the keys. */
async function meet(
  context: LaneContext,
  attempt: Attempt,
  known: Neighbourhood,
  keys: ReadonlySet<MatchKey>,
): Promise<void> {
  const { workspaceId, id } = attempt.open.sync;
  if (keys.size === 0) return;
  for (const side of SIDES) {
    for (const found of await context.store.linksByKeys(workspaceId, id, side, [...keys])) {
      if (found.link.state === "tombstone") continue;
      known.links.set(found.link.id, found.link);
      for (const key of found.keys) {
        const ids = known.byKey[side].get(key) ?? new Set();
        known.byKey[side].set(key, ids.add(found.link.id));
      }
    }
  }
}

function settleOne(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  known: Neighbourhood,
): Effect[] {
  const decision = decideIn(attempt, mapping, link, known);
  switch (decision.kind) {
    case "none":
      return [dueMark(context, link)];
    case "ambiguous":
      return ambiguous(context, attempt, link, decision);
    case "link":
      return linked(context, attempt, mapping, link, decision, known);
    default:
      return decision satisfies never;
  }
}

function decideIn(attempt: Attempt, mapping: Mapping, link: Link, known: Neighbourhood): MatchDecision {
  const decision = choiceIn(attempt, mapping, link, known);
  const chosen = decision.kind === "link" ? known.links.get(decision.linkId) : undefined;
  return chosen === undefined ? decision : agreedMatch(link.id, decision, choiceIn(attempt, mapping, chosen, known));
}

/** Whom the rules choose for this record, before the one chosen is asked. */
function choiceIn(attempt: Attempt, mapping: Mapping, link: Link, known: Neighbourhood): MatchDecision {
  const side = presentSide(link);
  const state = link[side];
  if (state === undefined) return { kind: "none" };
  const subject = asCandidate(mapping, attempt, link, side, state);
  const opposed = gather(known, otherSide(side), subject, (other) => !areToldApart(link, other));
  const rivals = gather(known, side, subject, (other) => isOneSided(other) && mayRival(other, opposed));
  const across = opposed.flatMap((other) => candidateOf(mapping, attempt, other, otherSide(side)) ?? []);
  const beside = rivals.flatMap((other) => candidateOf(mapping, attempt, other, side) ?? []);
  return decideMatch(subject, across, beside, attempt.open.sync.match);
}

/** Links that carry one of the subject's keys on this side, but for its own. */
function gather(known: Neighbourhood, side: Side, subject: Candidate, keep: (link: Link) => boolean): Link[] {
  const ids = new Set(subject.keys.flatMap((key) => [...(known.byKey[side].get(key) ?? [])]));
  ids.delete(subject.linkId);
  const links = [...ids].flatMap((id) => (known.dropped.has(id) ? [] : (known.links.get(id) ?? [])));
  return links.filter((link) => link[side] !== undefined && keep(link));
}

function linked(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  decision: Extract<MatchDecision, { kind: "link" }>,
  known: Neighbourhood,
): Effect[] {
  const other = known.links.get(decision.linkId);
  if (other === undefined) return [dueMark(context, link)];
  const joined = join(link, other);
  known.dropped.add(other.id);
  const { left, right } = joined;
  if (left === undefined || right === undefined) return [];
  const planned = plan({ mapping, base: {}, left: observed(left), right: observed(right) });
  const isAgreed = isQuiet(planned) && planned.findings.length === 0 && isWholeTold(mapping, left, right);
  const saved = isAgreed ? nextLink(context, mapping, joined, planned, { left, right }) : joined;
  known.links.set(link.id, saved);
  reindex(known, other, link.id);
  const summary = `Linked: ${decision.evidence.join(", ")}.`;
  return [
    { kind: "dropLink", linkId: other.id },
    { kind: "saveLink", link: saved, keys: keysOfBoth(attempt, mapping, saved) },
    journalLine(context, attempt, saved, "linked", summary, { note: `joined with ${other.id}`, mapping }),
    ...(isAgreed ? [] : [dueMark(context, link)]),
  ];
}

/** Whether no row kept quiet about a field that the other fills: only a read can tell whether it is empty there. */
function isWholeTold(mapping: Mapping, left: SideState, right: SideState): boolean {
  return mapping.fields.every(({ keys }) => {
    const values = [left.fields[keys.left], right.fields[keys.right]];
    return !values.includes(undefined) || values.every((value) => isEmpty(value ?? ""));
  });
}

/** The dropped link's keys now lead to the link it joined. */
function reindex(known: Neighbourhood, dropped: Link, into: string): void {
  for (const ids of known.byKey[presentSide(dropped)].values()) {
    if (ids.delete(dropped.id)) ids.add(into);
  }
}

function keysOfBoth(
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
): { left: readonly string[]; right: readonly string[] } {
  const rules = attempt.open.sync.match;
  return {
    left: matchKeys(mapping, rules, "left", link.left?.fields ?? {}),
    right: matchKeys(mapping, rules, "right", link.right?.fields ?? {}),
  };
}

function ambiguous(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  decision: Extract<MatchDecision, { kind: "ambiguous" }>,
): Effect[] {
  const now = context.clock.now();
  const waiting: Link = {
    ...link,
    state: "ambiguous",
    ambiguity: { candidates: decision.candidates, since: now },
    updatedAt: now,
  };
  const summary = "Several records could be the same: a person must choose.";
  return [{ kind: "saveLink", link: waiting }, journalLine(context, attempt, waiting, "ambiguous", summary)];
}

function dueMark(context: LaneContext, { id, syncId }: Link): Effect {
  return {
    kind: "mark",
    mark: {
      key: keyText({ kind: "link", linkId: id }),
      syncId,
      priority: PRIORITIES.backfill,
      dueAt: context.clock.now(),
      reason: "backfill",
    },
  };
}
