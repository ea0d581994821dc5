import type { Decision, LinkView } from "../../model/api/views.ts";

/** What is said when work was taken on and not carried out within the time that a person waits. */
export const TAKEN = "Noted. It is carried out as soon as Kith gets to it.";

/** What is said when work was taken on and the sync is paused. */
export const TAKEN_WHILE_PAUSED = "Noted. It is carried out when the sync is resumed.";

const NO_CHANGE = "Nothing was changed: this was settled in the meantime.";

/**
 * What came of a decision, in a sentence.
 * @param before the link as it was when it was decided
 * @param after the link when it had been carried out; absent when it is not there any more
 */
export function outcomeOf(decision: Decision, before: LinkView, after: LinkView | undefined): string {
  if (after === undefined) return "This contact has joined another one.";
  const missing = before.left === undefined ? before.leftName : before.rightName;
  switch (decision.kind) {
    case "same":
      return after.state === "linked" ? `Linked with ${titleOf(decision.other, before)}.` : NO_CHANGE;
    case "different":
      return isAsked(decision.other, after)
        ? NO_CHANGE
        : `Noted: this is not ${titleOf(decision.other, before)}. They are never linked.`;
    case "new":
      if (after.state === "linked") return `Created in ${missing}.`;
      return after.candidates.length === 0 ? `It is being created in ${missing}.` : NO_CHANGE;
    case "keep": {
      const name = decision.side === "left" ? before.leftName : before.rightName;
      const isOpen = after.fields.some(({ field, state }) => field === decision.field && state === "conflict");
      return isOpen
        ? NO_CHANGE
        : `${labelOf(decision.field, before)}: ${possessive(name)} value counts on both sides now.`;
    }
    default:
      return decision satisfies never;
  }
}

/** A name's possessive: `HighLevel's`, `Acme's`. */
export function possessive(name: string): string {
  return `${name}'s`;
}

function titleOf(linkId: string, { candidates }: LinkView): string {
  return candidates.find((candidate) => candidate.linkId === linkId)?.title ?? "the other contact";
}

function labelOf(wanted: string, { fields }: LinkView): string {
  return fields.find(({ field }) => field === wanted)?.label ?? wanted;
}

function isAsked(linkId: string, { candidates }: LinkView): boolean {
  return candidates.some((candidate) => candidate.linkId === linkId);
}

/**
 * What came of looking at a link once more, in a sentence.
 * @param lastId the newest entry of its history before
 */
export function lookedAt(lastId: string | undefined, after: LinkView | undefined): string {
  if (after === undefined) return "This contact has joined another one.";
  const [newest] = after.history;
  if (newest !== undefined && newest.id !== lastId && newest.summary !== "") return newest.summary;
  if (after.conflicts > 0 || after.state === "ambiguous") return "Both sides were read. It still waits for you.";
  return after.state === "linked" ? "Both sides were read: they agree." : "It was read: nothing is to be done.";
}
