import { useState } from "react";
import type { LinkFieldView, LinkView, ValueView } from "../../model/api/views.ts";
import { counted } from "../text/numbers.ts";
import { isBlank, shown } from "../text/values.ts";
import { FIELD_WORDS, type Worded } from "../text/words.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import styles from "../ui/compare.module.css";
import { Card, Column, Line } from "../ui/layout.tsx";
import { Empty } from "../ui/notice.tsx";

/** Every mapped field of one link, both sides beside each other, with what each state means in words. */
export function FieldTable({ link }: { readonly link: LinkView }) {
  const [isAll, setAll] = useState(false);
  const filled = link.fields.filter(isWorthShowing);
  const rows = isAll ? link.fields : filled;
  const folded = link.fields.length - filled.length;
  if (link.fields.length === 0) return <NoFields />;
  return (
    <Column>
      <Card isFlush>
        <table className={styles.grid}>
          <caption hidden>Fields of {link.title}</caption>
          <thead>
            <tr>
              <th scope="col" style={{ width: "17%" }}>
                Field
              </th>
              <th scope="col">{link.leftName}</th>
              <th scope="col">{link.rightName}</th>
              <th scope="col" style={{ width: "24%" }}>
                State
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((field) => (
              <FieldRow key={field.field} field={field} link={link} />
            ))}
          </tbody>
        </table>
      </Card>
      {folded > 0 && (
        <Line>
          <Button kind="quiet" isSmall onClick={() => setAll(!isAll)}>
            {isAll ? "Hide empty fields" : `Show ${counted(folded, "empty field")}`}
          </Button>
        </Line>
      )}
    </Column>
  );
}

function isWorthShowing({ state, left, right }: LinkFieldView): boolean {
  return (state !== "same" && state !== "unknown") || !isBlank(left) || !isBlank(right);
}

function NoFields() {
  return (
    <Card>
      <Empty title="No fields read yet">They appear after the first reading of this contact.</Empty>
    </Card>
  );
}

/** What a field's state is called; on a contact with one side there is nothing to compare with. */
function stateOfField(field: LinkFieldView, link: LinkView): Worded {
  if (link.left === undefined) return { word: `Only in ${link.rightName}`, tone: "quiet" };
  if (link.right === undefined) return { word: `Only in ${link.leftName}`, tone: "quiet" };
  return FIELD_WORDS[field.state];
}

function FieldRow({ field, link }: { readonly field: LinkFieldView; readonly link: LinkView }) {
  const { word, tone } = stateOfField(field, link);
  return (
    <tr className={tone === "bad" || tone === "wait" ? styles[tone] : undefined}>
      <th scope="row">{field.label}</th>
      <td data-side={link.leftName}>
        <Value value={field.left} isThere={link.left !== undefined} />
      </td>
      <td data-side={link.rightName}>
        <Value value={field.right} isThere={link.right !== undefined} />
      </td>
      <td data-state={field.state}>
        <Badge tone={tone}>{word}</Badge>
        {field.note && <span className={styles.note}>{field.note}</span>}
      </td>
    </tr>
  );
}

function Value({ value, isThere }: { readonly value: ValueView | undefined; readonly isThere: boolean }) {
  if (!isThere) return <span className={styles.empty}>no contact</span>;
  const { text, isReal } = shown(value);
  return isReal ? text : <span className={styles.empty}>{text}</span>;
}
