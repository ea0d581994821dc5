import type { ConnectionPageView as ConnectionData, ConnectorView } from "../../../model/api/connections.ts";
import type { HandCallView } from "../../../model/api/operations.ts";
import type { ConnectionEdit, Given } from "../../api/connecting.ts";
import type { Loaded } from "../../api/loaded.ts";
import { CONNECTIONS, keptAddress, operationsAddress, transcriptsAddress } from "../../app/addresses.ts";
import { Act, type Doing } from "../../parts/act.tsx";
import { Allowances, stateOf } from "../../parts/connectionCard.tsx";
import { HandCalls } from "../../parts/handCalls.tsx";
import { Ready } from "../../parts/problem.tsx";
import { Sure } from "../../parts/sure.tsx";
import { writingWords } from "../../text/connections.ts";
import { Badge } from "../../ui/badge.tsx";
import { Breakable } from "../../ui/breakable.tsx";
import { Card, Column, Line, Page, Section, Two } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Pairs } from "../../ui/pairs.tsx";
import { Text } from "../../ui/text.tsx";
import { When } from "../../ui/when.tsx";
import { SettingsForm } from "./settings.tsx";
import { SignInSection } from "./signIn.tsx";

export interface ConnectionPageProps {
  readonly connection: Loaded<ConnectionData>;
  /** What its partner declares; absent until that is read. */
  readonly connector: ConnectorView | undefined;
  readonly calls: readonly HandCallView[];
  readonly onCheck: Doing;
  readonly onPause: (isPaused: boolean) => Promise<string>;
  readonly onChange: (change: ConnectionEdit) => Promise<string>;
  readonly onSignIn: (credential: Given) => Promise<string>;
  readonly onSignOut: Doing;
  readonly onWriting: (connection: ConnectionData, isOn: boolean) => Promise<string>;
  readonly onRemove: Doing;
}

/** One connection, with everything that can be done about it. */
export function ConnectionPageView(props: ConnectionPageProps) {
  const known = props.connection.state === "ready" ? props.connection.data : undefined;
  return (
    <Page
      title={known?.name ?? "Connection"}
      lead={known && (known.name === known.partner ? undefined : known.partner)}
      actions={<Link to={CONNECTIONS}>All connections</Link>}
    >
      <Ready answer={props.connection} label="Reading the connection" rows={10}>
        {(connection) => <Details {...props} row={connection} />}
      </Ready>
    </Page>
  );
}

type PartProps = ConnectionPageProps & { readonly row: ConnectionData };

function Details(props: PartProps) {
  const { row, connector, calls } = props;
  return (
    <Two>
      <Column gap="wide">
        <Standing {...props} />
        <SignInSection {...props} />
        {row.writing && <Writing {...props} writing={row.writing} />}
        <Section title="Calls made by hand">
          <HandCalls calls={calls} empty="Nobody has run one of its operations by hand." />
        </Section>
      </Column>
      <Column gap="wide">
        <Section title="What it is">
          <Card>
            <Pairs rows={factsOf(row)} />
          </Card>
        </Section>
        {connector && (
          <Section title="Settings">
            <SettingsForm key={JSON.stringify(row.settings)} {...props} connector={connector} />
          </Section>
        )}
        <Removal {...props} />
      </Column>
    </Two>
  );
}

function Standing({ row, onCheck, onPause }: PartProps) {
  const { isPaused, status, message, since, allowances, partner, signIn } = row;
  const { word, tone } = stateOf(row);
  const isSignedOut = signIn === "none" || signIn === "waiting";
  return (
    <Section
      title="How it stands"
      aside={<Badge tone={isSignedOut ? "quiet" : tone}>{isSignedOut ? "Not in use" : word}</Badge>}
    >
      <Card>
        <Column gap="wide">
          {message !== "" && !isSignedOut && (
            <Notice tone={status === "broken" ? "bad" : "wait"} title={message}>
              Since <When at={since} />
            </Notice>
          )}
          <Allowances allowances={allowances} partner={partner} />
          <Line>
            <Act run={onCheck} blocked={isSignedOut ? "Sign it in first" : undefined}>
              Try it now
            </Act>
            <Act
              run={() => onPause(!isPaused)}
              kind="quiet"
              hint={isPaused ? "Catches up with what changed meanwhile" : "Stops all calls until you resume"}
            >
              {isPaused ? "Resume" : "Pause"}
            </Act>
          </Line>
        </Column>
      </Card>
    </Section>
  );
}

function factsOf(row: ConnectionData): readonly (readonly [string, React.ReactNode])[] {
  const { account, heardAt, webhooks, syncs, isFromFile } = row;
  return [
    ["Partner", row.partner],
    ...(account === undefined ? [] : [["Account", <Breakable key="account" text={account} />] as const]),
    ["May", writingWords(row)],
    ["Last heard", heardAt === undefined ? "Not yet" : <When key="heard" at={heardAt} />],
    ...(webhooks?.address === undefined
      ? []
      : [["Webhooks go to", <Breakable key="hooks" text={webhooks.address} />] as const]),
    ...(webhooks === undefined ? [] : [["Last webhook", <LastWebhook key="webhook" {...webhooks} />] as const]),
    ["Kept in step", syncs.length === 0 ? "Not yet" : syncs.map(({ name }) => name).join(", ")],
    ["Described by", isFromFile ? "A workspace file" : "This dashboard"],
    [
      "Can do",
      <Link key="operations" to={operationsAddress(row.id)}>
        All that it can do
      </Link>,
    ],
    ...(row.keeps === undefined
      ? []
      : [
          [
            "Kept by Kith",
            <Link key="kept" to={keptAddress(row.id)}>
              {row.keeps.map(({ nouns }) => nouns).join(", ")}
            </Link>,
          ] as const,
        ]),
    ...(row.hasTranscripts
      ? [
          [
            "Transcripts",
            <Link key="transcripts" to={transcriptsAddress(row.id)}>
              With whom they are, and what is kept beside them
            </Link>,
          ] as const,
        ]
      : []),
    [
      "Id",
      <Text key="id" kind="code">
        {row.id}
      </Text>,
    ],
  ];
}

/** Webhooks are kept for some weeks, so that "none" is no more than that. */
function LastWebhook({ lastAt, reasonForNone }: NonNullable<ConnectionData["webhooks"]>) {
  if (lastAt !== undefined) return <When at={lastAt} />;
  return reasonForNone === undefined ? "None has come lately" : `None. ${reasonForNone}`;
}

/** Whether Kith may change anything there: said with what it asks for, before it is turned on. */
function Writing({
  row,
  writing,
  onWriting,
}: PartProps & { readonly writing: NonNullable<ConnectionData["writing"]> }) {
  const { isOn, asks } = writing;
  return (
    <Section
      title="Writing"
      aside={<Badge tone={isOn ? "good" : "quiet"}>{isOn ? "Reads and writes" : "Only reads"}</Badge>}
    >
      <Card>
        <Column>
          <Text kind="soft">
            {isOn
              ? `Kith may create, change and delete records at ${row.partner}, as its syncs say.`
              : `Kith changes nothing at ${row.partner}. What is to be written there waits.`}
          </Text>
          {asks.length > 0 && (
            <Column gap="tight">
              <Text kind="soft">
                {isOn ? "It needs these permissions to write:" : "To write it needs these as well:"}
              </Text>
              {asks.map((scope) => (
                <Text key={scope} kind="code">
                  {scope}
                </Text>
              ))}
            </Column>
          )}
          <Sure
            follows={
              isOn
                ? "Nothing is written there any more; what is to be written waits until you allow it again."
                : `From now on Kith writes to ${row.partner} what its syncs say. Syncs that wait for it begin to do so.`
            }
            yes={isOn ? "Only read from now on" : "Let it write"}
            kind={isOn ? "plain" : "main"}
            run={() => onWriting(row, !isOn)}
          >
            {isOn ? "Only read…" : "Let it write…"}
          </Sure>
        </Column>
      </Card>
    </Section>
  );
}

function Removal({ row, onRemove }: PartProps) {
  if (row.syncs.length > 0) return null;
  return (
    <Section title="Remove">
      <Card>
        <Column>
          <Text kind="soft">No sync uses it. Nothing changes at {row.partner}.</Text>
          <Sure
            follows={`Its settings and its sign-in are forgotten here.${row.isFromFile ? " A workspace file describes it: the next time that is applied it comes back." : ""}`}
            yes="Remove it"
            kind="danger"
            run={onRemove}
          >
            Remove…
          </Sure>
        </Column>
      </Card>
    </Section>
  );
}
