import type { Answer } from "../answers.ts";
import { type Outcome, outcome } from "./outcome.ts";

/** What a long sweep must reach of the questions that people answer. */
export const ANSWER_OUTCOMES: readonly Outcome[] = [
  answered("same", "a person said that two records are the same"),
  answered("different", "a person said that two records are different people"),
  answered("new", "a person said that a record that was left alone is new"),
  answered("keep", "a person chose whose value of a field counts"),
  outcome("answer to an open question", "a person was asked who is who, and told", (_world, { journal }) =>
    journal.some(({ summary }) => summary.startsWith("A person said that this is")),
  ),
  outcome("answer carried out", "records that a person said are the same were linked", (_world, { journal }) =>
    journal.some(({ summary }) => summary.startsWith("Linked: a person said")),
  ),
];

function answered(kind: Answer["kind"], meaning: string): Outcome {
  return outcome(`answered ${kind}`, meaning, ({ ledger }) => ledger.answers.some((answer) => answer.kind === kind));
}
