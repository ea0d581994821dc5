import type { FieldFindingView } from "./api/fields.ts";
import type { FieldType } from "./field.ts";
import type { FieldAnswer } from "./fieldFindings.ts";
import type { SideNames } from "./sideNames.ts";

/** What people read of a mapped field that is not what it was, in the dashboard and on the command line alike. Pure. */

const TYPE_WORDS: Readonly<Record<FieldType, string>> = {
  text: "text",
  longText: "long text",
  richText: "formatted text",
  email: "an e-mail address",
  phone: "a phone number",
  url: "a web address",
  date: "a date",
  dateTime: "a moment",
  number: "a number",
  money: "an amount of money",
  boolean: "yes or no",
  option: "one of several options",
  country: "a country",
  fullName: "a name",
  address: "an address",
  set: "several options",
  json: "something that cannot be carried over",
};

/** What happened to the field, in a sentence. */
export function findingWords(finding: FieldFindingView, names: SideNames): string {
  const { label, change, was, is, lost, side } = finding;
  switch (change) {
    case "gone":
      return `${names[side]} does not have the field ${label} any more.`;
    case "anew":
      return `The field ${label} of ${names[side]} was deleted and made anew.`;
    case "type":
      return `The field ${label} of ${names[side]} holds ${TYPE_WORDS[is ?? was]} now; it held ${TYPE_WORDS[was]}.`;
    case "options":
      return `The field ${label} of ${names[side]} has lost ${lost.length === 1 ? "an option" : "options"} that records hold: ${lost.join(", ")}.`;
    default:
      return change satisfies never;
  }
}

/** How much it concerns, and what becomes of it meanwhile. */
export function concernWords({ records, isLeftOut }: FieldFindingView): string {
  const amount =
    records === undefined
      ? "What it concerns is being counted."
      : records === 1
        ? "It concerns 1 linked record."
        : `It concerns ${records.toLocaleString("en")} linked records.`;
  return isLeftOut
    ? `${amount} It is left out, as you said; nothing is lost, and you can take it in again.`
    : `${amount} Until you choose, it is left out and nothing is written to it; everything else goes on, and nothing is lost.`;
}

/** What was taken on for an answer, in a sentence. */
export function answerWords(answer: FieldAnswer, label: string, toLabel: string): string {
  switch (answer.kind) {
    case "leaveOut":
      return `${label} is left out from now on.`;
    case "again":
      return `${label} is looked at again.`;
    case "mapTo":
      return answer.to === answer.field
        ? `${label} is kept in step as it is now.`
        : `${toLabel} is kept in step in the place of ${label}.`;
    default:
      return answer satisfies never;
  }
}
