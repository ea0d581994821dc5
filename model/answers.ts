import type { Decision, JournalView, LinkView } from "./api/views.ts";

/** What people read of an answer they gave, in the dashboard and on the command line alike. Pure. */

/** What is said when an answer was taken and not carried out within the time that a person waits. */
export const TAKEN = "Noted. It is carried out as soon as Kith gets to it.";

/** What became of an answer. */
export interface Answered {
  /** Whether it was carried out; not when the question had settled itself before. */
  readonly isDone: boolean;
  /** What was done, in a sentence. */
  readonly title: string;
  /** What follows from it, a sentence each. */
  readonly follows: readonly string[];
}

/** The other questions that hung together with one that was answered. */
export interface Others {
  /** How many were settled with it, and how many still wait. */
  readonly settled: number;
  readonly waiting: number;
}

/** An answer in one paragraph, for those who have no page. */
export function answerText({ title, follows }: Answered): string {
  return [title, ...follows].join(" ");
}

/**
 * What came of an answer.
 * @param before the link as it was when it was answered
 * @param after the link when that had been carried out; another one where it has joined it, absent where it is gone
 */
export function answered(
  decision: Decision,
  before: LinkView,
  after: LinkView | undefined,
  others: Others = { settled: 0, waiting: 0 },
): Answered {
  if (after === undefined) return notDone(["This record is not here any more."]);
  if (after.id !== before.id) return notDone([joinedWords(after)]);
  const asked = newEntries(before, after).findLast(({ verdict }) => verdict === "ambiguous");
  const title = doneWords(decision, before, after);
  // The answer was heard, and led to another question: a partner that takes no second record, for instance.
  if (title === undefined && asked !== undefined)
    return { isDone: false, title: STILL_ASKED, follows: [asked.summary] };
  if (title === undefined) return notDone(lastWords(after));
  const follows = [...followWords(decision, before, after), ...newsWords(before, after), ...othersWords(others)];
  return { isDone: true, title, follows };
}

const STILL_ASKED = "Heard, and a question is left.";

function notDone(instead: readonly string[]): Answered {
  return { isDone: false, title: "Your answer changed nothing: this was settled before it arrived.", follows: instead };
}

/** That a record goes on in another one. */
export function joinedWords(survivor: Pick<LinkView, "title">): string {
  return `Both were recognised as the same person: it goes on as part of ${survivor.title}.`;
}

/** What a record was last said to be. */
function lastWords({ history }: LinkView): readonly string[] {
  const [last] = history;
  return last === undefined || last.summary === "" ? [] : [`What was done instead: ${last.summary}`];
}

function doneWords(decision: Decision, before: LinkView, after: LinkView): string | undefined {
  const [here, there] = namesOf(before);
  switch (decision.kind) {
    case "same":
      return isSaid(before, after, "linked") ? `Linked with ${titleOf(decision.other, before)}.` : undefined;
    case "different":
      if (isAsked(decision.other, after)) return undefined;
      return `Noted: this is not ${titleOf(decision.other, before)}. The two are never linked.`;
    case "new":
      if (isTied(after)) return `Created in ${there}.`;
      return after.candidates.length === 0 ? `It is being created in ${there}.` : undefined;
    case "alone":
      return after.isKeptAlone === true ? `Kept in ${here} only.` : undefined;
    case "notAlone":
      return after.isKeptAlone === true ? undefined : `Taken back: it is looked for in ${there} again.`;
    case "keep": {
      const isOpen = after.fields.some(({ field, state }) => field === decision.field && state === "conflict");
      if (isOpen || !isOpenIn(before, decision.field)) return undefined;
      const name = decision.side === "left" ? before.leftName : before.rightName;
      return `${labelOf(decision.field, before)}: ${name}'s value counts on both sides now.`;
    }
    default:
      return decision satisfies never;
  }
}

function followWords(decision: Decision, before: LinkView, after: LinkView): readonly string[] {
  const [, there] = namesOf(before);
  switch (decision.kind) {
    case "same":
      return ["From now on the two are one person: edits travel both ways."];
    case "alone":
      return [`It is never linked or created in ${there}, however it is edited, until you take that back.`];
    case "different":
    case "notAlone":
    case "new":
      if (after.candidates.length > 0) return [`${count(after.candidates.length, "candidate")} left to answer.`];
      return isTied(after) || decision.kind === "new" ? [] : [`Nobody else could be it: it is created in ${there}.`];
    case "keep":
      return after.conflicts > 0 ? [`${count(after.conflicts, "more field")} to choose.`] : [];
    default:
      return decision satisfies never;
  }
}

/** What the hub has done about the record since, oldest first, but for noting the answer itself. */
function newsWords(before: LinkView, after: LinkView): readonly string[] {
  const since = newEntries(before, after).filter(({ verdict }) => verdict === "updated" || verdict === "conflict");
  return since.map(({ summary }) => summary).filter((summary) => summary !== "");
}

function newEntries(before: LinkView, after: LinkView): readonly JournalView[] {
  const known = new Set(before.history.map(({ id }) => id));
  return after.history.filter(({ id }) => !known.has(id)).toReversed();
}

function othersWords({ settled, waiting }: Others): readonly string[] {
  return [
    ...(settled === 0 ? [] : [`This also settled ${count(settled, "other question")}.`]),
    ...(waiting === 0
      ? []
      : [`${count(waiting, "question")} about the same people still ${waiting === 1 ? "waits" : "wait"}.`]),
  ];
}

/** Whether a person's word is what tied it: two that were linked by themselves meanwhile were not waiting for it. */
function isSaid(before: LinkView, after: LinkView, verdict: string): boolean {
  return (
    isTied(after) && newEntries(before, after).some((entry) => entry.verdict === verdict && entry.reason === "person")
  );
}

function isTied({ state }: LinkView): boolean {
  return state === "linked";
}

function isOpenIn({ fields }: LinkView, wanted: string): boolean {
  return fields.some(({ field, state }) => field === wanted && state === "conflict");
}

/** What the side that the record is on is called, and the other. */
function namesOf({ left, leftName, rightName }: LinkView): readonly [here: string, there: string] {
  return left === undefined ? [rightName, leftName] : [leftName, rightName];
}

function titleOf(linkId: string, { candidates }: LinkView): string {
  return candidates.find((candidate) => candidate.linkId === linkId)?.title ?? "the other record";
}

function labelOf(wanted: string, { fields }: LinkView): string {
  return fields.find(({ field }) => field === wanted)?.label ?? wanted;
}

function isAsked(linkId: string, { candidates }: LinkView): boolean {
  return candidates.some((candidate) => candidate.linkId === linkId);
}

function count(many: number, noun: string): string {
  return `${many} ${noun}${many === 1 ? "" : "s"}`;
}
