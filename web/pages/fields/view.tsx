import { useState } from "react";
import type { FieldChoiceView } from "../../../model/api/fields.ts";
import type { FieldAnswer } from "../../../model/fieldFindings.ts";
import { concernWords, findingWords } from "../../../model/fieldWords.ts";
import type { SideNames } from "../../../model/sideNames.ts";
import type { Loaded } from "../../api/loaded.ts";
import { OVERVIEW } from "../../app/addresses.ts";
import { Act } from "../../parts/act.tsx";
import { Ready } from "../../parts/problem.tsx";
import { Badge } from "../../ui/badge.tsx";
import { PickField } from "../../ui/field.tsx";
import { Card, Column, Line, Page } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";
import { When } from "../../ui/when.tsx";

/** What the fields of an answer are called. */
export interface AnswerLabels {
  readonly label: string;
  readonly toLabel: string;
}

export interface FieldsPageProps {
  readonly name: string;
  readonly names: SideNames;
  readonly findings: Loaded<readonly FieldChoiceView[]>;
  /** Takes an answer and resolves with what came of it. @throws Error in readable words */
  readonly onAnswer: (answer: FieldAnswer, labels: AnswerLabels) => Promise<string>;
}

/** Custom fields that were deleted or changed at their product: what happened, and what there is to choose. */
export function FieldsPageView(props: FieldsPageProps) {
  const { name, findings } = props;
  return (
    <Page
      title={`Fields of ${name}`}
      lead="Custom fields that are not what they were. Everything else goes on meanwhile."
      actions={<Link to={OVERVIEW}>To the overview</Link>}
    >
      <Ready answer={findings} label="Looking at the fields of both sides" rows={4}>
        {(data) => (data.length === 0 ? <Nothing /> : <Findings {...props} data={data} />)}
      </Ready>
    </Page>
  );
}

function Nothing() {
  return (
    <Card>
      <Empty title="Every field is what it was">
        A custom field that is deleted, changes its type or loses an option that contacts have would be listed here.
      </Empty>
    </Card>
  );
}

interface WithData extends FieldsPageProps {
  readonly data: readonly FieldChoiceView[];
}

function Findings({ data, names, onAnswer }: WithData) {
  return (
    <Column gap="wide">
      {data.map((finding) => (
        <Finding key={`${finding.side} ${finding.field}`} finding={finding} names={names} onAnswer={onAnswer} />
      ))}
    </Column>
  );
}

interface FindingProps extends Pick<FieldsPageProps, "names" | "onAnswer"> {
  readonly finding: FieldChoiceView;
}

function Finding(props: FindingProps) {
  const { finding, names } = props;
  return (
    <Card>
      <Column>
        <Line isApart>
          <Text kind="strong">{finding.label}</Text>
          <Badge tone={finding.isLeftOut ? "quiet" : "wait"}>{finding.isLeftOut ? "Left out" : "Your choice"}</Badge>
        </Line>
        <Text>{findingWords(finding, names)}</Text>
        <Text>{concernWords(finding)}</Text>
        <Text kind="soft">
          Seen <When at={finding.since} />.
          {finding.triedAt !== undefined && (
            <>
              {" "}
              Looked at again <When at={finding.triedAt} />: it is still so.
            </>
          )}
        </Text>
        <Choices {...props} />
      </Column>
    </Card>
  );
}

function Choices(props: FindingProps) {
  const { finding, onAnswer } = props;
  const { side, field, label, change, isLeftOut, choices } = finding;
  const suggested = choices.filter(({ isSuggested }) => isSuggested);
  const answer =
    (body: FieldAnswer, toLabel = label) =>
    () =>
      onAnswer(body, { label, toLabel });
  const again = change === "gone" ? "I have put it back: try again" : "It is as it was: try again";
  return (
    <>
      <Line>
        {suggested.map((choice) => (
          <Act
            key={choice.field}
            kind="main"
            label={`Map to ${choice.label} (${choice.field})`}
            run={answer({ kind: "mapTo", side, field, to: choice.field }, choice.label)}
          >
            {`Map to the other ${choice.label}`}
          </Act>
        ))}
        {change !== "gone" && (
          <Act label={`Use ${label} as it is now`} run={answer({ kind: "mapTo", side, field, to: field })}>
            Use it as it is now
          </Act>
        )}
        <Act label={`${label}: ${again}`} run={answer({ kind: "again", side, field })}>
          {isLeftOut ? "Take it in again" : again}
        </Act>
        {!isLeftOut && (
          <Act kind="quiet" label={`Leave ${label} out`} run={answer({ kind: "leaveOut", side, field })}>
            Leave this field out
          </Act>
        )}
      </Line>
      {choices.length > 0 && <Another {...props} />}
    </>
  );
}

/** Any other field of the side in its place, named with its key, since two may have one name. */
function Another({ finding, names, onAnswer }: FindingProps) {
  const { side, field, label, choices } = finding;
  const [picked, setPicked] = useState("");
  const options = choices.map((choice) => ({ ...choice, text: `${choice.label} (${choice.field})` }));
  const chosen = options.find(({ text }) => text === picked);
  return (
    <Line>
      <PickField
        label={`Another field of ${names[side]} in the place of ${label}`}
        value={picked}
        empty="Choose a field"
        options={options.map(({ text }) => text)}
        onChange={setPicked}
      />
      {chosen !== undefined && (
        <Act
          label={`Map to ${chosen.text} instead`}
          run={() => onAnswer({ kind: "mapTo", side, field, to: chosen.field }, { label, toLabel: chosen.label })}
        >
          Map to it
        </Act>
      )}
    </Line>
  );
}
