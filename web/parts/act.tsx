import { useState } from "react";
import { HubProblem } from "../api/client.ts";
import { Button, type ButtonKind } from "../ui/button.tsx";
import { Beside } from "../ui/layout.tsx";

/** Does something at the hub; resolves with a short sentence on how it went. @throws Error in readable words */
export type Doing = () => Promise<string>;

/** A button that does something, shows that it is being done, and then says how it went, right beside it. */
export function Act(props: {
  readonly children: string;
  readonly run: Doing;
  readonly kind?: ButtonKind;
  readonly label?: string;
  readonly hint?: string;
  /** Why it cannot be done now. */
  readonly blocked?: string;
}) {
  const { children, run, ...looks } = props;
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  const act = async (): Promise<void> => {
    setBusy(true);
    setSaid("");
    setSaid(await run().catch(wordsOf));
    setBusy(false);
  };
  return (
    <Beside end={said}>
      <Button {...looks} isSmall isBusy={isBusy} onClick={() => void act()}>
        {children}
      </Button>
    </Beside>
  );
}

function wordsOf(error: unknown): string {
  if (error instanceof HubProblem) return `${error.title}. ${error.message}`;
  return error instanceof Error ? error.message : "That did not work.";
}
