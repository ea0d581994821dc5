import { Failure } from "../../model/errors.ts";
import { otherSide, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Effect, Intent, Link, SideState, Sync } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { isKeptAlone, isOneSided, presentSide } from "../reconcile/identify.ts";
import type { Attempt } from "../reconcile/outcome.ts";

/**
 * Children (notes, tasks, appointments) and the contacts they belong to. A child's link names the link of its contact, and
 * each of its sides the contact's record there. Source: docs/SPEC.md H1 to H4.
 */

/** A sync whose records belong to the contacts of another. */
export type ChildSync = Sync & { readonly parent: string };

/** Whether the sync's records belong to the contacts of another sync. */
export function isChildSync(sync: Sync): sync is ChildSync {
  return sync.parent !== undefined;
}

/** Whether the link has come to its end: what it joined is not followed any more. */
export function isEnded(link: Link): boolean {
  return link.state === "tombstone" || link.state === "unlinked";
}

/** Whether both records of a contact are there as far as is known, so that children may be made under them. */
export function isWhole(parent: Link): boolean {
  return parent.state === "linked" && parent.left?.goneAt === undefined && parent.right?.goneAt === undefined;
}

/** The link of the contact that a child belongs to; `undefined` for one that names none. */
export async function parentOf(context: Pick<LaneContext, "store">, sync: Sync, link: Link): Promise<Link | undefined> {
  if (link.parentLinkId === undefined) return undefined;
  return context.store.link(sync.workspaceId, link.parentLinkId);
}

/** The link of a contact, by its record on one side. */
export async function parentByRecord(
  context: Pick<LaneContext, "store">,
  sync: Sync,
  side: Side,
  externalId: string,
): Promise<Link | undefined> {
  if (sync.parent === undefined) return undefined;
  return context.store.linkByRecord(sync.workspaceId, sync.parent, side, externalId);
}

/**
 * The contact, by its external id, under which a child's counterpart is made; `undefined` where records belong to nobody.
 * @throws Failure `conflict` when the contact has been let go meanwhile.
 */
export async function parentIdAcross(
  context: Pick<LaneContext, "store">,
  attempt: Attempt,
  link: Link,
): Promise<string | undefined> {
  const { sync } = attempt.open;
  if (!isChildSync(sync)) return undefined;
  const parent = await parentOf(context, sync, link);
  const parentId = parent?.[otherSide(presentSide(link))]?.externalId;
  if (parentId !== undefined) return parentId;
  throw new Failure("conflict", `create a ${sync.resource}: its contact was let go meanwhile; looking again`);
}

/** Of these open creates, those under the contact that a record of the side belongs to; all, where it belongs to nobody. */
export function underSameParent(intents: readonly Intent[], state: SideState | undefined): readonly Intent[] {
  return intents.filter(({ parentId }) => parentId === state?.parentId);
}

/** Whether a link is free to find its counterpart: one record, neither deleted nor let go nor kept alone. */
export function isFree(link: Link): boolean {
  return isOneSided(link) && !isKeptAlone(link) && (link.state === "half" || link.state === "ambiguous");
}

/** A link as due, because something it hangs on has moved. */
export function followLink(
  context: Pick<LaneContext, "clock">,
  attempt: Attempt,
  { id, syncId }: Pick<Link, "id" | "syncId">,
): Effect {
  const key = keyText({ kind: "link", linkId: id });
  const mark = { priority: attempt.due.priority, dueAt: context.clock.now(), reason: "follow" } as const;
  return { kind: "mark", mark: { key, syncId, ...mark } };
}

/** A contact as due that a child was met of before it was linked itself: when it is, its children are looked at (H3). */
export function followParent(
  context: Pick<LaneContext, "clock">,
  attempt: Attempt,
  sync: ChildSync,
  side: Side,
  externalId: string,
): Effect {
  const key = keyText({ kind: "record", syncId: sync.parent, side, externalId });
  const mark = { priority: attempt.due.priority, dueAt: context.clock.now(), reason: "follow" } as const;
  return { kind: "mark", mark: { key, syncId: sync.parent, ...mark } };
}

/** All children of a contact as due on one side: one of them may have come from another contact. */
export function followChildren(
  context: Pick<LaneContext, "clock">,
  attempt: Attempt,
  side: Side,
  parentId: string,
): Effect {
  const { id } = attempt.open.sync;
  const key = keyText({ kind: "children", syncId: id, side, parentId });
  const mark = { priority: attempt.due.priority, dueAt: context.clock.now(), reason: "follow" } as const;
  return { kind: "mark", mark: { key, syncId: id, ...mark } };
}
