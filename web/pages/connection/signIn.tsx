import { useState } from "react";
import type { ConnectionPageView, ConnectorView, CredentialFormView } from "../../../model/api/connections.ts";
import type { Given } from "../../api/connecting.ts";
import { appAddress } from "../../app/addresses.ts";
import { Act, type Doing } from "../../parts/act.tsx";
import { InputFields } from "../../parts/inputFields.tsx";
import { Sure } from "../../parts/sure.tsx";
import { signInWords } from "../../text/connections.ts";
import { type Draft, fieldsOfWay, filled } from "../../text/forms.ts";
import { Badge } from "../../ui/badge.tsx";
import { ButtonLink } from "../../ui/button.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { Card, Column, Section } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";

export interface SignInProps {
  readonly row: ConnectionPageView;
  readonly connector: ConnectorView | undefined;
  readonly onSignIn: (credential: Given) => Promise<string>;
  readonly onSignOut: Doing;
}

/** How the connection is signed in, and every way to do so anew. */
export function SignInSection(props: SignInProps) {
  const { row, connector, onSignOut } = props;
  const { word, tone } = signInWords(row);
  const ways = connector?.credentials.filter(({ schema }) => schema !== undefined) ?? [];
  const isIn = row.signIn !== "none";
  return (
    <Section title="Sign-in" aside={<Badge tone={tone}>{word}</Badge>}>
      <Card>
        <Column gap="wide">
          {row.consent && <ByPage row={row} consent={row.consent} />}
          {ways.map((way, place) => (
            <Way key={way.kind} {...props} way={way} isOpen={place === 0 && !isIn && row.consent === undefined} />
          ))}
          {isIn && (
            <Sure
              follows={`Kith forgets how to sign in to ${row.partner}; nothing changes there. All its work waits until it is signed in again.`}
              yes="Sign it out"
              run={onSignOut}
            >
              Sign out…
            </Sure>
          )}
        </Column>
      </Card>
    </Section>
  );
}

/** The partner's own page: what it will ask for, and what it has not granted so far. */
function ByPage({
  row: { partner, connectorId, signIn },
  consent: { path, hasApp, scopes, missing },
}: {
  readonly row: ConnectionPageView;
  readonly consent: NonNullable<ConnectionPageView["consent"]>;
}) {
  const isAgain = signIn === "oauth" || signIn === "agency";
  return (
    <Column>
      {missing.length > 0 && (
        <Notice tone="wait" title={`${partner} has not granted all that the settings ask for`}>
          {missing.join(", ")}. Connect again, and agree to them.
        </Notice>
      )}
      <Text kind="soft">
        {hasApp
          ? `You choose the account and agree on ${partner}'s own page; Kith sees no password.`
          : `To connect on ${partner}'s own page, Kith must know an app of yours there.`}
      </Text>
      {hasApp ? (
        <span>
          <ButtonLink to={path} kind={isAgain && missing.length === 0 ? "plain" : "main"} isSmall>
            {isAgain ? "Connect again" : `Connect at ${partner}`}
          </ButtonLink>
        </span>
      ) : (
        <Link to={appAddress(connectorId)}>Register your app</Link>
      )}
      <Disclosure summary={`${scopes.length} permissions that it asks for`}>
        <Column gap="tight">
          {scopes.map((scope) => (
            <Text key={scope} kind="code">
              {scope}
            </Text>
          ))}
        </Column>
      </Disclosure>
    </Column>
  );
}

/** One way of signing in by hand. What is typed is tried before it is kept, and not shown again. */
function Way({ way, isOpen, onSignIn }: SignInProps & { readonly way: CredentialFormView; readonly isOpen: boolean }) {
  const fields = fieldsOfWay(way);
  const [draft, setDraft] = useState<Draft>({});
  const typed = filled(fields, draft);
  const form = (
    <Column>
      {fields.length > 1 && <Text kind="soft">{way.help}</Text>}
      <InputFields fields={fields} draft={draft} onChange={(key, text) => setDraft({ ...draft, [key]: text })} />
      <Act
        run={async () => {
          const said = await onSignIn({ kind: way.kind, ...(typed.kind === "input" ? typed.input : {}) });
          setDraft({});
          return said;
        }}
        {...(typed.kind === "wrong" && { blocked: typed.words })}
      >
        Try it and keep it
      </Act>
    </Column>
  );
  return isOpen ? form : <Disclosure summary={`Sign in with: ${way.label}`}>{form}</Disclosure>;
}
