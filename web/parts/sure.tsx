import { useState } from "react";
import { Button, type ButtonKind } from "../ui/button.tsx";
import { Beside, Column, Line } from "../ui/layout.tsx";
import { Text } from "../ui/text.tsx";
import { Act, type Doing } from "./act.tsx";

/** A button for what is not lightly done: it says what follows, and does it only when it is told so once more. */
export function Sure(props: {
  readonly children: string;
  /** What follows, in a sentence or two. */
  readonly follows: string;
  /** What the second button says. */
  readonly yes: string;
  readonly kind?: ButtonKind;
  readonly run: Doing;
}) {
  const { children, follows, yes, kind = "plain", run } = props;
  const [isAsked, setAsked] = useState(false);
  const [said, setSaid] = useState("");
  const ask = (): void => {
    setSaid("");
    setAsked(true);
  };
  // What fails is told beside the button that was pressed; what is done closes the question.
  const done = async (): Promise<string> => {
    const words = await run();
    setAsked(false);
    setSaid(words);
    return "";
  };
  if (!isAsked) {
    return (
      <Beside end={said}>
        <Button isSmall onClick={ask}>
          {children}
        </Button>
      </Beside>
    );
  }
  return (
    <Column gap="tight">
      <Text kind="soft">{follows}</Text>
      <Line gap="tight">
        <Act run={done} kind={kind}>
          {yes}
        </Act>
        <Button isSmall kind="quiet" onClick={() => setAsked(false)}>
          Leave it as it is
        </Button>
      </Line>
    </Column>
  );
}
