import { PRIORITIES } from "../../model/priority.ts";
import { SIDES, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Effect, Link, Reason } from "../ports.ts";
import { keyText, parseKey } from "../queue/keys.ts";
import type { Attempt, Outcome } from "../reconcile/outcome.ts";
import { isEnded, isWhole } from "./home.ts";

/**
 * What a contact's reconcile means for its children, as marks on their keys: they are looked at when it becomes linked,
 * comes back, ends, or shows activity. Source: docs/SPEC.md H3, H8, H11.
 */

/** Adds these marks to the outcome of a contact's reconcile. @param before the link as it was when the attempt began. */
export function withChildren(context: LaneContext, attempt: Attempt, before: Link, outcome: Outcome): Outcome {
  const children = context.syncs.childrenOf(attempt.open.sync.id);
  if (children.length === 0) return outcome;
  const after = afterwards(before, outcome);
  const marks = children.flatMap((child) => [
    ...(isTurning(before, after) ? childMarks(context, child.id, after, SIDES, "follow", attempt.due.priority) : []),
    ...(isActive(attempt, after)
      ? childMarks(context, child.id, after, sidesAskedAbout(attempt), "poll", PRIORITIES.poll)
      : []),
  ]);
  return marks.length === 0 ? outcome : { ...outcome, effects: [...outcome.effects, ...marks] };
}

function afterwards(before: Link, { told, effects }: Outcome): Link {
  if (told !== undefined) return told.link;
  const saved = effects.findLast((effect) => effect.kind === "saveLink" && effect.link.id === before.id);
  return saved?.kind === "saveLink" ? saved.link : before;
}

/** Linked or whole since; or at its end, where it is said again should it not have been heard. */
function isTurning(before: Link, after: Link): boolean {
  if (isEnded(after)) return true;
  const wasWhole = isWhole(before) && Object.keys(before.base).length > 0;
  return isWhole(after) && !wasWhole;
}

/** Whether the contact was worked because of something that happened to it, as far as is known. */
function isActive({ due }: Attempt, after: Link): boolean {
  const reasons: readonly Reason[] = ["webhook", "poll", "person"];
  return isWhole(after) && reasons.includes(due.reason);
}

function sidesAskedAbout({ due }: Attempt): readonly Side[] {
  const key = parseKey(due.key);
  return key?.kind === "record" ? [key.side] : SIDES;
}

/** Marks the children of a contact on these sides. Under reason `poll` only sides are listed that nobody polls. */
function childMarks(
  context: LaneContext,
  syncId: string,
  parent: Link,
  sides: readonly Side[],
  reason: Reason,
  priority: Attempt["due"]["priority"],
): Effect[] {
  return sides.flatMap((side) => {
    const parentId = parent[side]?.externalId;
    if (parentId === undefined) return [];
    const key = keyText({ kind: "children", syncId, side, parentId });
    return [{ kind: "mark", mark: { key, syncId, priority, dueAt: context.clock.now(), reason } } as const];
  });
}
