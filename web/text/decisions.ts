import { type Answered, answered, joinedWords, type Others, TAKEN } from "../../model/answers.ts";
import type { Decision, LinkView } from "../../model/api/views.ts";

export { TAKEN };

/** What is said when work was taken on and the sync is paused. */
export const TAKEN_WHILE_PAUSED = "Noted. It is carried out when the sync is resumed.";

/** An answer that was given: of which contact as it was then, and what came of it. */
export interface AnswerGiven {
  readonly decision: Decision;
  readonly of: LinkView;
  readonly answer: Answered;
  readonly others: Others;
}

/**
 * What is said of an answer: a counterpart that arrives later than one waits for it is told when it is there.
 * @param now the contact as it is by now, where that is known
 */
export function answerNow({ decision, of, answer, others }: AnswerGiven, now: LinkView | undefined): Answered {
  const isMade = decision.kind === "new" || decision.kind === "different" || decision.kind === "notAlone";
  const hasArrived = isMade && of.state !== "linked" && now?.state === "linked";
  return hasArrived ? answered(decision, of, now, others) : answer;
}

/** A name's possessive: `HighLevel's`, `Acme's`. */
export function possessive(name: string): string {
  return `${name}'s`;
}

/**
 * What came of looking at a link once more, in a sentence.
 * @param after the link when it had been looked at; another one where it has joined it, absent where it is gone
 */
export function lookedAt(before: LinkView, after: LinkView | undefined): string {
  if (after === undefined) return "This record is not here any more.";
  if (after.id !== before.id) return joinedWords(after);
  const [newest] = after.history;
  if (newest !== undefined && newest.id !== before.history[0]?.id && newest.summary !== "") return newest.summary;
  if (after.conflicts > 0 || after.state === "ambiguous") return "Both sides were read. It still waits for you.";
  return after.state === "linked"
    ? "Both sides were read, and they agree."
    : "It was read, and there is nothing to be done.";
}
