import { useState } from "react";
import type { AppView } from "../../../model/api/connections.ts";
import type { Loaded } from "../../api/loaded.ts";
import { CONNECTIONS, newConnectionAddress } from "../../app/addresses.ts";
import { Act, type Doing } from "../../parts/act.tsx";
import { Ready } from "../../parts/problem.tsx";
import { Sure } from "../../parts/sure.tsx";
import { PURPOSE_WORDS } from "../../text/connections.ts";
import { Breakable } from "../../ui/breakable.tsx";
import { Command } from "../../ui/command.tsx";
import { TextField } from "../../ui/field.tsx";
import { Card, Column, Page, Section, Two } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";

export interface AppPageProps {
  readonly connectorId: string;
  readonly apps: Loaded<readonly AppView[]>;
  readonly onRegister: (app: { readonly clientId: string; readonly clientSecret: string }) => Promise<string>;
  readonly onForget: Doing;
}

/** The operator's own app at a partner: what it must be registered with there, and what Kith must know of it. */
export function AppPageView(props: AppPageProps) {
  const { apps, connectorId } = props;
  const known = apps.state === "ready" ? apps.data.find((app) => app.connectorId === connectorId) : undefined;
  return (
    <Page
      title={`Your app at ${known?.partner ?? "a partner"}`}
      lead="Registered once. After that, each account is connected by choosing it and agreeing there."
      actions={<Link to={CONNECTIONS}>All connections</Link>}
    >
      <Ready answer={apps} label="Reading your app" rows={8}>
        {() =>
          known === undefined ? (
            <Card>
              <Empty title="There are no apps at this partner">It is signed in to in another way.</Empty>
            </Card>
          ) : (
            <Two>
              <AtPartner app={known} />
              <Here {...props} app={known} />
            </Two>
          )
        }
      </Ready>
    </Page>
  );
}

/** What is typed and ticked in the app's settings at the partner; each can be copied. */
function AtPartner({ app: { partner, redirectUri, webhookUrl, scopes } }: { readonly app: AppView }) {
  return (
    <Section title={`1. At ${partner}`}>
      <Card>
        <Column gap="wide">
          <Text kind="soft">Make an app for developers there, and give it these.</Text>
          <Copied name="Redirect address" text={redirectUri} />
          {webhookUrl !== undefined && <Copied name="Address for webhooks" text={webhookUrl} />}
          {scopes.map((group) => (
            <Copied
              key={group.purpose}
              name={`Permissions. ${PURPOSE_WORDS[group.purpose]}`}
              text={group.scopes.join(" ")}
            />
          ))}
        </Column>
      </Card>
    </Section>
  );
}

function Copied({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <Column gap="tight">
      <Text kind="strong">{name}</Text>
      <Command text={text} />
    </Column>
  );
}

/** What the partner gives for it. The secret is sealed and never shown again. */
function Here({
  app: { partner, clientId, connectorId },
  onRegister,
  onForget,
}: AppPageProps & { readonly app: AppView }) {
  const [id, setId] = useState(clientId ?? "");
  const [secret, setSecret] = useState("");
  const missing =
    id.trim() === "" ? "Fill in the client id" : secret.trim() === "" ? "Fill in the client secret" : undefined;
  const keep = async (): Promise<string> => {
    const said = await onRegister({ clientId: id.trim(), clientSecret: secret.trim() });
    setSecret("");
    return said;
  };
  return (
    <Section title="2. Here">
      <Card>
        <Column gap="wide">
          {clientId !== undefined && (
            <Text>
              Registered as <Breakable text={clientId} />.{" "}
              <Link to={newConnectionAddress(connectorId)}>Connect an account by it</Link>
            </Text>
          )}
          <TextField label="Client id" hint={`As ${partner} shows it.`} isRequired value={id} onChange={setId} />
          <TextField
            label="Client secret"
            hint="Sealed where it is kept, and never shown again."
            type="password"
            isRequired
            value={secret}
            onChange={setSecret}
          />
          <Act run={keep} kind="main" {...(missing !== undefined && { blocked: missing })}>
            {clientId === undefined ? "Keep it" : "Keep the new one"}
          </Act>
          {clientId !== undefined && (
            <Sure
              follows="Accounts that are connected stay so; new ones can not be connected on the partner's page."
              yes="Forget it"
              run={onForget}
            >
              Forget this app…
            </Sure>
          )}
        </Column>
      </Card>
    </Section>
  );
}
