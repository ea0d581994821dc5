import { otherSide } from "../../model/record.ts";
import type { Fields } from "../../model/value.ts";
import { parentIdAcross, underSameParent } from "../children/home.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { Intent, Link } from "../ports.ts";
import { intentFor } from "./create.ts";
import { isOneSided, presentSide } from "./identify.ts";
import { mayBe } from "./lost.ts";
import type { Attempt } from "./outcome.ts";

/**
 * Who may send a create. A record waits while another create is open that claims one of its keys, or while it may itself
 * be what an open create has just made (C1, C6).
 */

/** The shortest and the longest time between two looks at a create that is waited for, ms. */
const CLAIM_WAIT_MS = 500;
const LONGEST_CLAIM_WAIT_MS = 30_000;

/** Whether the create may be sent, or until when it must wait. */
export type Claim =
  | { readonly kind: "claimed"; readonly intent: Intent }
  | { readonly kind: "wait"; readonly until: number };

/** Writes the intent to make a counterpart with these fields for this one-sided link. Called within the identity turn. */
export async function claim(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  fields: Fields,
): Promise<Claim> {
  const parentId = await parentIdAcross(context, attempt, link);
  const intent = intentFor(context, attempt, mapping, link, fields, parentId);
  const rival = await possibleMaker(context, attempt, mapping, link);
  if (rival !== undefined) return { kind: "wait", until: nextLook(context, rival) };
  // A create that ended before the look above has stored what it made: only now does the link say whether it is that.
  const current = await context.store.link(attempt.open.sync.workspaceId, link.id);
  if (current === undefined || !isOneSided(current)) return { kind: "wait", until: context.clock.now() };
  const holder = await context.store.openIntent(context.lane, intent);
  if (holder === undefined) return { kind: "claimed", intent };
  const isDropped = await dropAbandoned(context, attempt, holder);
  return { kind: "wait", until: isDropped ? context.clock.now() : nextLook(context, holder) };
}

/**
 * When to look again at an open create, epoch ms: after as long as it has been open already, so that waits double from
 * half a second to half a minute.
 */
export function nextLook(context: LaneContext, intent: Intent): number {
  const now = context.clock.now();
  return now + Math.min(LONGEST_CLAIM_WAIT_MS, Math.max(CLAIM_WAIT_MS, now - intent.startedAt));
}

/** A create that was sent toward the record's side before the hub first met the record, and may have made it. */
async function possibleMaker(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
): Promise<Intent | undefined> {
  const { workspaceId, id } = attempt.open.sync;
  const side = presentSide(link);
  const fields = link[side]?.fields ?? {};
  const open = underSameParent(await context.store.intentsToward(workspaceId, id, side), link[side]);
  for (const intent of open.filter(({ startedAt }) => startedAt <= link.createdAt)) {
    if (!mayBe(mapping, attempt, side, intent.sent, fields)) continue;
    if (!(await dropAbandoned(context, attempt, intent))) return intent;
  }
  return undefined;
}

/**
 * Closes a create that nobody will resolve, since its link has ended or is no more, once it can no longer take effect
 * unseen. @returns whether it was closed.
 */
async function dropAbandoned(context: LaneContext, attempt: Attempt, intent: Intent): Promise<boolean> {
  if (context.clock.now() < intent.horizonAt) return false;
  const holder = await context.store.link(attempt.open.sync.workspaceId, intent.linkId);
  if (holder !== undefined && isWaiting(holder, intent)) return false;
  await context.store.apply(context.lane, [{ kind: "closeIntent", intentId: intent.id }]);
  return true;
}

function isWaiting(link: Link, intent: Intent): boolean {
  const isEnded = link.state === "tombstone" || link.state === "unlinked";
  return !isEnded && isOneSided(link) && presentSide(link) === otherSide(intent.side);
}
