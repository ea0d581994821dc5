import { otherSide } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { MatchDecision } from "../match/decide.ts";
import { matchKeys } from "../match/keys.ts";
import type { Ambiguity, Effect, Link, SideState } from "../ports.ts";
import { isKeptAlone, isOneSided, presentSide } from "./identify.ts";
import { type Attempt, decided, journalLine, type Outcome, SETTLED } from "./outcome.ts";
import { identityTurn, rememberRecord } from "./remember.ts";

/**
 * Questions that only a person can answer: who is who. Asked once, with the candidates and what speaks for each; until
 * it is answered, or answers itself, nothing is created for the records it is about.
 * Source: docs/SPEC.md I4, C11.
 */

/** I4: several could be the same person, or the only one is taken: nothing is created, a person is asked. */
export function askPerson(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  decision: Extract<MatchDecision, { kind: "ambiguous" }>,
): Outcome {
  const isKnown =
    link.state === "ambiguous" && JSON.stringify(link.ambiguity?.candidates) === JSON.stringify(decision.candidates);
  if (isKnown) return SETTLED;
  const waiting = unclear(context, link, { candidates: decision.candidates });
  const count = decision.candidates.length;
  const summary = `${count === 1 ? "One record" : `${count} records`} could be the same: a person must choose.`;
  return decided(context, attempt, waiting, "ambiguous", summary);
}

/**
 * I12: a person said that these are not the same, but the partner will not hold both: nothing is written, and the person is
 * told, until what they share has changed.
 */
export function askAboutOneOnly(context: LaneContext, attempt: Attempt, link: Link, otherId: string): Outcome {
  const side = otherSide(presentSide(link));
  const { name } = attempt.open.partners[side];
  const evidence = [`${name} allows only one record with the e-mail or phone that they share`];
  const waiting = unclear(context, link, { cause: "oneOnly", candidates: [{ linkId: otherId, evidence }] });
  const summary = `Not created in ${name}: it allows only one record with this e-mail or phone, and somebody else has it. Change it on one of the two, or link them.`;
  return decided(context, attempt, waiting, "ambiguous", summary);
}

/** What may have come of a create whose answer was lost. */
interface Unclear {
  readonly intentId: string;
  readonly suspects: readonly SideState[];
}

const SUSPECTED = "appeared while an answer about creating it was lost";

/**
 * C11: any of these may be what was made of the link's record. All of them wait for a person, in one step with the end of
 * the create, so that none of them is created across in between.
 */
export async function askAboutSuspects(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  { intentId, suspects }: Unclear,
): Promise<Outcome> {
  const side = otherSide(presentSide(link));
  const met: Link[] = [];
  for (const state of suspects) met.push(await rememberRecord(context, attempt, side, state, link.parentLinkId));
  return context.turns.take(identityTurn(link.syncId), async () => {
    const free = await stillFree(context, attempt, met);
    const asked = unclear(context, link, { cause: "lostCreate", candidates: free.map(({ id }) => candidate(id)) });
    const summary = `Created across, but the answer was lost, and ${free.length === 1 ? "a record" : `${free.length} records`} may be what was made: a person must choose.`;
    await context.store.apply(context.lane, [
      { kind: "closeIntent", intentId },
      ...free.map((other): Effect => ({ kind: "saveLink", link: suspected(context, other, link.id) })),
      ...(free.length === 0 ? [] : askedEffects(context, attempt, asked, summary)),
    ]);
    const now = context.clock.now();
    return free.length === 0
      ? { effects: [], againAt: now }
      : { effects: [], told: { link: asked, verdict: "ambiguous" } };
  });
}

async function stillFree(context: LaneContext, attempt: Attempt, met: readonly Link[]): Promise<readonly Link[]> {
  const ids = met.map(({ id }) => id);
  const links = await context.store.links(attempt.open.sync.workspaceId, ids);
  return links.filter(
    (other) => isOneSided(other) && !isKeptAlone(other) && (other.state === "half" || other.state === "ambiguous"),
  );
}

function askedEffects(context: LaneContext, attempt: Attempt, asked: Link, summary: string): Effect[] {
  return [{ kind: "saveLink", link: asked }, journalLine(context, attempt, asked, "ambiguous", summary)];
}

function suspected(context: LaneContext, other: Link, linkId: string): Link {
  const known = other.ambiguity?.cause === "lostCreate" ? other.ambiguity.candidates : [];
  const others = known.filter((one) => one.linkId !== linkId);
  return unclear(context, other, { cause: "lostCreate", candidates: [...others, candidate(linkId)] });
}

function candidate(linkId: string): Ambiguity["candidates"][number] {
  return { linkId, evidence: [SUSPECTED] };
}

function unclear(context: LaneContext, link: Link, question: Omit<Ambiguity, "since">): Link {
  const now = context.clock.now();
  const ambiguity = { ...question, since: link.ambiguity?.since ?? now };
  return { ...link, state: "ambiguous", ambiguity, updatedAt: now };
}

/**
 * C11: whether one of the records that may be what a lost create made still has no counterpart. No key says so, which is
 * why it is not asked of the match rules.
 */
export async function isStillSuspected(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
): Promise<boolean> {
  const { ambiguity } = link;
  if (ambiguity?.cause === undefined) return false;
  const ids = ambiguity.candidates.map(({ linkId }) => linkId);
  const others = await context.store.links(attempt.open.sync.workspaceId, ids);
  if (ambiguity.cause === "oneOnly") return others.some((other) => sharesKey(mapping, attempt, link, other));
  return others.some((other) => isOneSided(other) && other.state !== "unlinked" && !isKeptAlone(other));
}

function sharesKey(mapping: Mapping, attempt: Attempt, link: Link, other: Link): boolean {
  const side = presentSide(link);
  const { match } = attempt.open.sync;
  const across = otherSide(side);
  const theirs = matchKeys(mapping, match, across, other[across]?.fields ?? {});
  return matchKeys(mapping, match, side, link[side]?.fields ?? {}).some((key) => theirs.includes(key));
}
