import { useState } from "react";
import type { AppRead, AppSource } from "../../../model/api/apps.ts";
import type { AppDeclaration } from "../../../model/declaration.ts";
import { ProblemNotice } from "../../parts/problem.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { TextField } from "../../ui/field.tsx";
import { Beside, Card, Column } from "../../ui/layout.tsx";
import { Text } from "../../ui/text.tsx";
import { emptyApp } from "./draft.ts";

const WAYS = {
  address: "From an address",
  text: "From a file's text",
  hand: "By hand",
} as const;
type Way = keyof typeof WAYS;

const HELP: Readonly<Record<Way, string>> = {
  address:
    "Most products publish a description of their API, called OpenAPI or Swagger. Give the address of the document itself.",
  text: "Paste an OpenAPI or Swagger document, or the description of an app that was saved from here.",
  hand: "Without a document: you say where each kind of record is found.",
};

/** The first step: what the app is described by. */
export function SourceStep(props: {
  /** Reads a document or a description. @throws Error in readable words */
  readonly onRead: (source: AppSource) => Promise<AppRead>;
  readonly onDone: (read: AppRead) => void;
}) {
  const [way, setWay] = useState<Way>("address");
  const [address, setAddress] = useState("");
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const blocked = blockedBy(way, { address, text, name });
  const read = async (): Promise<void> => {
    if (blocked !== undefined) return;
    if (way === "hand") return props.onDone(byHand(emptyApp(name.trim(), address.trim())));
    setBusy(true);
    setProblem(undefined);
    try {
      props.onDone(await props.onRead(way === "text" ? { text } : { address: address.trim() }));
    } catch (thrown) {
      setProblem(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
    setBusy(false);
  };
  return (
    <Card>
      <form
        aria-label="What is it described by?"
        onSubmit={(event) => {
          event.preventDefault();
          void read();
        }}
      >
        <Column gap="wide">
          <Choice
            label="What is it described by?"
            value={way}
            options={(["address", "text", "hand"] as const).map((value) => ({ value, label: WAYS[value] }))}
            onChange={setWay}
          />
          <Text kind="soft">{HELP[way]}</Text>
          {way === "hand" && <TextField label="Name of the app" value={name} isRequired onChange={setName} />}
          {way !== "text" && (
            <TextField
              label={way === "hand" ? "Address of its API" : "Address of the document"}
              hint={way === "hand" ? "What every path is under, for instance https://api.example.com/v1." : ""}
              type="url"
              value={address}
              isRequired
              onChange={setAddress}
            />
          )}
          {way === "text" && <TextField label="Text" value={text} isLong isRequired onChange={setText} />}
          {problem && <ProblemNotice error={problem} />}
          <Beside end={blocked ?? ""}>
            <Button kind="main" isSubmit isBusy={isBusy} blocked={blocked}>
              {way === "hand" ? "Begin" : "Read it"}
            </Button>
          </Beside>
        </Column>
      </form>
    </Card>
  );
}

function byHand(declaration: AppDeclaration): AppRead {
  return { kind: "declaration", declaration };
}

function blockedBy(way: Way, typed: { readonly address: string; readonly text: string; readonly name: string }) {
  if (way === "text") return typed.text.trim() === "" ? "Paste the text" : undefined;
  if (way === "hand" && typed.name.trim() === "") return "Give it a name";
  return /^https?:\/\/\S+$/.test(typed.address.trim()) ? undefined : "Give an address that begins with https://";
}
