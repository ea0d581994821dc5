import { type FormEvent, useState } from "react";
import type { KeptRecord, KeptResource } from "../../model/api/kept.ts";
import type { ValueView } from "../../model/api/views.ts";
import type { FieldDefinition } from "../../model/field.ts";
import { useAttempt } from "../api/attempt.ts";
import { changesOf, formFields, namesOf, shownAtFirst, type Texts } from "../text/kept.ts";
import { shown as shownValue } from "../text/values.ts";
import { Button } from "../ui/button.tsx";
import { PickField, TextField } from "../ui/field.tsx";
import { FieldGrid } from "../ui/form.tsx";
import { Beside, Column, Line } from "../ui/layout.tsx";
import { Pairs } from "../ui/pairs.tsx";
import { ProblemNotice } from "./problem.tsx";

export interface KeptFormProps {
  readonly kind: KeptResource;
  /** The record being edited; absent while a new one is written. */
  readonly record?: KeptRecord;
  readonly onSave: (fields: Readonly<Record<string, ValueView>>) => Promise<void>;
  readonly onDelete?: () => Promise<void>;
  readonly onClose: () => void;
}

/** The form of a record that the hub keeps. Closed by Escape; saved by Enter. What the product made is shown only. */
export function KeptForm(props: KeptFormProps) {
  const { kind, record } = props;
  const fields = formFields(kind, record);
  const fixed = kind.fields.filter((field) => !fields.includes(field) && shownValue(record?.fields[field.key]).isReal);
  return (
    <Column>
      {fields.length > 0 && <Writable {...props} fields={fields} />}
      {record && fixed.length > 0 && (
        <Pairs rows={fixed.map(({ key, label, type }) => [label, fixedText(type, record.fields[key])])} />
      )}
      {fields.length === 0 && <DeleteButton {...props} />}
    </Column>
  );
}

function fixedText(type: FieldDefinition["type"], value: ValueView | undefined): string {
  const held = { key: "value", label: "", type, isWritable: false } as const;
  return shownAtFirst([held], value === undefined ? {} : { value }).value ?? "";
}

function Writable(props: KeptFormProps & { readonly fields: readonly FieldDefinition[] }) {
  const { kind, record, fields, onSave, onClose } = props;
  const { one } = namesOf(kind);
  const held = shownAtFirst(fields, record?.fields);
  // What is typed is kept apart from what is held, which may change while one types.
  const [typed, setTyped] = useState<Texts>({});
  const shown = { ...held, ...typed };
  const { isBusy, isSaved, problem, attempt } = useAttempt();
  const changes = changesOf(fields, record === undefined ? {} : held, shown);
  const blocked = Object.keys(changes).length === 0 ? "Type something first" : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (blocked !== undefined || isBusy) return;
    void attempt(async () => {
      await onSave(changes);
      setTyped({});
    });
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      aria-label={record ? `Edit ${record.title}` : `New ${one}`}
    >
      <Column>
        <FieldGrid>
          {fields.map((field, place) => (
            <Field
              key={field.key}
              field={field}
              value={shown[field.key] ?? ""}
              hasFocus={record === undefined && place === 0}
              onChange={(text) => setTyped((before) => ({ ...before, [field.key]: text }))}
            />
          ))}
        </FieldGrid>
        {problem && <ProblemNotice error={problem} />}
        <Line isApart>
          <Beside end={isSaved && blocked !== undefined ? "Saved. It travels at once." : ""}>
            <Line gap="tight">
              <Button kind="main" isSmall isSubmit isBusy={isBusy} blocked={blocked}>
                {record ? "Save" : "Add"}
              </Button>
              {record === undefined && (
                <Button kind="quiet" isSmall onClick={onClose}>
                  Cancel
                </Button>
              )}
            </Line>
          </Beside>
          <DeleteButton {...props} />
        </Line>
      </Column>
    </form>
  );
}

function Field(props: {
  readonly field: FieldDefinition;
  readonly value: string;
  readonly hasFocus: boolean;
  readonly onChange: (text: string) => void;
}) {
  const { field, ...rest } = props;
  const { label, type, options } = field;
  if (type === "boolean") return <PickField {...rest} label={label} options={["yes", "no"]} />;
  if (type === "option" && options !== undefined) return <PickField {...rest} label={label} options={options} />;
  if (type === "set") return <TextField {...rest} label={`${label}, with commas`} />;
  if (type === "longText" || type === "richText") return <TextField {...rest} label={label} isLong />;
  return <TextField {...rest} label={label} type={INPUTS[type] ?? "text"} />;
}

/** The browser's own fields for these types. */
const INPUTS: Partial<Record<FieldDefinition["type"], "email" | "tel" | "url" | "datetime-local">> = {
  email: "email",
  phone: "tel",
  url: "url",
  dateTime: "datetime-local",
};

/** Deletes at the second click. */
function DeleteButton({ kind, record, onDelete }: KeptFormProps) {
  const [isSure, setSure] = useState(false);
  const { isBusy, problem, attempt } = useAttempt();
  if (record === undefined || onDelete === undefined) return null;
  const isPartners = record.origin === "partner";
  const ask = isPartners ? "Take out of the hub" : `Delete ${namesOf(kind).one}`;
  return (
    <Line gap="tight">
      {problem && <ProblemNotice error={problem} />}
      {isSure && (
        <Button kind="quiet" isSmall onClick={() => setSure(false)}>
          Keep
        </Button>
      )}
      <Button
        kind={isSure ? "plain" : "quiet"}
        isSmall
        isBusy={isBusy}
        label={`${isSure ? "Really delete" : ask}: ${record.title}`}
        onClick={() => (isSure ? void attempt(onDelete) : setSure(true))}
      >
        {isSure ? "Really delete" : ask}
      </Button>
    </Line>
  );
}
