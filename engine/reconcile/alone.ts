import { otherSide } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import { matchKeys } from "../match/keys.ts";
import type { Effect, Link } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { nextLook } from "./claim.ts";
import { SOON_MS } from "./create.ts";
import { isKeptAlone, presentSide } from "./identify.ts";
import { type Attempt, again, decided, type Outcome, SETTLED } from "./outcome.ts";

/**
 * A record that a person keeps on its one side.
 *
 *   waits or is asked about ──a person keeps it alone──> kept alone ──a person takes that back──> looked for again
 *
 * While it is kept it is read like any other, so that what is shown is as it is, and nothing else is done about it.
 * Source: docs/SPEC.md I13, I14.
 */

/** I13: the record stays on its side; whatever was asked about it is answered. */
export async function keepAlone(context: LaneContext, attempt: Attempt, link: Link): Promise<Outcome> {
  if (isKeptAlone(link)) return SETTLED;
  const [underway] = await context.store.intentsOfLink(attempt.open.sync.workspaceId, link.id);
  // What is being made at this moment is made first, and is its counterpart then.
  if (underway !== undefined) return again(Math.max(nextLook(context, underway), context.clock.now() + SOON_MS));
  const now = context.clock.now();
  const { ambiguity: _answered, ...rest } = link;
  const kept: Link = { ...rest, state: "half", keptAloneAt: now, updatedAt: now };
  const summary = `Kept in ${attempt.open.partners[presentSide(link)].name} only: a person said so.`;
  return decided(context, attempt, kept, "agreed", summary, { effects: await lookAgain(context, attempt, link) });
}

/** I13: the record is looked for across again, and whoever was asked about since it was kept is looked at anew. */
export async function takeBackAlone(context: LaneContext, attempt: Attempt, link: Link): Promise<Outcome> {
  if (!isKeptAlone(link)) return SETTLED;
  const { keptAloneAt: _takenBack, ...rest } = link;
  const free: Link = { ...rest, updatedAt: context.clock.now() };
  const across = attempt.open.partners[otherSide(presentSide(link))].name;
  const summary = `Looked for in ${across} again: a person took back that it stays on one side.`;
  const effects = [dueMark(context, attempt, link.id), ...(await lookAgain(context, attempt, link))];
  return decided(context, attempt, free, "agreed", summary, { effects });
}

/** What work on a kept record comes to: it has been read, and whoever waits for a key that it lost may go on. */
export function stayAlone(link: Link): Outcome {
  return { effects: [], told: { link, verdict: "agreed" } };
}

/** I14: those across that share a key with the record and are kept alone: who is said to be new is none of these either. */
export async function keptBeside(context: LaneContext, attempt: Attempt, link: Link): Promise<readonly string[]> {
  return (await sharing(context, attempt, link)).filter(isKeptAlone).map(({ id }) => id);
}

/** The links across that carry one of the record's keys. */
async function sharing(context: LaneContext, attempt: Attempt, link: Link): Promise<readonly Link[]> {
  const { workspaceId, id, match } = attempt.open.sync;
  const mapping = await attempt.open.mapping(attempt.calls);
  const side = presentSide(link);
  const keys = matchKeys(mapping, match, side, link[side]?.fields ?? {});
  if (keys.length === 0) return [];
  return (await context.store.linksByKeys(workspaceId, id, otherSide(side), keys)).map((found) => found.link);
}

/** Whoever could be the same is looked at again: those that were asked about, and those that share a key. */
async function lookAgain(context: LaneContext, attempt: Attempt, link: Link): Promise<readonly Effect[]> {
  const beside = await sharing(context, attempt, link);
  const waiting = beside.filter(({ state }) => state === "ambiguous").map(({ id }) => id);
  const asked = (link.ambiguity?.candidates ?? []).map(({ linkId }) => linkId);
  return [...new Set([...asked, ...waiting])].map((linkId) => dueMark(context, attempt, linkId));
}

function dueMark(context: LaneContext, attempt: Attempt, linkId: string): Effect {
  const mark = { priority: attempt.due.priority, dueAt: context.clock.now(), reason: "person" } as const;
  return { kind: "mark", mark: { key: keyText({ kind: "link", linkId }), syncId: attempt.open.sync.id, ...mark } };
}
