import { type Key, keyText } from "../../../engine/index.ts";
import type { Link } from "../../../engine/ports.ts";
import { PRIORITIES } from "../../../kit/http.ts";
import type { Decision, DueView } from "../../../model/api/views.ts";
import { Failure } from "../../../model/errors.ts";
import { SIDES } from "../../../model/record.ts";
import type { Handlers } from "../serveRoute.ts";
import { type HandlerParts, linkOf, workspaceOf } from "./parts.ts";

/** What a person decides about a record, and how that goes. */
export function decisionHandlers(parts: HandlerParts): Pick<Handlers, "reconcileLink" | "decide" | "due"> {
  return {
    reconcileLink: async ({ params: { workspaceId, linkId } }) => {
      const link = await linkOf(parts.store, workspaceId, linkId);
      return taken(parts, workspaceId, link, { kind: "link", linkId });
    },
    decide: async ({ params: { workspaceId, linkId }, body }) => {
      const link = await linkOf(parts.store, workspaceId, linkId);
      const whyNot = await whyNotDecided(parts, workspaceId, link, body);
      if (whyNot !== undefined) throw new Failure("conflict", whyNot);
      return taken(parts, workspaceId, link, keyOf(link, body));
    },
    due: async ({ params: { workspaceId, key } }): Promise<DueView> => {
      await workspaceOf(parts.store, workspaceId);
      const found = await parts.store.dueKey(workspaceId, key);
      if (found === undefined) return { state: "done" };
      const { state, dueAt, error } = found;
      return { state: state === "dead" ? "failed" : "due", dueAt, ...(error && { error: { ...error } }) };
    },
  };
}

/** Makes the key due at once, on behalf of a person. */
async function taken(parts: HandlerParts, workspaceId: string, { syncId }: Link, key: Key): Promise<{ key: string }> {
  const text = keyText(key);
  const mark = { priority: PRIORITIES.live, dueAt: parts.clock.now(), reason: "person" } as const;
  await parts.store.mark(workspaceId, [{ key: text, syncId, ...mark }]);
  parts.lanes.wake(workspaceId);
  return { key: text };
}

function keyOf({ id: linkId }: Link, decision: Decision): Key {
  switch (decision.kind) {
    case "same":
    case "different":
      return { kind: decision.kind, linkId, otherId: decision.other };
    case "new":
      return { kind: "new", linkId };
    case "keep":
      return { kind: "keep", linkId, side: decision.side, field: decision.field };
    default:
      return decision satisfies never;
  }
}

/** Why a decision does not apply (any more); `undefined` when it does. @throws Failure `not_found` for another record */
async function whyNotDecided(
  { store }: HandlerParts,
  workspaceId: string,
  link: Link,
  decision: Decision,
): Promise<string | undefined> {
  if (decision.kind === "keep") return whyNotKept(link, decision.field);
  if (!isAlone(link))
    return "This record has a counterpart by now, or is not followed any more; nothing is to be settled.";
  if (decision.kind === "new")
    return link.ambiguity === undefined && link.beforeStart !== "newOnly"
      ? "Nobody is taken for this record any more."
      : undefined;
  const other = await linkOf(store, workspaceId, decision.other);
  if (other.syncId !== link.syncId) return "The two records belong to different syncs.";
  if (decision.kind === "same") return whyNotSame(link, other);
  const isAsked = link.ambiguity?.candidates.some(({ linkId }) => linkId === other.id) === true;
  return isAsked ? undefined : "The two records are told apart already, or were never taken for the same.";
}

function whyNotKept(link: Link, field: string): string | undefined {
  const isOpen = link.conflicts.some((conflict) => conflict.field === field);
  return isOpen ? undefined : `The field ${field} of this record is in no conflict any more.`;
}

function whyNotSame(link: Link, other: Link): string | undefined {
  if (!canBeLinked(link, other))
    return "The other record has a counterpart by now, or is on the same side as this one.";
  return undefined;
}

/** Whether a person can say that two records are the same: each is alone, and they stand on different sides. */
export function canBeLinked(link: Link, other: Link): boolean {
  const areAcross = SIDES.some((side) => link[side] === undefined && other[side] !== undefined);
  return isAlone(link) && isAlone(other) && areAcross;
}

/** One side only, and neither deleted nor let go. */
function isAlone({ state }: Link): boolean {
  return state === "half" || state === "ambiguous";
}
