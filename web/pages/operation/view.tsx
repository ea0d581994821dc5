import { useState } from "react";
import type { HandCallView, OperationRunView, OperationView } from "../../../model/api/operations.ts";
import type { Loaded } from "../../api/loaded.ts";
import { HandCalls } from "../../parts/handCalls.tsx";
import { InputFields } from "../../parts/inputFields.tsx";
import { ProblemNotice, Ready } from "../../parts/problem.tsx";
import { type Draft, fieldsOf, filled } from "../../text/forms.ts";
import { effectWord, permissionWords } from "../../text/operations.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Code } from "../../ui/code.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { Beside, Card, Column, Page, Section, Two } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Pairs } from "../../ui/pairs.tsx";
import { Text } from "../../ui/text.tsx";

/** Runs the operation of this page. @throws Error in readable words */
export type Run = (input: Readonly<Record<string, unknown>>) => Promise<OperationRunView>;

export interface OperationPageProps {
  readonly connectionId: string;
  /** The partner's name, for instance HighLevel. */
  readonly partner: string;
  readonly operation: Loaded<OperationView>;
  /** Address of the list that led here. */
  readonly back: string;
  /** What was run of it by hand lately. */
  readonly calls: readonly HandCallView[];
  readonly onRun: Run;
}

/** One entry of the catalogue: what it is, what it takes and gives, and a place to try it where it only looks. */
export function OperationPageView(props: OperationPageProps) {
  const { operation, back } = props;
  const known = operation.state === "ready" ? operation.data : undefined;
  return (
    <Page
      title={known?.title ?? "One thing it can do"}
      lead={known?.description}
      actions={<Link to={back}>All that it can do</Link>}
    >
      <Ready answer={operation} label="Reading the operation" rows={8}>
        {(entry) => <Details {...props} entry={entry} />}
      </Ready>
    </Page>
  );
}

function Details({ entry, ...props }: OperationPageProps & { readonly entry: OperationView }) {
  const canTry = entry.kind === "action" && entry.effect === "reads";
  return (
    <Two>
      <Column gap="wide">
        {canTry && <TryIt entry={entry} onRun={props.onRun} />}
        {!canTry && entry.kind === "action" && <Elsewhere {...props} entry={entry} />}
        <Section title="Example">
          <Card>
            <Column gap="wide">
              {entry.kind === "action" && <Code title="Given">{shown(entry.example.input)}</Code>}
              <Code title="What comes of it">{shown(entry.example.output)}</Code>
            </Column>
          </Card>
        </Section>
      </Column>
      <Column gap="wide">
        <Section title="What it is">
          <Card>
            <Pairs rows={factsOf(entry, props.partner)} />
          </Card>
        </Section>
        {entry.kind === "action" && (
          <Section title="Calls made by hand">
            <HandCalls calls={props.calls} empty="Nobody has run it by hand." />
          </Section>
        )}
      </Column>
    </Two>
  );
}

function factsOf(entry: OperationView, partner: string): readonly (readonly [string, React.ReactNode])[] {
  const { calls, firedBy, delay, tokenClass } = entry;
  const requests = [...new Set(calls.map(({ method, path }) => `${method} ${path}`))];
  return [
    ["Does", effectWord(entry)],
    ["Needs", <Needs key="needs" entry={entry} />],
    ...(tokenClass === undefined ? [] : [["Token", `One of the ${tokenClass}`] as const]),
    ...(firedBy === undefined ? [] : [["Noticed by", firedBy] as const]),
    ...(delay === undefined ? [] : [["How soon", delay.words] as const]),
    ...(requests.length === 0 ? [] : [["Asks", <Requests key="asks" requests={requests} />] as const]),
    ["API", entry.generations.map((one) => GENERATION_WORDS[one] ?? one).join(", ")],
    [
      "Name",
      <Text key="name" kind="code">
        {entry.id}
      </Text>,
    ],
    ["Number", String(entry.number)],
    [
      `At ${partner}`,
      <Text key="source" kind="code">
        {entry.source}
      </Text>,
    ],
  ];
}

/** Generations of a partner's API that need a word. */
const GENERATION_WORDS: Readonly<Record<string, string>> = { dated: "dated versions" };

function Needs({ entry }: { readonly entry: OperationView }) {
  const { word, tone } = permissionWords(entry);
  return (
    <Column gap="tight">
      <Text kind="code">{entry.scopes.join(", ")}</Text>
      <span>
        <Badge tone={tone}>{word}</Badge>
      </span>
    </Column>
  );
}

function Requests({ requests }: { readonly requests: readonly string[] }) {
  return (
    <Column gap="tight">
      {requests.map((request) => (
        <Text key={request} kind="code">
          {request}
        </Text>
      ))}
    </Column>
  );
}

/** What changes something is run by a program or a command line, where its input is written down. */
function Elsewhere({
  entry,
  connectionId,
  partner,
}: Omit<OperationPageProps, "onRun"> & { readonly entry: OperationView }) {
  return (
    <Section title="Run it">
      <Card>
        <Column gap="wide">
          <Notice tone="wait" title={`It changes something at ${partner}`}>
            {entry.blocked ?? "So it is run by the API or by a command, not from this page."}
          </Notice>
          <Code title="By command">{commandOf(connectionId, entry)}</Code>
          <Disclosure summary="What it takes">
            <Pairs
              rows={fieldsOf(entry.input).map(({ key, hint, isRequired }) => [
                key,
                isRequired ? `${hint} Must be given.` : hint,
              ])}
            />
          </Disclosure>
        </Column>
      </Card>
    </Section>
  );
}

function commandOf(connectionId: string, { id, example }: OperationView): string {
  return `kith call ${connectionId} ${id} --input '${JSON.stringify(example.input).replaceAll("'", "'\\''")}'`;
}

function TryIt({ entry, onRun }: { readonly entry: OperationView; readonly onRun: Run }) {
  const fields = fieldsOf(entry.input);
  const [draft, setDraft] = useState<Draft>({});
  const { outcome, problem, isBusy, run } = useRun(onRun);
  const asked = filled(fields, draft);
  const set = (key: string, text: string) => setDraft({ ...draft, [key]: text });
  const few = fields.filter(({ isRequired }, place) => isRequired || place < 4);
  const rest = fields.filter((field) => !few.includes(field));
  return (
    <Section title="Try it">
      <Card>
        <form
          aria-label="Try it"
          onSubmit={(event) => {
            event.preventDefault();
            if (asked.kind === "input") void run(asked.input);
          }}
        >
          <Column gap="wide">
            {fields.length === 0 && <Text kind="soft">It needs nothing more than the connection.</Text>}
            <InputFields fields={few} draft={draft} onChange={set} />
            {rest.length > 0 && (
              <Disclosure summary={`${rest.length} more that can be given`}>
                <InputFields fields={rest} draft={draft} onChange={set} />
              </Disclosure>
            )}
            <Beside end={asked.kind === "wrong" ? asked.words : ""}>
              <Button
                kind="main"
                isSmall
                isSubmit
                isBusy={isBusy}
                blocked={asked.kind === "wrong" ? asked.words : undefined}
              >
                Look it up
              </Button>
            </Beside>
            {problem && <ProblemNotice error={problem} />}
            {outcome && <Outcome outcome={outcome} />}
          </Column>
        </form>
      </Card>
    </Section>
  );
}

function Outcome({ outcome: { output, calls, ms } }: { readonly outcome: OperationRunView }) {
  const made = calls.map(({ method, path, status }) => `${method} ${path}: ${status}`).join(", ");
  return (
    <Column gap="tight">
      <Code title="What came of it">{shown(output)}</Code>
      <Text kind="soft">
        {made}. It took {Math.round(ms)} ms.
      </Text>
    </Column>
  );
}

function useRun(onRun: Run) {
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<OperationRunView>();
  const [problem, setProblem] = useState<Error>();
  const run = async (input: Readonly<Record<string, unknown>>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      setOutcome(await onRun(input));
    } catch (thrown) {
      setOutcome(undefined);
      setProblem(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
    setBusy(false);
  };
  return { isBusy, outcome, problem, run };
}

function shown(value: unknown): string {
  return JSON.stringify(value ?? {}, undefined, 2);
}
