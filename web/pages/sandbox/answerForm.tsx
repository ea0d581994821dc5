import { type FormEvent, useState } from "react";
import { useAttempt } from "../../api/attempt.ts";
import { ProblemNotice } from "../../parts/problem.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { TextField } from "../../ui/field.tsx";
import { Column, Line } from "../../ui/layout.tsx";
import { Text } from "../../ui/text.tsx";

/** What somebody answers: from 0, not at all likely to recommend the business, to 10, and why. */
export interface GivenAnswer {
  readonly nps: number;
  readonly feedback: string;
}

const SCORES = Array.from({ length: 11 }, (_, score) => ({ value: String(score), label: String(score) }));

/** A survey as a contact of Trustmary sees it. */
export function AnswerForm(props: { readonly who: string; readonly onAnswer: (answer: GivenAnswer) => Promise<void> }) {
  const { who, onAnswer } = props;
  const [score, setScore] = useState("");
  const [feedback, setFeedback] = useState("");
  const { isBusy, problem, attempt } = useAttempt();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (score === "" || isBusy) return;
    void attempt(async () => {
      await onAnswer({ nps: Number(score), feedback });
      setScore("");
      setFeedback("");
    });
  };
  return (
    <form onSubmit={submit} aria-label={`Survey of ${who}`}>
      <Column>
        <Text kind="strong">Answer the survey as {who}</Text>
        <Text kind="soft">How likely would you recommend us? An answer becomes a note, a low one a task as well.</Text>
        <Choice label="Score" value={score} options={SCORES} onChange={setScore} />
        <TextField label="Why" value={feedback} isLong onChange={setFeedback} />
        {problem && <ProblemNotice error={problem} />}
        <Line gap="tight">
          <Button
            kind="main"
            isSmall
            isSubmit
            isBusy={isBusy}
            blocked={score === "" ? "Choose a score first" : undefined}
          >
            Send the answer
          </Button>
        </Line>
      </Column>
    </form>
  );
}
