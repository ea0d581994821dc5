import { type FormEvent, useState } from "react";
import type { SandboxContact, ValueView } from "../../../model/api/views.ts";
import type { ContactField } from "../../../model/contact.ts";
import { contactTitle } from "../../../model/contact.ts";
import { useAttempt } from "../../api/attempt.ts";
import type { SandboxPartner } from "../../api/keys.ts";
import { ProblemNotice } from "../../parts/problem.tsx";
import { Button } from "../../ui/button.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { TextField } from "../../ui/field.tsx";
import { FieldGrid } from "../../ui/form.tsx";
import { Beside, Column, Line } from "../../ui/layout.tsx";
import { Text } from "../../ui/text.tsx";
import { changesOf, type Draft, type FormField, formFields, NOTHING_TYPED, textOf, whyNot } from "./form.ts";
import type { SandboxApp } from "./journey.ts";

export interface ContactFormProps {
  readonly partner: SandboxPartner;
  /** What stands beside HighLevel. */
  readonly app: SandboxApp;
  /** The contact being edited; absent while a new one is written. */
  readonly contact?: SandboxContact | undefined;
  readonly onSave: (fields: Readonly<Record<string, ValueView>>, who: string) => Promise<void>;
  readonly onDelete?: (() => Promise<void>) | undefined;
  readonly onClose: () => void;
}

const NEW: Readonly<Record<string, ValueView>> = {};

/** A contact's form, as in the partner's own product. Closed by Escape; saved by Enter. */
export function ContactForm({ partner, app, contact, onSave, onDelete, onClose }: ContactFormProps) {
  const [draft, setDraft] = useState<Draft>({});
  const { isBusy, isSaved, problem, attempt } = useAttempt();
  const held = contact?.fields ?? NEW;
  const fields = formFields(partner, app);
  const blocked = whyNot(partner, draft, held);
  const set = (key: ContactField, text: string): void => setDraft((before) => ({ ...before, [key]: text }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (blocked !== undefined || isBusy) return;
    const who = contactTitle({ ...held, ...changesOf(draft, held) }, "A contact");
    void attempt(async () => {
      await onSave(changesOf(draft, held), who);
      setDraft({});
    });
  };
  const draw = (drawn: readonly FormField[], hasFocus: boolean) => (
    <FieldGrid>
      {drawn.map(({ key, label, type, hint, isRequired = false }, place) => (
        <TextField
          key={key}
          label={label}
          value={textOf(draft, held, key)}
          onChange={(text) => set(key, text)}
          hasFocus={hasFocus && place === 0}
          isRequired={isRequired}
          {...(type === "long" ? { isLong: true } : { type })}
          {...(hint === undefined ? {} : { hint })}
        />
      ))}
    </FieldGrid>
  );
  return (
    <form onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onClose()} aria-label={formLabel(contact)}>
      <Column gap="normal">
        {draw(fields.open, true)}
        <Disclosure summary="More fields">{draw(fields.more, false)}</Disclosure>
        {problem && <ProblemNotice error={problem} />}
        <Line isApart>
          <Line gap="tight">
            <Beside end={saying(blocked, isSaved)}>
              <Line gap="tight">
                <Button
                  kind="main"
                  isSmall
                  isSubmit
                  isBusy={isBusy}
                  blocked={blocked === NOTHING_TYPED && isSaved ? "All is saved" : blocked}
                >
                  {contact ? "Save" : "Create"}
                </Button>
                <Button kind="quiet" isSmall onClick={onClose}>
                  {contact ? "Close" : "Cancel"}
                </Button>
              </Line>
            </Beside>
          </Line>
          {onDelete && <DeleteButton onDelete={() => void attempt(onDelete)} />}
        </Line>
      </Column>
    </form>
  );
}

/** What stands beside the buttons: that all is saved, or why what was typed cannot be. */
export function saying(blocked: string | undefined, isSaved: boolean): string {
  if (blocked === undefined) return "";
  if (blocked === NOTHING_TYPED) return isSaved ? "Saved" : "";
  return blocked;
}

function formLabel(contact: SandboxContact | undefined): string {
  return contact ? `Edit ${contactTitle(contact.fields, "the contact")}` : "New contact";
}

function DeleteButton({ onDelete }: { readonly onDelete: () => void }) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button kind="quiet" isSmall onClick={() => setAsking(true)}>
        Delete…
      </Button>
    );
  }
  return (
    <Line gap="tight">
      <Text kind="soft">Delete this contact?</Text>
      <Button kind="danger" isSmall onClick={onDelete}>
        Delete
      </Button>
      <Button kind="quiet" isSmall onClick={() => setAsking(false)}>
        Keep
      </Button>
    </Line>
  );
}
