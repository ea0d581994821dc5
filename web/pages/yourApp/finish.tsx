import { useState } from "react";
import type { AppDeclaration } from "../../../model/declaration.ts";
import { ProblemNotice } from "../../parts/problem.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { PickField } from "../../ui/field.tsx";
import { Beside, Card, Column, Line } from "../../ui/layout.tsx";
import { SaveLink } from "../../ui/link.tsx";
import { Text } from "../../ui/text.tsx";

/** What a person chose at the end. */
export interface Finish {
  readonly isWriting: boolean;
  /** The connection that the app's records are kept in step with; absent where that is left for later. */
  readonly beside?: string;
  /** By which the app proves its webhooks. */
  readonly webhookSecret?: string;
}

/** The last step: what the hub may do there, and with whom the app is kept in step. */
export function FinishStep(props: {
  readonly app: AppDeclaration;
  /** The connections that are there, by id and name. */
  readonly connections: readonly { readonly id: string; readonly name: string }[];
  /** Connects the app and goes on to it. @throws Error in readable words */
  readonly onConnect: (finish: Finish) => Promise<void>;
}) {
  const { app, connections } = props;
  const [isWriting, setWriting] = useState(false);
  const [beside, setBeside] = useState(connections[0]?.name ?? "");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const connect = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    const chosen = connections.find(({ name }) => name === beside);
    await props.onConnect({ isWriting, ...(chosen && { beside: chosen.id }) }).catch((thrown: unknown) => {
      setProblem(thrown instanceof Error ? thrown : new Error(String(thrown)));
    });
    setBusy(false);
  };
  return (
    <Card>
      <Column gap="wide">
        <Choice
          label={`What may Kith do in ${app.name}?`}
          value={isWriting ? "writes" : "reads"}
          options={[
            { value: "reads", label: "Only read" },
            { value: "writes", label: "Read and write" },
          ]}
          onChange={(value) => setWriting(value === "writes")}
        />
        <PickField
          label="Keep it in step with"
          hint="Nothing is written before you have seen what would happen and started it. Leave it empty to do this later."
          value={beside}
          options={connections.map(({ name }) => name)}
          onChange={setBeside}
        />
        {problem && <ProblemNotice error={problem} />}
        <Beside end="">
          <Button kind="main" isBusy={isBusy} onClick={() => void connect()}>
            Connect {app.name}
          </Button>
        </Beside>
        <Line>
          <SaveLink
            name={`${fileName(app.name)}.app.json`}
            json={`${JSON.stringify(app, undefined, 2)}
`}
          >
            Save the description as a file
          </SaveLink>
          <Text kind="soft">It holds no secret: keep it, share it, or commit it.</Text>
        </Line>
      </Column>
    </Card>
  );
}

function fileName(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "") || "app"
  );
}
