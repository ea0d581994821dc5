import type { Decision, LinkFieldView, LinkView } from "../../model/api/views.ts";
import { possessive } from "../text/decisions.ts";
import { shown } from "../text/values.ts";
import { Card, Column, Section } from "../ui/layout.tsx";
import { Text } from "../ui/text.tsx";
import { Versus, VersusSide } from "../ui/versus.tsx";
import { When } from "../ui/when.tsx";
import { Act } from "./act.tsx";

/** Takes a decision and resolves with what came of it. @throws Error in readable words */
export type Deciding = (decision: Decision) => Promise<string>;

/** The fields that both sides changed: both values, and whose counts. */
export function Conflicts({ link, onDecide }: { readonly link: LinkView; readonly onDecide: Deciding }) {
  const conflicts = link.fields.filter(({ state }) => state === "conflict");
  if (conflicts.length === 0) return null;
  return (
    <Section title="Changed on both sides: which counts?">
      {conflicts.map((field) => (
        <Conflict key={field.field} field={field} link={link} onDecide={onDecide} />
      ))}
      <Text kind="soft">What you keep is written to the other side. All other fields go on meanwhile.</Text>
    </Section>
  );
}

function Conflict(props: { readonly field: LinkFieldView; readonly link: LinkView; readonly onDecide: Deciding }) {
  const { field, link, onDecide } = props;
  const side = (side: "left" | "right") => {
    const name = side === "left" ? link.leftName : link.rightName;
    return (
      <VersusSide name={name} value={shown(field[side]).text}>
        <Act
          kind="plain"
          label={`${field.label}: keep ${possessive(name)}`}
          run={() => onDecide({ kind: "keep", field: field.field, side })}
        >
          {`Keep ${possessive(name)}`}
        </Act>
      </VersusSide>
    );
  };
  return (
    <Card>
      <Column>
        <Text kind="strong">{field.label}</Text>
        <Versus label={`${field.label}: which value counts?`}>
          {side("left")}
          {side("right")}
        </Versus>
        {field.base && (
          <Text kind="soft">
            Both sides last agreed on “{shown(field.base[0]).text}”. This record last changed{" "}
            <When at={link.updatedAt} />.
          </Text>
        )}
      </Column>
    </Card>
  );
}
