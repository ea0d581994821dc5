import type { Draft, InputField } from "../text/forms.ts";
import { PickField, TextField } from "../ui/field.tsx";
import { Column } from "../ui/layout.tsx";

/** The fields of a form that is drawn from a shape, each in its plainest way. */
export function InputFields(props: {
  readonly fields: readonly InputField[];
  readonly draft: Draft;
  /** Secret fields that are filled already: left empty, they stay as they are. */
  readonly held?: readonly string[];
  readonly onChange: (key: string, text: string) => void;
}) {
  const { fields, draft, held = [], onChange } = props;
  if (fields.length === 0) return null;
  return (
    <Column>
      {fields.map(({ key, label, hint, kind, isRequired, isSecret, options, usual }) => {
        const same = {
          label,
          hint: held.includes(key) ? `${hint} It is set, and stays unless you type another.` : hint,
          isRequired,
          value: draft[key] ?? "",
          onChange: (text: string) => onChange(key, text),
        };
        const choices = kind === "yesNo" ? ["yes", "no"] : options;
        if (kind === "pick" || kind === "yesNo")
          return <PickField key={key} {...same} options={choices} usual={usual} />;
        if (isSecret) return <TextField key={key} {...same} type="password" />;
        return <TextField key={key} {...same} isLong={kind === "json"} />;
      })}
    </Column>
  );
}
