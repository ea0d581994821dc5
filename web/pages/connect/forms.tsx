import { type ReactNode, useState } from "react";
import type { AppView, ConnectorView, CredentialFormView } from "../../../model/api/connections.ts";
import type { ConnectionEdit, Given } from "../../api/connecting.ts";
import { appAddress } from "../../app/addresses.ts";
import { InputFields } from "../../parts/inputFields.tsx";
import { ProblemNotice } from "../../parts/problem.tsx";
import {
  type Draft,
  type Filled,
  fieldsOf,
  fieldsOfHosts,
  fieldsOfWay,
  filled,
  type InputField,
  textsOf,
} from "../../text/forms.ts";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { TextField } from "../../ui/field.tsx";
import { Beside, Card, Column, Section, Two } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";

export interface ConnectFormProps {
  readonly connector: ConnectorView;
  /** The operator's own app there; absent while it is read, or where the partner has no page of its own. */
  readonly app: AppView | undefined;
  /** Adds the connection and goes to it. @throws Error in readable words */
  readonly onAdd: (wanted: {
    readonly name: string;
    readonly settings: Given;
    readonly credential: Given;
  }) => Promise<void>;
  /** Leads to the partner's own page. @throws Error in readable words */
  readonly onAgree: (draft: ConnectionEdit) => Promise<void>;
}

/** The ways to sign in as a choice, and below it the form of the one that is chosen. */
export function ConnectForms(props: ConnectFormProps) {
  const { connector } = props;
  const [kind, setKind] = useState(connector.credentials[0]?.kind ?? "");
  const chosen = connector.credentials.find((one) => one.kind === kind);
  return (
    <Column gap="wide">
      {connector.credentials.length > 1 && (
        <Section title="How to sign in">
          <Choice
            label="How to sign in"
            value={kind}
            options={connector.credentials.map((one) => ({ value: one.kind, label: one.label }))}
            onChange={setKind}
          />
          {chosen && <Text kind="soft">{chosen.help}</Text>}
        </Section>
      )}
      <Two>
        {chosen?.schema === undefined ? <ByPage {...props} /> : <ByHand key={kind} {...props} credential={chosen} />}
        <Column>
          <Promises connector={connector} isByHand={chosen?.schema !== undefined} />
        </Column>
      </Two>
    </Column>
  );
}

/** What a person may count on before anything is given. */
function Promises({ connector, isByHand }: { readonly connector: ConnectorView; readonly isByHand: boolean }) {
  const { name, writingSetting } = connector;
  return (
    <Card>
      <Column>
        <Text kind="strong">What happens then</Text>
        <Text kind="soft">
          {isByHand
            ? `Kith tries it with a call that only looks. It is kept if ${name} accepts it, and nothing is stored if not.`
            : `You choose the account and agree on ${name}'s own page. Kith sees no password.`}
        </Text>
        <Text kind="soft">What is secret is sealed where it is kept, and never shown again.</Text>
        {writingSetting !== undefined && (
          <Text kind="soft">Unless you choose writing, Kith only reads there. You can allow it later.</Text>
        )}
        <Text kind="soft">No record is touched until a sync is started. You can sign out again at any time.</Text>
      </Column>
    </Card>
  );
}

/** The account is chosen, and agreed to, at the partner's own page. */
function ByPage({ connector, app, onAgree }: ConnectFormProps) {
  const { accountSetting, writingSetting, agencySetting, name: partner } = connector;
  const [name, setName] = useState(partner);
  const [draft, setDraft] = useState<Draft>({});
  const all = fieldsOf(connector.settings).filter(({ key, isSecret }) => key !== accountSetting && !isSecret);
  const first = all.filter(({ key }) => key === writingSetting || key === agencySetting);
  const hosts = fieldsOfHosts(connector.ownHosts);
  const [addresses, setAddresses] = useState<Draft>({});
  const asked = filled(all, draft);
  if (app !== undefined && app.clientId === undefined) return <AppFirst partner={partner} connectorId={connector.id} />;
  return (
    <Form
      asked={asked}
      blocked={name.trim() === "" ? "Give it a name" : undefined}
      label={`Continue to ${partner}`}
      onSubmit={(settings) => onAgree({ name, settings, baseUrls: textsOf(addresses) })}
    >
      <NameField value={name} onChange={setName} />
      <Settings all={all} first={first} draft={draft} onChange={setDraft} />
      {hosts.length > 0 && (
        <Disclosure summary={`A page of your own at ${partner}, such as that of a white label`}>
          <InputFields
            fields={hosts}
            draft={addresses}
            onChange={(key, text) => setAddresses({ ...addresses, [key]: text })}
          />
        </Disclosure>
      )}
    </Form>
  );
}

function AppFirst({ partner, connectorId }: { readonly partner: string; readonly connectorId: string }) {
  const to = <Link to={appAddress(connectorId)}>Register your app</Link>;
  return (
    <Column>
      <Notice tone="wait" title={`${partner} asks who wants to connect`} action={to}>
        So you register an app of your own at {partner} once, and tell Kith its client id and secret. After that every
        account is connected with two clicks.
      </Notice>
    </Column>
  );
}

/** All is typed here: what the account is, and the credential, which is tried before it is kept. */
function ByHand({ connector, credential, onAdd }: ConnectFormProps & { readonly credential: CredentialFormView }) {
  const [name, setName] = useState(connector.name);
  const [draft, setDraft] = useState<Draft>({});
  const [secret, setSecret] = useState<Draft>({});
  const all = fieldsOf(connector.settings);
  const first = all.filter(({ key, isRequired }) => isRequired || key === connector.writingSetting);
  const given = fieldsOfWay(credential);
  const [asked, secrets] = [filled(all, draft), filled(given, secret)];
  const missing = name.trim() === "" ? "Give it a name" : secrets.kind === "wrong" ? secrets.words : undefined;
  return (
    <Form
      asked={asked}
      blocked={missing}
      label="Try it and connect"
      onSubmit={async (settings) => {
        const typed = secrets.kind === "input" ? secrets.input : {};
        await onAdd({ name, settings, credential: { kind: credential.kind, ...typed } });
      }}
    >
      <NameField value={name} onChange={setName} />
      <InputFields fields={given} draft={secret} onChange={(key, text) => setSecret({ ...secret, [key]: text })} />
      <Settings all={all} first={first} draft={draft} onChange={setDraft} />
    </Form>
  );
}

function NameField(props: { readonly value: string; readonly onChange: (name: string) => void }) {
  return <TextField label="Name" hint="What it is called on these pages." isRequired {...props} />;
}

/** What must be known first, and all else for those who ask. */
function Settings(props: {
  readonly all: readonly InputField[];
  readonly first: readonly InputField[];
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}) {
  const { all, first, draft, onChange } = props;
  const set = (key: string, text: string) => onChange({ ...draft, [key]: text });
  const rest = all.filter((field) => !first.includes(field));
  return (
    <>
      <InputFields fields={first} draft={draft} onChange={set} />
      {rest.length > 0 && (
        <Disclosure summary={`${rest.length} more settings, all of which have a value that suits most`}>
          <InputFields fields={rest} draft={draft} onChange={set} />
        </Disclosure>
      )}
    </>
  );
}

function Form(props: {
  readonly asked: Filled;
  readonly blocked: string | undefined;
  readonly label: string;
  readonly onSubmit: (settings: Given) => Promise<void>;
  readonly children: ReactNode;
}) {
  const { asked, label, onSubmit, children } = props;
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const blocked = props.blocked ?? (asked.kind === "wrong" ? asked.words : undefined);
  const submit = async (): Promise<void> => {
    if (asked.kind !== "input" || blocked !== undefined) return;
    setBusy(true);
    setProblem(undefined);
    await onSubmit(asked.input).catch((thrown: unknown) =>
      setProblem(thrown instanceof Error ? thrown : new Error(String(thrown))),
    );
    setBusy(false);
  };
  return (
    <Card>
      <form
        aria-label={label}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Column gap="wide">
          {children}
          {problem && <ProblemNotice error={problem} />}
          <Beside end={blocked ?? ""}>
            <Button kind="main" isSubmit isBusy={isBusy} blocked={blocked}>
              {label}
            </Button>
          </Beside>
        </Column>
      </form>
    </Card>
  );
}
