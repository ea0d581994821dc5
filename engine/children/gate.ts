import { otherSide, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Effect, Link } from "../ports.ts";
import { isOneSided } from "../reconcile/identify.ts";
import { type Attempt, again, decided, type Outcome, SETTLED } from "../reconcile/outcome.ts";
import { followLink, isEnded, isWhole, parentOf } from "./home.ts";

/**
 * What a child's contact has to say before the child itself is looked at: children end with it, and wait for it.
 * Source: docs/SPEC.md H3, H11.
 */

/** What the attempt comes to because of the contact; `undefined` when the child is to be reconciled. */
export async function atGate(context: LaneContext, attempt: Attempt, link: Link): Promise<Outcome | undefined> {
  const parent = await parentOf(context, attempt.open.sync, link);
  if (parent === undefined) return SETTLED;
  if (isEnded(parent)) return isEnded(link) ? SETTLED : endWith(context, attempt, parent, link);
  const isWaiting = (isOneSided(link) || isEnded(link)) && !isWhole(parent);
  // Whatever makes the contact whole, or ends it, marks its children.
  return isWaiting ? SETTLED : undefined;
}

/**
 * H11: the link ends as its contact's did. Nothing is deleted for it: a partner takes children along with their contact,
 * or keeps them. A create that was open for it is closed; what it made has no contact to be under.
 */
export async function endWith(context: LaneContext, attempt: Attempt, parent: Link, link: Link): Promise<Outcome> {
  const intents = await context.store.intentsOfLink(attempt.open.sync.workspaceId, link.id);
  const { ambiguity: _settled, ...rest } = link;
  const isDeleted = parent.state === "tombstone";
  const ended: Link = {
    ...rest,
    state: isDeleted ? "tombstone" : "unlinked",
    conflicts: [],
    findings: [],
    updatedAt: context.clock.now(),
  };
  const summary = isDeleted ? "Its contact was deleted." : "Its contact is no longer linked.";
  return decided(context, attempt, ended, isDeleted ? "deleted" : "unlinked", summary, {
    effects: intents.map(({ id }): Effect => ({ kind: "closeIntent", intentId: id })),
  });
}

/**
 * A direct read said that a child is gone. Before that is believed, its contact is asked: one that is gone itself has
 * taken its children along, or passed them on to the contact it was merged with, and says so in its own time.
 * @returns what the attempt comes to; `undefined` when the child is judged like any other record.
 */
export async function beforeGone(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  side: Side,
): Promise<Outcome | undefined> {
  const { sync } = attempt.open;
  const state = link[side];
  const parent = await parentOf(context, sync, link);
  const contact = parent?.[side];
  if (state === undefined || parent === undefined || contact === undefined) return SETTLED;
  const isFirst = (state.goneReads ?? 0) < 1;
  const isHeld = context.clock.now() < (state.goneAt ?? 0) + sync.deletes.holdMs;
  if (isFirst || isHeld) return undefined;
  const parents = context.syncs.open(sync.parent ?? "");
  const isGone = async (contactId: string): Promise<boolean> =>
    (await parents?.partners[side].read(attempt.calls, contactId)) === "gone";
  // Deleted by itself, under a contact that is still there, it is judged like any other record (D2).
  if (state.parentId !== contact.externalId)
    return state.parentId === undefined || (await isGone(state.parentId)) ? letGo(context, link, side) : undefined;
  // A contact that turns out to be there marks its children, and whoever is not listed then is looked at again.
  if (contact.goneAt !== undefined) return SETTLED;
  if (!(await isGone(contact.externalId))) return undefined;
  return again(context.clock.now() + sync.deletes.holdMs, [followLink(context, attempt, parent)]);
}

/** H13: the record went with a contact that the child does not belong to any more: the other begins anew without it. */
function letGo(context: LaneContext, link: Link, side: Side): Outcome | undefined {
  if (isOneSided(link)) return undefined;
  const { left: _left, right: _right, ambiguity: _asked, ...rest } = link;
  const across = otherSide(side);
  const half: Link = { ...rest, state: "half", [across]: link[across], base: {}, conflicts: [], findings: [] };
  return again(context.clock.now(), [{ kind: "saveLink", link: { ...half, updatedAt: context.clock.now() } }]);
}
