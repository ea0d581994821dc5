import type { LaneContext } from "../context.ts";
import type { Effect, Link } from "../ports.ts";
import { type Key, keyText } from "../queue/keys.ts";
import { keepAlone, keptBeside, takeBackAlone } from "./alone.ts";
import { nextLook } from "./claim.ts";
import { SOON_MS } from "./create.ts";
import { isOneSided, isRefused, presentSide } from "./identify.ts";
import { type Attempt, again, decided, journalLine, type Outcome, SETTLED } from "./outcome.ts";
import { identityTurn, join, joinedKeys } from "./remember.ts";

/**
 * What a person said about who is who. Each decision is a key of its own, so it is carried out once, survives a crash and
 * is seen by whoever looks what is due; one that no longer applies changes nothing.
 * Source: docs/SPEC.md I7, I8, I13.
 */

/** A decision about who is who, as its key names it. */
export type IdentityDecision = Extract<Key, { kind: "same" | "different" | "new" | "alone" | "notAlone" }>;

/** Carries out a decision about who is who. */
export async function decideIdentity(context: LaneContext, attempt: Attempt, key: IdentityDecision): Promise<void> {
  const ids = "otherId" in key ? [key.linkId, key.otherId] : [key.linkId];
  const turns = [...ids.sort().map((id) => `link:${id}`), identityTurn(attempt.open.sync.id)];
  await inTurns(context, turns, async () => attempt.store(await decisionOf(context, attempt, key)));
}

/**
 * Takes the turns one within the other. Whoever reconciles holds one link's turn and waits for no other, and nobody waits
 * for a link within the identity turn, so that links in the order of their ids never wait in a ring.
 */
function inTurns(context: LaneContext, names: readonly string[], work: () => Promise<void>): Promise<void> {
  const [first, ...rest] = names;
  return first === undefined ? work() : context.turns.take(first, () => inTurns(context, rest, work));
}

async function decisionOf(context: LaneContext, attempt: Attempt, key: IdentityDecision): Promise<Outcome> {
  const { workspaceId } = attempt.open.sync;
  const link = await context.store.link(workspaceId, key.linkId);
  if (link === undefined || !isWaiting(link)) return SETTLED;
  if (key.kind === "alone") return keepAlone(context, attempt, link);
  if (key.kind === "notAlone") return takeBackAlone(context, attempt, link);
  if (key.kind === "new" && link.beforeStart === "newOnly") return released(context, attempt, link);
  const ids = "otherId" in key ? [key.otherId] : await noneOfThese(context, attempt, link);
  const others = await context.store.links(workspaceId, ids);
  return key.kind === "same" ? same(context, attempt, link, others[0]) : different(context, attempt, link, others);
}

/** Whom a record that is said to be new is not: those it could be, and those beside it that are kept alone. */
async function noneOfThese(context: LaneContext, attempt: Attempt, link: Link): Promise<readonly string[]> {
  const asked = (link.ambiguity?.candidates ?? []).map(({ linkId }) => linkId);
  return [...new Set([...asked, ...(await keptBeside(context, attempt, link))])];
}

/** T5: a person asks for the counterpart of a record that was left alone at the start; what else it says holds as well. */
function released(context: LaneContext, attempt: Attempt, link: Link): Outcome {
  const { beforeStart: _heldBack, ...free } = link;
  const effects: Effect[] = [{ kind: "saveLink", link: { ...free, updatedAt: context.clock.now() } }];
  const told = link.state === "half" ? [dueMark(context, attempt, link.id)] : [];
  // Of a record that is asked about, what the person said of its candidates is still to be carried out.
  const next = link.state === "half" ? {} : { againAt: context.clock.now() };
  return { effects: [...effects, ...told], ...next };
}

/** One side only, and neither deleted nor let go. */
function isWaiting(link: Link): boolean {
  return isOneSided(link) && (link.state === "half" || link.state === "ambiguous");
}

/** Joins the two, unless either has found a counterpart since the person looked. */
async function same(context: LaneContext, attempt: Attempt, link: Link, other: Link | undefined): Promise<Outcome> {
  if (other === undefined || !isWaiting(other) || presentSide(other) === presentSide(link)) return SETTLED;
  const { workspaceId } = attempt.open.sync;
  const open = await Promise.all([link, other].map(({ id }) => context.store.intentsOfLink(workspaceId, id)));
  const [underway] = open.flat();
  // What is being made at this moment is made first: two that are one may be three otherwise.
  if (underway !== undefined) return again(Math.max(nextLook(context, underway), context.clock.now() + SOON_MS));
  const joined = { ...join(link, other), updatedAt: context.clock.now() };
  const mapping = await attempt.open.mapping(attempt.calls);
  return decided(context, attempt, joined, "linked", "Linked: a person said that they are the same.", {
    effects: [
      { kind: "dropLink", linkId: other.id, into: link.id },
      dueMark(context, attempt, link.id),
      ...asked(context, attempt, link),
    ],
    keys: joinedKeys(attempt, joined, mapping),
  });
}

/** I7: remembers on both that they are not the same; then each is decided anew. */
async function different(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  others: readonly Link[],
): Promise<Outcome> {
  const apart = others.filter((other) => other.id !== link.id && !isRefused(link, other));
  if (apart.length === 0) return SETTLED;
  const side = presentSide(link) === "left" ? "right" : "left";
  const own = link[presentSide(link)]?.externalId;
  const refused = apart.flatMap((other) => other[side]?.externalId ?? []);
  const told = answered(context, { ...link, refused: [...(link.refused ?? []), ...refused] }, apart);
  const counterparts = apart.filter(isWaiting).map((other) => {
    const refusing = { ...other, refused: [...(other.refused ?? []), ...(own === undefined ? [] : [own])] };
    return answered(context, refusing, [link]);
  });
  const effects: Effect[] = counterparts.flatMap((other) => [
    { kind: "saveLink", link: other },
    dueMark(context, attempt, other.id),
  ]);
  const count = apart.length === 1 ? "somebody else" : `none of ${apart.length} others`;
  return {
    effects: [
      ...effects,
      { kind: "saveLink", link: told },
      dueMark(context, attempt, link.id),
      journalLine(context, attempt, told, "agreed", `A person said that this is ${count}.`),
    ],
    told: { link: told, verdict: "agreed" },
  };
}

/** The link without the question about those a person has told apart; without any question when none is left. */
function answered(context: LaneContext, link: Link, apart: readonly Link[]): Link {
  const now = context.clock.now();
  if (link.ambiguity === undefined) return { ...link, updatedAt: now };
  const { ambiguity, ...rest } = link;
  const ids = new Set(apart.map(({ id }) => id));
  const candidates = ambiguity.candidates.filter(({ linkId }) => !ids.has(linkId));
  if (candidates.length === 0) return { ...rest, state: "half", updatedAt: now };
  return { ...link, ambiguity: { ...ambiguity, candidates }, updatedAt: now };
}

function dueMark(context: LaneContext, attempt: Attempt, linkId: string): Effect {
  const mark = { priority: attempt.due.priority, dueAt: context.clock.now(), reason: "person" } as const;
  return { kind: "mark", mark: { key: keyText({ kind: "link", linkId }), syncId: attempt.open.sync.id, ...mark } };
}

/** Whoever was suspected beside the one chosen is looked at again. */
function asked(context: LaneContext, attempt: Attempt, link: Link): Effect[] {
  return (link.ambiguity?.candidates ?? []).map(({ linkId }) => dueMark(context, attempt, linkId));
}
