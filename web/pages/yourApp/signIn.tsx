import type { AppDeclaration, SignIn } from "../../../model/declaration.ts";
import { Choice } from "../../ui/choice.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { TextField } from "../../ui/field.tsx";
import { FieldGrid } from "../../ui/form.tsx";
import { Card, Column } from "../../ui/layout.tsx";
import { Text } from "../../ui/text.tsx";
import { type Secrets, SIGN_IN_WORDS, signInOf } from "./draft.ts";
import { Webhooks } from "./webhooks.tsx";

const KINDS = ["apiKey", "bearer", "basic", "oauth", "clientCredentials", "none"] as const;

/** The fourth step: how one signs in, and with what. */
export function SignInStep(props: {
  readonly app: AppDeclaration;
  /** The ways that a document names. */
  readonly known: readonly SignIn[];
  readonly secrets: Secrets;
  readonly onChange: (app: AppDeclaration) => void;
  readonly onSecrets: (secrets: Secrets) => void;
}) {
  const { app, known, secrets, onChange, onSecrets } = props;
  const { signIn } = app;
  const set = (next: SignIn) => onChange({ ...app, signIn: next });
  return (
    <Card>
      <Column gap="wide">
        <Choice
          label="What does it ask for?"
          value={signIn.kind}
          options={KINDS.map((value) => ({ value, label: SIGN_IN_WORDS[value] }))}
          onChange={(kind) => set(signInOf(kind, known))}
        />
        <Where signIn={signIn} onChange={set} />
        <Secret kind={signIn.kind} secrets={secrets} onChange={onSecrets} />
        <Text kind="soft">
          What is secret is sealed where it is kept, and never shown again. It is no part of a saved description.
        </Text>
        <Disclosure summary="Its webhooks, if it sends any">
          <Webhooks
            app={app}
            secret={secrets.webhookSecret}
            onChange={onChange}
            onSecret={(webhookSecret) => onSecrets({ ...secrets, webhookSecret })}
          />
        </Disclosure>
      </Column>
    </Card>
  );
}

function Where({ signIn, onChange }: { readonly signIn: SignIn; readonly onChange: (signIn: SignIn) => void }) {
  if (signIn.kind === "apiKey") {
    return (
      <Column>
        <Choice
          label="Where the key is sent"
          value={signIn.in}
          options={[
            { value: "header", label: "In a header" },
            { value: "query", label: "In the address" },
          ]}
          onChange={(at) => onChange({ ...signIn, in: at })}
        />
        <FieldGrid>
          <TextField
            label={signIn.in === "header" ? "Name of the header" : "Name of the parameter"}
            value={signIn.name}
            onChange={(name) => onChange({ ...signIn, name })}
          />
          <TextField
            label="Before the key"
            hint="For instance Key and a blank; mostly nothing."
            value={signIn.prefix}
            onChange={(prefix) => onChange({ ...signIn, prefix })}
          />
        </FieldGrid>
      </Column>
    );
  }
  if (signIn.kind !== "oauth" && signIn.kind !== "clientCredentials") return null;
  return (
    <FieldGrid>
      {signIn.kind === "oauth" && (
        <TextField
          label="Address where people agree"
          type="url"
          value={signIn.authorizeUrl}
          onChange={(authorizeUrl) => onChange({ ...signIn, authorizeUrl })}
        />
      )}
      <TextField
        label="Address of tokens"
        type="url"
        value={signIn.tokenUrl}
        onChange={(tokenUrl) => onChange({ ...signIn, tokenUrl })}
      />
      <TextField
        label="Permissions to ask for"
        hint="With blanks between."
        value={signIn.scopes.join(" ")}
        onChange={(text) => onChange({ ...signIn, scopes: text.split(/\s+/).filter(Boolean) })}
      />
    </FieldGrid>
  );
}

function Secret(props: {
  readonly kind: SignIn["kind"];
  readonly secrets: Secrets;
  readonly onChange: (secrets: Secrets) => void;
}) {
  const { kind, secrets, onChange } = props;
  const field = (key: keyof Secrets, label: string, isSecret = true) => (
    <TextField
      key={key}
      label={label}
      type={isSecret ? "password" : "text"}
      value={secrets[key]}
      isRequired
      onChange={(text) => onChange({ ...secrets, [key]: text })}
    />
  );
  switch (kind) {
    case "none":
      return null;
    case "apiKey":
      return field("token", "The key");
    case "bearer":
      return field("token", "The token");
    case "basic":
      return <FieldGrid>{[field("user", "User", false), field("password", "Password")]}</FieldGrid>;
    case "oauth":
    case "clientCredentials":
      return <FieldGrid>{[field("clientId", "Client id", false), field("clientSecret", "Client secret")]}</FieldGrid>;
    default:
      return kind satisfies never;
  }
}
