import { type ReactNode, useState } from "react";
import type { LinkFieldView, LinkView, ValueView } from "../../model/api/views.ts";
import type { Side } from "../../model/record.ts";
import type { SideNames } from "../../model/sideNames.ts";
import { counted } from "../text/numbers.ts";
import { isBlank, shown } from "../text/values.ts";
import { FIELD_WORDS, type Worded } from "../text/words.ts";
import { Badge } from "../ui/badge.tsx";
import { Breakable } from "../ui/breakable.tsx";
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
        <ComparedFields
          caption={`Fields of ${link.title}`}
          names={{ left: link.leftName, right: link.rightName }}
          fields={rows}
          stateOf={(field) => stateOfField(field, link)}
          isThere={{ left: link.left !== undefined, right: link.right !== undefined }}
        />
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
      <Empty title="No fields read yet">They appear after the first reading of this record.</Empty>
    </Card>
  );
}

/** What a field's state is called; where nothing is compared any more, or there is nothing to compare with, it says so. */
function stateOfField(field: LinkFieldView, link: LinkView): Worded {
  if (link.state === "tombstone") return { word: "Deleted", tone: "quiet" };
  if (link.state === "unlinked") return { word: "Not followed", tone: "quiet" };
  if (link.left === undefined) return { word: `Only in ${link.rightName}`, tone: "quiet" };
  if (link.right === undefined) return { word: `Only in ${link.leftName}`, tone: "quiet" };
  return FIELD_WORDS[field.state];
}

export interface ComparedFieldsProps {
  /** What the table shows, for those who do not see it. */
  readonly caption: string;
  readonly names: SideNames;
  readonly fields: readonly LinkFieldView[];
  readonly stateOf: (field: LinkFieldView) => Worded;
  /** Which sides have a contact at all; both unless told otherwise. */
  readonly isThere?: Readonly<Record<Side, boolean>>;
  /** What stands above and below the table, within the same surface. */
  readonly head?: ReactNode;
  readonly foot?: ReactNode;
}

/** Fields of two records beside each other, with a word on each pair; to stand inside a flush card. */
export function ComparedFields(props: ComparedFieldsProps) {
  const { caption, names, fields, head, foot } = props;
  return (
    <>
      {head && <div className={styles.head}>{head}</div>}
      <table className={styles.grid}>
        <caption hidden>{caption}</caption>
        <thead>
          <tr>
            <th scope="col" style={{ width: "16%" }}>
              Field
            </th>
            <th scope="col">{names.left}</th>
            <th scope="col">{names.right}</th>
            <th scope="col" style={{ width: "20%" }}>
              State
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <FieldRow key={field.field} field={field} {...props} />
          ))}
        </tbody>
      </table>
      {foot && <div className={styles.foot}>{foot}</div>}
    </>
  );
}

function FieldRow({ field, ...props }: ComparedFieldsProps & { readonly field: LinkFieldView }) {
  const { names, stateOf, isThere = { left: true, right: true } } = props;
  const { word, tone } = stateOf(field);
  return (
    <tr className={tone === "bad" || tone === "wait" ? styles[tone] : undefined}>
      <th scope="row">{field.label}</th>
      <td data-side={names.left}>
        <Value value={field.left} isThere={isThere.left} />
      </td>
      <td data-side={names.right}>
        <Value value={field.right} isThere={isThere.right} />
      </td>
      <td data-state={field.state}>
        <Badge tone={tone}>{word}</Badge>
        {field.note && <span className={styles.note}>{field.note}</span>}
      </td>
    </tr>
  );
}

function Value({ value, isThere }: { readonly value: ValueView | undefined; readonly isThere: boolean }) {
  if (!isThere) return <span className={styles.empty}>no record</span>;
  const { text, isReal } = shown(value);
  return isReal ? <Breakable text={text} /> : <span className={styles.empty}>{text}</span>;
}
