import type { HandCallView } from "../../model/api/operations.ts";
import type { Worded } from "../text/words.ts";
import { Badge } from "../ui/badge.tsx";
import { Code } from "../ui/code.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import { Card, Column, Line } from "../ui/layout.tsx";
import { Item, List } from "../ui/list.tsx";
import { Text } from "../ui/text.tsx";
import { When } from "../ui/when.tsx";

const OUTCOME_WORDS: Readonly<Record<HandCallView["outcome"], Worded>> = {
  done: { word: "Done", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  unknown: { word: "Outcome not known", tone: "wait" },
  underWay: { word: "Begun, end not known", tone: "wait" },
};

const BY_WORDS: Readonly<Record<HandCallView["by"], string>> = {
  dashboard: "from the dashboard",
  program: "by a command or program",
};

/** What was run by hand: who, what, when, and what came of it. */
export function HandCalls({ calls, empty }: { readonly calls: readonly HandCallView[]; readonly empty: string }) {
  if (calls.length === 0) {
    return (
      <Card>
        <Text kind="soft">{empty}</Text>
      </Card>
    );
  }
  return (
    <Card isFlush>
      <List label="Calls made by hand">
        {calls.map((call) => (
          <HandCall key={call.id} call={call} />
        ))}
      </List>
    </Card>
  );
}

function HandCall({ call }: { readonly call: HandCallView }) {
  const { title, at, by, outcome, input, calls, error } = call;
  const { word, tone } = OUTCOME_WORDS[outcome];
  const made = calls.map(({ method, path, status }) => `${method} ${path}: ${status}`);
  return (
    <Item end={<Badge tone={tone}>{word}</Badge>}>
      <Column gap="tight">
        <Text kind="strong">{title}</Text>
        <Line gap="tight">
          <Text kind="soft">
            <When at={at} /> {BY_WORDS[by]}
          </Text>
        </Line>
        {error && <Text kind="soft">{error.message}</Text>}
        <Disclosure summary="What was given and asked">
          <Column gap="tight">
            <Code title="Given">{JSON.stringify(input, undefined, 2)}</Code>
            {made.length > 0 && <Code title="Asked">{made.join("\n")}</Code>}
          </Column>
        </Disclosure>
      </Column>
    </Item>
  );
}
