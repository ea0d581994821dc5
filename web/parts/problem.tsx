import type { ReactNode } from "react";
import { HubProblem } from "../api/client.ts";
import type { Loaded } from "../api/loaded.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Placeholder } from "../ui/placeholder.tsx";

/** A failure in words: what could not be done, why, and the next step. */
export function ProblemNotice({ error, retry }: { readonly error: Error; readonly retry?: () => void }) {
  const title = error instanceof HubProblem ? error.title : "This part of the page failed";
  return (
    <Notice
      tone="bad"
      title={title}
      action={
        retry && (
          <Button isSmall onClick={retry}>
            Try again
          </Button>
        )
      }
    >
      {error.message}
    </Notice>
  );
}

/** Draws an answer once it is there; until then its placeholder, or what went wrong. */
export function Ready<Data>(props: {
  readonly answer: Loaded<Data>;
  readonly label: string;
  readonly rows?: number;
  readonly children: (data: Data, isStale: boolean) => ReactNode;
}) {
  const { answer, label, rows, children } = props;
  switch (answer.state) {
    case "reading":
      return <Placeholder label={label} {...(rows === undefined ? {} : { rows })} />;
    case "failed":
      return <ProblemNotice error={answer.error} retry={answer.retry} />;
    case "ready":
      return children(answer.data, answer.isStale);
    default:
      return answer satisfies never;
  }
}
