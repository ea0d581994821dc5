import {
  type AppDeclaration,
  DECLARED_RESOURCES,
  type DeclaredWebhooks,
  type WebhookProof,
} from "../../../model/declaration.ts";
import { Choice } from "../../ui/choice.tsx";
import { TextField } from "../../ui/field.tsx";
import { FieldGrid } from "../../ui/form.tsx";
import { Column } from "../../ui/layout.tsx";
import { Text } from "../../ui/text.tsx";
import { eventOf, PROOF_WORDS, proofOf, RESOURCE_NAMES, withEvent } from "./draft.ts";

const KINDS = ["none", "hmac", "token", "standard"] as const;

/** How the app tells of changes at once, where it does: how its messages are proved, and where what they are about stands. */
export function Webhooks(props: {
  readonly app: AppDeclaration;
  readonly secret: string;
  readonly onChange: (app: AppDeclaration) => void;
  readonly onSecret: (secret: string) => void;
}) {
  const { app, secret, onChange, onSecret } = props;
  const { webhooks } = app;
  const set = (next: DeclaredWebhooks | undefined): void => {
    const { webhooks: _before, ...rest } = app;
    onChange(next === undefined ? rest : { ...rest, webhooks: next });
  };
  return (
    <Column gap="wide">
      <Text kind="soft">
        Without them, Kith looks for changes every few minutes. With them, it hears of each at once.
      </Text>
      <Choice
        label="How does it prove its messages?"
        value={webhooks?.proof.kind ?? "none"}
        options={KINDS.map((value) => ({ value, label: PROOF_WORDS[value] }))}
        onChange={(kind) =>
          set(
            kind === "none"
              ? undefined
              : { type: "type", events: [], ...webhooks, proof: proofOf(kind, webhooks?.proof) },
          )
        }
      />
      {webhooks && (
        <>
          <FieldGrid>
            <TextField
              label="Shared secret"
              hint="At least 16 characters."
              type="password"
              value={secret}
              isRequired
              onChange={onSecret}
            />
            <Proof proof={webhooks.proof} onChange={(proof) => set({ ...webhooks, proof })} />
            <TextField
              label="Name of the event"
              hint="Where it stands in a message."
              value={webhooks.type}
              onChange={(type) => set({ ...webhooks, type })}
            />
          </FieldGrid>
          {DECLARED_RESOURCES.filter((one) => app.resources[one] !== undefined).map((resource) => {
            const event = eventOf(webhooks, resource);
            const name = RESOURCE_NAMES[resource].toLowerCase();
            return (
              <FieldGrid key={resource}>
                <TextField
                  label={`Events about ${name}`}
                  hint="A star at the end stands for anything: person.*"
                  value={event?.name ?? ""}
                  onChange={(text) => set(withEvent(webhooks, resource, { name: text }))}
                />
                <TextField
                  label={`Id of the ${resource}`}
                  hint="Where it stands in a message."
                  value={event?.id ?? ""}
                  onChange={(id) => set(withEvent(webhooks, resource, { id }))}
                />
                {resource !== "contact" && (
                  <TextField
                    label={`Contact of the ${resource}`}
                    hint="Where its id stands, if it does."
                    value={event?.parentId ?? ""}
                    onChange={(parentId) => set(withEvent(webhooks, resource, { parentId }))}
                  />
                )}
              </FieldGrid>
            );
          })}
          <Text kind="soft">
            The address to give to the app is shown on the connection's page once it is connected.
          </Text>
        </>
      )}
    </Column>
  );
}

function Proof({
  proof,
  onChange,
}: {
  readonly proof: WebhookProof;
  readonly onChange: (proof: WebhookProof) => void;
}) {
  if (proof.kind === "standard") return null;
  return (
    <>
      <TextField label="Header" value={proof.header} onChange={(header) => onChange({ ...proof, header })} />
      <TextField
        label="Before it"
        hint="For instance sha256=; mostly nothing."
        value={proof.prefix}
        onChange={(prefix) => onChange({ ...proof, prefix })}
      />
    </>
  );
}
