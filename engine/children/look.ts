import { PRIORITIES } from "../../model/priority.ts";
import type { Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Effect, Link } from "../ports.ts";
import { type Key, keyText } from "../queue/keys.ts";
import { isProvedGone } from "../reconcile/gone.ts";
import { isOneSided } from "../reconcile/identify.ts";
import { type Attempt, type Outcome, SETTLED } from "../reconcile/outcome.ts";
import { endWith } from "./gate.ts";
import { type ChildSync, followLink, followParent, isChildSync, isEnded, parentByRecord } from "./home.ts";
import { type Listed, listChildren, noteListed } from "./listing.ts";
import { pairEqual } from "./pairing.ts";
import { meetRows } from "./rows.ts";

/** A key that names the children of one contact on one side. */
export type ChildrenKey = Extract<Key, { kind: "children" | "childrenAgain" }>;

/**
 * Looks at all children of one contact on one side: new and changed ones are marked as due, and so are those that are not
 * listed any more, so that a direct read can say whether they are gone.
 * Source: docs/SPEC.md H1 to H4, H8, H11.
 */
export async function lookAtChildren(context: LaneContext, attempt: Attempt, key: ChildrenKey): Promise<Outcome> {
  const { sync, partners } = attempt.open;
  if (!isChildSync(sync)) return SETTLED;
  const { side, parentId } = key;
  const parent = await parentByRecord(context, sync, side, parentId);
  if (parent !== undefined && isEnded(parent)) return endAll(context, attempt, parent);
  if (parent === undefined || isOneSided(parent)) return waitForParent(context, attempt, sync, side, parentId);
  // Where all children can be listed, they are polled: a contact's own activity says nothing about them.
  if (attempt.due.reason === "poll" && partners[side].listing.isByParent !== true) return SETTLED;
  const listed = await listChildren(context, attempt, side, parentId);
  if (listed === "gone") return { effects: [followLink(context, attempt, parent)] };
  const mapping = await attempt.open.mapping(attempt.calls);
  const { reason, priority } = attempt.due;
  const met = await meetRows(context, attempt, mapping, side, listed, { reason, priority });
  const marks = await pairEqual(context, attempt, mapping, parent, side, met);
  noteListed(context, sync, side, parentId, listed.asOf);
  const absent = await absentMarks(context, attempt, parent, side, listed);
  return { effects: [...marks, ...absent, ...lookAgain(context, attempt, key)] };
}

/** H3: a contact that is not linked is looked at; when it is linked, it marks its children in turn. */
function waitForParent(context: LaneContext, attempt: Attempt, sync: ChildSync, side: Side, parentId: string): Outcome {
  return { effects: [followParent(context, attempt, sync, side, parentId)] };
}

/** H11: ends every link under a contact that has ended, one at a time, each stored before the next. */
async function endAll(context: LaneContext, attempt: Attempt, parent: Link): Promise<Outcome> {
  const { workspaceId, id } = attempt.open.sync;
  for (const child of await context.store.linksByParent(workspaceId, id, parent.id)) {
    if (isEnded(child)) continue;
    await context.turns.take(`link:${child.id}`, async () => {
      const link = await context.store.link(workspaceId, child.id);
      if (link === undefined || isEnded(link) || link.parentLinkId !== parent.id) return;
      const { effects } = await endWith(context, attempt, parent, link);
      await context.store.apply(context.lane, effects);
    });
  }
  return SETTLED;
}

/** Children that were under the contact when last read and that the listing does not show. */
async function absentMarks(
  context: LaneContext,
  attempt: Attempt,
  parent: Link,
  side: Side,
  listed: Listed,
): Promise<Effect[]> {
  const { workspaceId, id } = attempt.open.sync;
  const shown = new Set(listed.records.map(({ externalId }) => externalId));
  const children = await context.store.linksByParent(workspaceId, id, parent.id);
  return children
    .filter((link) => {
      const state = link[side];
      if (state === undefined || isEnded(link) || isProvedGone(state)) return false;
      return state.asOf < listed.asOf && !shown.has(state.externalId);
    })
    .map((link) => followLink(context, attempt, link));
}

/** H8: what was told of while the lists lag is looked for once more when they must show it. */
function lookAgain(context: LaneContext, attempt: Attempt, key: ChildrenKey): Effect[] {
  const { lagMs } = attempt.open.partners[key.side].listing;
  const { reason } = attempt.due;
  if (key.kind === "childrenAgain" || lagMs === 0 || reason === "sweep" || reason === "backfill") return [];
  const dueAt = context.clock.now() + lagMs;
  const mark = { syncId: key.syncId, priority: PRIORITIES.poll, dueAt, reason } as const;
  return [{ kind: "mark", mark: { key: keyText({ ...key, kind: "childrenAgain" }), ...mark } }];
}
