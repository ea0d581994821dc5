import { useState } from "react";
import { z } from "zod";
import type { AppTrialView } from "../../../model/api/apps.ts";
import { type AppDeclaration, DECLARED_RESOURCES, type DeclaredResource } from "../../../model/declaration.ts";
import { ProblemNotice } from "../../parts/problem.tsx";
import { Button } from "../../ui/button.tsx";
import { Code } from "../../ui/code.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { TextField } from "../../ui/field.tsx";
import { Card, Column, Line, Section } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Pairs } from "../../ui/pairs.tsx";
import { Text } from "../../ui/text.tsx";
import { RESOURCE_NAMES } from "./draft.ts";

/** Tries one entry of the app's catalogue. @throws Error in readable words */
export type Try = (operation: string, input: Readonly<Record<string, unknown>>) => Promise<AppTrialView>;

const Listed = z.object({ records: z.array(z.object({ id: z.string(), parentId: z.string().optional() })) });
const Shown = z.object({ id: z.string(), fields: z.record(z.string(), z.unknown()) });

/** The fifth step: each kind of record, looked at as the app shows it and as Kith reads it. */
export function TrialStep({ app, onTry }: { readonly app: AppDeclaration; readonly onTry: Try }) {
  const [contactId, setContactId] = useState("");
  return (
    <Column gap="wide">
      {DECLARED_RESOURCES.filter((resource) => app.resources[resource] !== undefined).map((resource) => (
        <Kind
          key={resource}
          app={app}
          resource={resource}
          contactId={contactId}
          onContact={setContactId}
          onTry={onTry}
        />
      ))}
    </Column>
  );
}

interface KindProps {
  readonly app: AppDeclaration;
  readonly resource: DeclaredResource;
  readonly contactId: string;
  readonly onContact: (id: string) => void;
  readonly onTry: Try;
}

function Kind({ app, resource, contactId, onContact, onTry }: KindProps) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const [found, setFound] = useState<{ readonly count: number; readonly one: AppTrialView | undefined }>();
  const needsContact = app.resources[resource]?.list.path.includes("{parentId}") === true;
  const look = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const own = needsContact ? { contactId } : {};
      const { records } = Listed.parse((await onTry(`${resource}.list`, own)).output);
      const [first] = records;
      if (resource === "contact" && first !== undefined) onContact(first.id);
      const of = first?.parentId === undefined ? {} : { contactId: first.parentId };
      setFound({ count: records.length, one: first && (await onTry(`${resource}.read`, { id: first.id, ...of })) });
    } catch (thrown) {
      setFound(undefined);
      setProblem(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
    setBusy(false);
  };
  return (
    <Section title={RESOURCE_NAMES[resource]}>
      <Card>
        <Column gap="wide">
          <Line>
            {needsContact && (
              <TextField label="Of the contact" hint="Its id in the app." value={contactId} onChange={onContact} />
            )}
            <Button
              isBusy={isBusy}
              blocked={needsContact && contactId === "" ? "Say whose" : undefined}
              onClick={() => void look()}
            >
              Look at some
            </Button>
          </Line>
          {problem && <ProblemNotice error={problem} />}
          {found && <Found app={app} resource={resource} {...found} />}
        </Column>
      </Card>
    </Section>
  );
}

function Found(props: {
  readonly app: AppDeclaration;
  readonly resource: DeclaredResource;
  readonly count: number;
  readonly one: AppTrialView | undefined;
}) {
  const { app, resource, count, one } = props;
  if (one === undefined) {
    return (
      <Notice tone="wait" title="The list is empty">
        It could be read, and nothing stands where the records should. Add one in the app, or look where the list
        stands.
      </Notice>
    );
  }
  const { id, fields } = Shown.parse(one.output);
  const labels = new Map((app.resources[resource]?.fields ?? []).map(({ key, label }) => [key, label]));
  const rows = Object.entries(fields).map(([key, value]) => [labels.get(key) ?? key, valueWords(value)] as const);
  return (
    <Column>
      <Text kind="strong">
        {count} on the first page. This is {id} as Kith reads it:
      </Text>
      <Pairs rows={rows} />
      <Disclosure summary="As the app shows it">
        <Code title="Its own answer">{JSON.stringify(one.raw ?? {}, undefined, 2)}</Code>
      </Disclosure>
    </Column>
  );
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "–" : value.join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value === "" || value === undefined || value === null ? "–" : String(value);
}
