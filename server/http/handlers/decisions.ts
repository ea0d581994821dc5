import { type Key, keyText } from "../../../engine/index.ts";
import type { Link } from "../../../engine/ports.ts";
import { PRIORITIES } from "../../../kit/http.ts";
import type { Decision, DueView } from "../../../model/api/views.ts";
import { Failure } from "../../../model/errors.ts";
import { SIDES } from "../../../model/record.ts";
import type { HubStore } from "../../../store/port.ts";
import type { Handlers } from "../serveRoute.ts";
import { askedTogether } from "./asked.ts";
import { type HandlerParts, linkOf, workspaceOf } from "./parts.ts";

/** What a person decides about a record, and how that goes. */
export function decisionHandlers(parts: HandlerParts): Pick<Handlers, "reconcileLink" | "decide" | "due"> {
  return {
    reconcileLink: async ({ params: { workspaceId, linkId } }) => {
      const link = await linkOf(parts.store, workspaceId, linkId);
      return { key: await taken(parts, workspaceId, link, { kind: "link", linkId }) };
    },
    decide: async ({ params: { workspaceId, linkId }, body }) => {
      const link = await linkOf(parts.store, workspaceId, linkId);
      const whyNot = await whyNotDecided(parts, workspaceId, link, body);
      if (whyNot !== undefined) throw new Failure("conflict", whyNot);
      const others = await askedTogether(parts.store, workspaceId, link);
      const key = await taken(parts, workspaceId, link, keyOf(link, body));
      return { key, next: lookAt(link), others: others.map((other) => ({ linkId: other.id, key: lookAt(other) })) };
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

function lookAt({ id }: Link): string {
  return keyText({ kind: "link", linkId: id });
}

/** Makes the key due at once, on behalf of a person. @returns its text */
async function taken(parts: HandlerParts, workspaceId: string, { syncId }: Link, key: Key): Promise<string> {
  const text = keyText(key);
  const mark = { priority: PRIORITIES.live, dueAt: parts.clock.now(), reason: "person" } as const;
  await parts.store.mark(workspaceId, [{ key: text, syncId, ...mark }]);
  parts.lanes.wake(workspaceId);
  return text;
}

function keyOf({ id: linkId }: Link, decision: Decision): Key {
  switch (decision.kind) {
    case "same":
    case "different":
      return { kind: decision.kind, linkId, otherId: decision.other };
    case "new":
    case "alone":
    case "notAlone":
      return { kind: decision.kind, linkId };
    case "keep":
      return { kind: "keep", linkId, side: decision.side, field: decision.field };
    default:
      return decision satisfies never;
  }
}

/**
 * Why a decision does not apply (any more), and what happened instead; `undefined` when it applies.
 * @throws Failure `not_found` for another record that is not there
 */
async function whyNotDecided(
  { store }: HandlerParts,
  workspaceId: string,
  link: Link,
  decision: Decision,
): Promise<string | undefined> {
  const instead = () => insteadWords(store, workspaceId, link);
  if (decision.kind === "keep") {
    const isOpen = link.conflicts.some((conflict) => conflict.field === decision.field);
    return isOpen ? undefined : `The field ${decision.field} is in no conflict any more. ${await instead()}`;
  }
  if (!isAlone(link)) return `${await instead()} There is nothing left to answer.`;
  if ("other" in decision) return whyNotOfOther(store, workspaceId, link, decision);
  return isOpenFor(link, decision.kind) ? undefined : `This does not apply any more. ${await instead()}`;
}

async function whyNotOfOther(
  store: HubStore,
  workspaceId: string,
  link: Link,
  decision: Extract<Decision, { other: string }>,
): Promise<string | undefined> {
  const other = await linkOf(store, workspaceId, decision.other);
  if (other.syncId !== link.syncId) return "The two records belong to different syncs.";
  if (decision.kind === "same") {
    if (canBeLinked(link, other)) return undefined;
    return isAlone(other)
      ? "Both records are on the same side."
      : `${await insteadWords(store, workspaceId, other)} The two cannot be linked any more.`;
  }
  const isAsked = link.ambiguity?.candidates.some(({ linkId }) => linkId === other.id) === true;
  return isAsked ? undefined : "The two records are told apart already, or were never taken for the same.";
}

/** What became of a record, by its state and what was last done about it. */
async function insteadWords(store: HubStore, workspaceId: string, { id, title, state }: Link): Promise<string> {
  const [last] = await store.journalOfLink(workspaceId, id, 1);
  const became = `${title} ${STATE_WORDS[state]}.`;
  return last === undefined || last.summary === "" ? became : `${became} What was done last: “${last.summary}”`;
}

const STATE_WORDS: Readonly<Record<Link["state"], string>> = {
  linked: "has its counterpart by now",
  half: "is on one side only, and nobody is asked about it",
  ambiguous: "is still asked about",
  unlinked: "is not followed any more",
  tombstone: "was deleted meanwhile",
};

/** Whether what is said of a record alone has anything to settle. */
function isOpenFor(link: Link, kind: "new" | "alone" | "notAlone"): boolean {
  switch (kind) {
    case "new":
      return link.ambiguity !== undefined || (link.beforeStart === "newOnly" && link.keptAloneAt === undefined);
    case "alone":
      return link.keptAloneAt === undefined;
    case "notAlone":
      return link.keptAloneAt !== undefined;
    default:
      return kind satisfies never;
  }
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
