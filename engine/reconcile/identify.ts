import { Failure } from "../../model/errors.ts";
import { otherSide, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import { agreedMatch, type Candidate, decideMatch, type MatchDecision } from "../match/decide.ts";
import { matchKeys, nameForm } from "../match/keys.ts";
import type { EngineStore, Link, MatchKey, SideState } from "../ports.ts";
import type { Attempt } from "./outcome.ts";

/** Which side of a one-sided link is there. @throws Error when both or none are. */
export function presentSide(link: Link): Side {
  if ((link.left === undefined) === (link.right === undefined)) throw new Error(`link ${link.id} is not one-sided`);
  return link.left === undefined ? "right" : "left";
}

/** Whether the link has only one record, so that a counterpart may be looked for. */
export function isOneSided(link: Link): boolean {
  return (link.left === undefined) !== (link.right === undefined);
}

/** I13: whether a person said that the record stays on its one side. */
export function isKeptAlone(link: Link): boolean {
  return link.keptAloneAt !== undefined;
}

/** I7, I13: whether a person said of either record that it is not the other, or that it is nobody's counterpart. */
export function areToldApart(link: Link, other: Link): boolean {
  return isKeptAlone(link) || isKeptAlone(other) || isRefused(link, other);
}

/** I7: whether a person said of just these two that they are not the same. */
export function isRefused(link: Link, other: Link): boolean {
  const refuses = (one: Link, another: Link): boolean => {
    const externalId = isOneSided(one) ? another[otherSide(presentSide(one))]?.externalId : undefined;
    return externalId !== undefined && one.refused?.includes(externalId) === true;
  };
  return refuses(link, other) || refuses(other, link);
}

/** Asks the match rules who a record without counterpart is, among all records the hub knows. */
export async function identify(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
): Promise<MatchDecision> {
  if (isKeptAlone(link)) return { kind: "none" };
  const decision = await choiceOf(context, attempt, mapping, link);
  if (decision.kind !== "link") return decision;
  const chosen = await context.store.link(attempt.open.sync.workspaceId, decision.linkId);
  if (chosen === undefined || !isOneSided(chosen)) {
    throw new Failure("conflict", `match link ${link.id}: the link it matched was joined meanwhile; looking again`);
  }
  return agreedMatch(link.id, decision, await choiceOf(context, attempt, mapping, chosen));
}

/** Whom the rules choose for this record, before the one chosen is asked. */
async function choiceOf(context: LaneContext, attempt: Attempt, mapping: Mapping, link: Link): Promise<MatchDecision> {
  const side = presentSide(link);
  const subject = candidateOf(mapping, attempt, link, side);
  if (subject === undefined || subject.keys.length === 0) return { kind: "none" };
  const { across, beside, kept } = await neighbours(context.store, attempt, mapping, link, subject);
  const decision = decideMatch(subject, across, beside, attempt.open.sync.match);
  // I14: nobody is made beside one that a person keeps alone, without asking.
  return decision.kind === "none" ? decideMatch(subject, kept, [], attempt.open.sync.match) : decision;
}

async function neighbours(
  store: EngineStore,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  subject: Candidate,
): Promise<{ across: Candidate[]; beside: Candidate[]; kept: Candidate[] }> {
  const { workspaceId, id } = attempt.open.sync;
  const side = presentSide(link);
  const [opposite, own] = await Promise.all([
    store.linksByKeys(workspaceId, id, otherSide(side), subject.keys),
    store.linksByKeys(workspaceId, id, side, subject.keys),
  ]);
  const opposed = opposite.map((found) => found.link).filter((other) => !areToldApart(link, other));
  const kept = opposite.map((found) => found.link).filter((other) => isKeptAlone(other) && !isRefused(link, other));
  const rivals = own
    .map((found) => found.link)
    .filter((other) => other.id !== subject.linkId && isOneSided(other) && mayRival(other, opposed));
  return {
    across: candidates(mapping, otherSide(side), opposed, attempt),
    kept: candidates(mapping, otherSide(side), kept, attempt),
    beside: candidates(mapping, side, rivals, attempt),
  };
}

/** Whether the record may claim one of these: a person has not told it apart from all of them. */
export function mayRival(link: Link, across: readonly Link[]): boolean {
  return across.some((other) => !areToldApart(link, other));
}

function candidates(mapping: Mapping, side: Side, links: readonly Link[], attempt: Attempt): Candidate[] {
  return links
    .filter((link) => link.state !== "tombstone")
    .map((link) => candidateOf(mapping, attempt, link, side))
    .filter((candidate) => candidate !== undefined);
}

/** The record of that side as the match rules see it; `undefined` when the link has none there. */
export function candidateOf(mapping: Mapping, attempt: Attempt, link: Link, side: Side): Candidate | undefined {
  const state = link[side];
  return state === undefined ? undefined : asCandidate(mapping, attempt, link, side, state);
}

/** The record of one side as the match rules see it. */
export function asCandidate(mapping: Mapping, attempt: Attempt, link: Link, side: Side, state: SideState): Candidate {
  const keys: readonly MatchKey[] = matchKeys(mapping, attempt.open.sync.match, side, state.fields);
  return {
    linkId: link.id,
    keys,
    name: nameForm(mapping, side, state.fields),
    isTaken: !isOneSided(link) || link.state === "unlinked" || isKeptAlone(link),
    ...(isKeptAlone(link) ? { isKeptAlone: true } : {}),
  };
}
