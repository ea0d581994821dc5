import { otherSide, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Effect, Link, SideState } from "../ports.ts";
import { isProvedGone } from "../reconcile/gone.ts";
import { type Observation, readSide } from "../reconcile/observe.ts";
import type { Attempt } from "../reconcile/outcome.ts";
import { followChildren, followLink, followParent, isChildSync, isEnded, parentByRecord } from "./home.ts";

/**
 * Children that change hands. When HighLevel merges two contacts, the notes and tasks of the one that goes are the other's
 * from then on, under their own ids: they keep their link, which moves to the link of the contact they are with now.
 * Source: docs/SPEC.md H12 to H14.
 */

/** Whether the link does not say of a record seen under `parent` that it is there: it has moved, or has come back. */
export function isAstray(link: Link, side: Side, parent: Link): boolean {
  if (isEnded(link)) return link.parentLinkId !== parent.id || hasGoneAlong(link);
  return link[side]?.parentId !== parent[side]?.externalId;
}

/** Whether the link ended with its contact, not with a deletion of its own. */
function hasGoneAlong(link: Link): boolean {
  return !isProvedGone(link.left) && !isProvedGone(link.right);
}

/**
 * Moves a link to the contact that its record is with now, once a direct read has shown it there: a list may lag. A link
 * that had ended goes on with both records where the other is still there, and else begins anew with this one alone.
 * @returns the mark by which it is looked at.
 */
export function bringHome(
  context: LaneContext,
  attempt: Attempt,
  linkId: string,
  side: Side,
  parent: Link,
): Promise<Effect[]> {
  return context.turns.take(`link:${linkId}`, async () => {
    const link = await context.store.link(attempt.open.sync.workspaceId, linkId);
    const [state, parentId] = [link?.[side], parent[side]?.externalId];
    if (link === undefined || state === undefined || !isAstray(link, side, parent)) return [];
    const seen = await readSide(context, attempt.open, side, state.externalId, attempt.calls, parentId);
    if (seen.kind === "gone" || seen.state.parentId !== parentId) return [];
    const moved = isEnded(link)
      ? await followedAgain(context, attempt, link, side, seen.state)
      : { ...link, [side]: stillKnown(state, seen.state) };
    const updatedAt = context.clock.now();
    await context.store.apply(context.lane, [
      { kind: "saveLink", link: { ...moved, parentLinkId: parent.id, updatedAt } },
    ]);
    await noteHeir(context, attempt, side, state, parent);
    return [followLink(context, attempt, link)];
  });
}

/**
 * D8: the contact that the record was with may have been merged into the one it is with now; should it turn out to be gone,
 * its link knows whom to ask.
 */
async function noteHeir(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  { parentId }: SideState,
  heir: Link,
): Promise<void> {
  const survivor = heir[side]?.externalId;
  const { sync } = attempt.open;
  if (parentId === undefined || survivor === undefined || !isChildSync(sync)) return;
  const left = await parentByRecord(context, sync, side, parentId);
  if (left === undefined || left.id === heir.id) return;
  await context.turns.take(`link:${left.id}`, async () => {
    const current = await context.store.link(sync.workspaceId, left.id);
    const contact = current?.[side];
    if (current === undefined || contact === undefined || isEnded(current)) return;
    await context.store.apply(context.lane, [
      { kind: "saveLink", link: { ...current, [side]: { ...contact, mergedInto: survivor } } },
      followParent(context, attempt, sync, side, parentId),
    ]);
  });
}

/**
 * What a direct read showed, with a child that it shows under another contact left where it was: its new contact's
 * children are looked at, and whoever is met there is brought home together with its link.
 */
export async function atItsPlace(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  known: SideState | undefined,
  seen: Observation,
): Promise<Observation> {
  const parentId = known?.parentId;
  if (seen.kind === "gone" || parentId === undefined || seen.state.parentId === parentId) return seen;
  if (seen.state.parentId !== undefined) {
    await context.store.apply(context.lane, [followChildren(context, attempt, side, seen.state.parentId)]);
  }
  return { kind: "present", state: { ...seen.state, parentId } };
}

/** What was read before, at its new place: what else is new is for the reconcile that follows to decide. */
function stillKnown(state: SideState, seen: SideState): SideState {
  const { goneAt: _back, goneReads: _reads, heldAt: _held, ...known } = state;
  return seen.parentId === undefined ? known : { ...known, parentId: seen.parentId };
}

async function followedAgain(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  side: Side,
  state: SideState,
): Promise<Link> {
  const { left: _left, right: _right, ambiguity: _asked, ...rest } = link;
  const other = otherSide(side);
  const across = link[other];
  if (across === undefined || !(await isToldByItself(context, attempt, other, across))) {
    return { ...rest, state: "half", [side]: state, base: {}, conflicts: [], findings: [] };
  }
  const known = link[side] ?? state;
  return { ...rest, state: "linked", [side]: stillKnown(known, state), [other]: stillKnown(across, across) };
}

/**
 * Whether a record of an ended link speaks for itself: it is there, or it was deleted while its contact stayed, which is
 * a deletion like any other (D2). One that went with its contact says nothing (H13).
 */
async function isToldByItself(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  { externalId, parentId }: SideState,
): Promise<boolean> {
  const seen = await readSide(context, attempt.open, side, externalId, attempt.calls, parentId);
  if (seen.kind === "present") return true;
  const parent = parentId === undefined ? undefined : await parentByRecord(context, attempt.open.sync, side, parentId);
  const contact = parent?.[side];
  return contact !== undefined && contact.externalId === parentId && contact.goneAt === undefined;
}
