import { useState } from "react";
import type { AppRead, AppSource } from "../../../model/api/apps.ts";
import type { AppDeclaration, SignIn } from "../../../model/declaration.ts";
import type { CredentialConfig } from "../../../model/workspace.ts";
import { PARTNERS } from "../../app/addresses.ts";
import { Button } from "../../ui/button.tsx";
import { Beside, Column, Line, Page } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { credentialOf, issuesOf, NO_SECRETS, type Secrets } from "./draft.ts";
import { FieldsStep } from "./fields.tsx";
import { type Finish, FinishStep } from "./finish.tsx";
import { RecordsStep } from "./records.tsx";
import { SignInStep } from "./signIn.tsx";
import { SourceStep } from "./source.tsx";
import { TrialStep, type Try } from "./trial.tsx";

/** The steps, in order, with the question that each asks. */
export const STEPS = ["source", "records", "fields", "signIn", "trial", "finish"] as const;
export type Step = (typeof STEPS)[number];

const QUESTIONS: Readonly<Record<Step, string>> = {
  source: "What is it described by?",
  records: "What shall be kept in step?",
  fields: "Which field is which?",
  signIn: "How does one sign in?",
  trial: "Does it look right?",
  finish: "Ready to connect",
};

/** What was gathered so far. */
export interface AppDraft {
  readonly app: AppDeclaration;
  readonly suggested: AppDeclaration["resources"];
  readonly signIns: readonly SignIn[];
}

export interface YourAppPageProps {
  readonly connections: readonly { readonly id: string; readonly name: string }[];
  /** Where it begins; for stories. */
  readonly begin?: { readonly step: Step; readonly draft: AppDraft };
  readonly onRead: (source: AppSource) => Promise<AppRead>;
  readonly onTry: (app: AppDeclaration, credential: CredentialConfig, ...asked: Parameters<Try>) => ReturnType<Try>;
  readonly onConnect: (app: AppDeclaration, credential: CredentialConfig, finish: Finish) => Promise<void>;
}

/** An app of the user's own, connected step by step: one question on each page, and the way back always open. */
export function YourAppPageView(props: YourAppPageProps) {
  const { begin, connections, onRead, onTry, onConnect } = props;
  const [step, setStep] = useState<Step>(begin?.step ?? "source");
  const [draft, setDraft] = useState<AppDraft | undefined>(begin?.draft);
  const [secrets, setSecrets] = useState<Secrets>(NO_SECRETS);
  const go = (next: Step): void => {
    setStep(next);
    // Each question begins at its top, however long the one before was.
    window.scrollTo({ top: 0 });
  };
  const place = STEPS.indexOf(step);
  const change = (app: AppDeclaration): void => {
    if (draft !== undefined) setDraft({ ...draft, app });
  };
  return (
    <Page
      title="Connect an app of your own"
      lead={`Step ${place + 1} of ${STEPS.length}. ${QUESTIONS[step]}`}
      actions={<Link to={PARTNERS}>All that can be connected</Link>}
    >
      <Column gap="wide">
        {step === "source" && (
          <SourceStep
            onRead={onRead}
            onDone={(read) => {
              setDraft(draftOf(read));
              go("records");
            }}
          />
        )}
        {draft !== undefined && step !== "source" && (
          <>
            {step === "records" && <RecordsStep {...draft} onChange={change} />}
            {step === "fields" && <FieldsStep app={draft.app} onChange={change} />}
            {step === "signIn" && (
              <SignInStep
                app={draft.app}
                known={draft.signIns}
                secrets={secrets}
                onChange={change}
                onSecrets={setSecrets}
              />
            )}
            {step === "trial" && (
              <TrialStep
                app={draft.app}
                onTry={(operation, input) => onTry(draft.app, typed(draft.app, secrets), operation, input)}
              />
            )}
            {step === "finish" && (
              <FinishStep
                app={draft.app}
                connections={connections}
                onConnect={(finish) =>
                  onConnect(draft.app, typed(draft.app, secrets), { ...finish, ...webhookSecret(secrets) })
                }
              />
            )}
            <Ways step={step} blocked={blockedAt(step, draft.app, secrets)} onGo={go} />
          </>
        )}
      </Column>
    </Page>
  );
}

/** What is read becomes the draft; a description that was saved suggests itself. */
export function draftOf(read: AppRead): AppDraft {
  const { declaration } = read;
  const signIns = read.kind === "document" ? read.signIns : [declaration.signIn];
  return { app: declaration, suggested: declaration.resources, signIns };
}

function Ways(props: {
  readonly step: Step;
  readonly blocked: string | undefined;
  readonly onGo: (step: Step) => void;
}) {
  const { step, blocked, onGo } = props;
  const place = STEPS.indexOf(step);
  const [before, after] = [STEPS[place - 1], STEPS[place + 1]];
  return (
    <Beside end={blocked ?? ""}>
      <Line>
        {before && <Button onClick={() => onGo(before)}>Back</Button>}
        {after && (
          <Button kind="main" blocked={blocked} onClick={() => onGo(after)}>
            {step === "trial" ? "It looks right" : "Next"}
          </Button>
        )}
      </Line>
    </Beside>
  );
}

/** Why one can not go on from a step. */
function blockedAt(step: Step, app: AppDeclaration, secrets: Secrets): string | undefined {
  // How one signs in is asked after the records, and may still be open while these are looked at.
  const settled = step === "records" || step === "fields" ? { ...app, signIn: { kind: "none" as const } } : app;
  const [issue] = issuesOf(settled);
  if (issue !== undefined) return issue;
  if (step !== "signIn") return undefined;
  if (credentialOf(app.signIn, secrets) === undefined) return "Fill in what it asks for";
  const isShort = app.webhooks !== undefined && secrets.webhookSecret.length < 16;
  return isShort ? "Give the secret of its webhooks at least 16 characters" : undefined;
}

function webhookSecret({ webhookSecret: secret }: Secrets): Pick<Finish, "webhookSecret"> {
  return secret === "" ? {} : { webhookSecret: secret };
}

/** Who comes this far has typed it: the step before does not let anybody on without. */
function typed(app: AppDeclaration, secrets: Secrets): CredentialConfig {
  return credentialOf(app.signIn, secrets) ?? { kind: "token", token: "none" };
}
