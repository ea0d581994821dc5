import type { WantedFieldView } from "../../../model/api/fields.ts";
import {
  PREVIEW_KINDS,
  type PreviewFieldView,
  type PreviewKind,
  type PreviewPage,
  type PreviewRowView,
  type PreviewView,
} from "../../../model/api/previews.ts";
import type { SideNames } from "../../../model/sideNames.ts";
import { kindWords, MODE_WORDS } from "../../../model/startWords.ts";
import { START_MODES, type StartMode } from "../../../model/sync.ts";
import type { Loaded } from "../../api/loaded.ts";
import { OVERVIEW, recordAddress, type StartSearch } from "../../app/addresses.ts";
import { Act } from "../../parts/act.tsx";
import { Ready } from "../../parts/problem.tsx";
import { count, counted } from "../../text/numbers.ts";
import { isBlank, toText } from "../../text/values.ts";
import type { Tone } from "../../text/words.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { BothAre, Change, Changes, FromTo } from "../../ui/change.tsx";
import { Choice } from "../../ui/choice.tsx";
import { Card, Column, Line, Page, Section } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Item, List } from "../../ui/list.tsx";
import { Empty, Notice } from "../../ui/notice.tsx";
import { Stat, Stats } from "../../ui/stat.tsx";
import { Text } from "../../ui/text.tsx";
import { When } from "../../ui/when.tsx";

export interface StartPageProps {
  readonly name: string;
  readonly names: SideNames;
  readonly preview: Loaded<PreviewView>;
  readonly rows: Loaded<PreviewPage>;
  /** Custom fields that a side could have for what the other side tells. */
  readonly wantedFields: readonly WantedFieldView[];
  readonly onMakeFields: () => Promise<string>;
  readonly search: StartSearch;
  readonly onSearch: (change: StartSearch) => void;
  readonly onBegin: (mode: StartMode) => Promise<string>;
}

/** The page before a start: what would happen, how, and the one button that lets it happen. */
export function StartPageView(props: StartPageProps) {
  const { name, names, preview } = props;
  return (
    <Page title={`Before ${name} starts`} lead={`What would be written in ${names.left} and in ${names.right}.`}>
      <Ready answer={preview} label="Working out what would happen" rows={8}>
        {(data) => (isOver(data) ? <Started {...props} data={data} /> : <Waiting {...props} data={data} />)}
      </Ready>
    </Page>
  );
}

function isOver({ state }: PreviewView): boolean {
  return state === "starting" || state === "started";
}

interface WithData extends StartPageProps {
  readonly data: PreviewView;
}

function Started({ data }: WithData) {
  const isDone = data.state === "started";
  return (
    <Notice
      tone={isDone ? "good" : "wait"}
      title={isDone ? "It was started" : "It is starting"}
      action={<Link to={OVERVIEW}>To the overview</Link>}
    >
      {MODE_WORDS[data.mode].name}: {MODE_WORDS[data.mode].text}{" "}
      {data.startedAt !== undefined && (
        <>
          Started <When at={data.startedAt} />.
        </>
      )}
    </Notice>
  );
}

function Waiting(props: WithData) {
  const { data } = props;
  return (
    <>
      {data.state === "reading" && (
        <Notice tone="wait" title="Both sides are still being read">
          What is shown here grows until that is done; then it can be started.
        </Notice>
      )}
      {props.wantedFields.length > 0 && <Wanted {...props} />}
      <How {...props} />
      <Section title="What would happen">
        <Card>
          <Counts {...props} />
        </Card>
        {data.problems.length > 0 && <Problems problems={data.problems} />}
      </Section>
      <Differences {...props} />
    </>
  );
}

/** What one side tells and the other has no place for yet. */
function Wanted({ names, wantedFields, onMakeFields }: StartPageProps) {
  const sides = [...new Set(wantedFields.map(({ side }) => names[side]))].join(" and ");
  return (
    <Notice
      tone="quiet"
      title={`${sides} could keep more of what the other side tells`}
      action={<Act run={onMakeFields}>{`Make ${counted(wantedFields.length, "custom field")}`}</Act>}
    >
      {wantedFields.map(({ name }) => name).join(", ")}. Without them all else is kept in step just the same.
    </Notice>
  );
}

/** The choice of what to do with what is there, in words, and the start. */
function How({ data, name, onSearch, onBegin }: WithData) {
  const { name: chosen, text } = MODE_WORDS[data.mode];
  return (
    <Section title="What to do with what is there already">
      <Card>
        <Column gap="wide">
          <Choice
            label="What to do with what is there already"
            value={data.mode}
            options={START_MODES.map((mode) => ({ value: mode, label: MODE_WORDS[mode].name }))}
            onChange={(mode) => onSearch({ mode })}
          />
          <Text>{text}</Text>
          {data.state === "ready" && (
            <Line>
              <Act run={() => onBegin(data.mode)} kind="main" label={`Start ${name}: ${chosen}`}>
                Start
              </Act>
              <Text kind="soft">Nothing has been written so far. Once started, this choice stays.</Text>
            </Line>
          )}
        </Column>
      </Card>
    </Section>
  );
}

/** Kinds that are always counted; others only where there are any. */
const MAIN: ReadonlySet<PreviewKind> = new Set(["update", "createLeft", "createRight", "same"]);

const KIND_TONES: Readonly<Record<PreviewKind, Tone>> = {
  update: "good",
  createLeft: "good",
  createRight: "good",
  conflict: "bad",
  ambiguous: "bad",
  problem: "wait",
  apart: "quiet",
  leftAlone: "quiet",
  same: "quiet",
};

function Counts({ data, names }: WithData) {
  const kinds = PREVIEW_KINDS.filter((kind) => MAIN.has(kind) || data.counts[kind] > 0);
  return (
    <Stats>
      <Stat value={data.matched}>pairs recognised</Stat>
      {kinds.map((kind) => (
        <Stat key={kind} value={data.counts[kind]} tone={KIND_TONES[kind]}>
          {kindWords(kind, names)}
        </Stat>
      ))}
    </Stats>
  );
}

/** The same words, as they begin a label. */
function begun(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function Problems({ problems }: Pick<PreviewView, "problems">) {
  return (
    <Notice tone="wait" title="Not everything can be carried over">
      {problems.map(({ message, count: many }) => (
        <div key={message}>
          {count(many)} × {message}
        </div>
      ))}
    </Notice>
  );
}

function Differences(props: WithData) {
  const { data, names, rows, search, onSearch } = props;
  const kinds = PREVIEW_KINDS.filter((kind) => data.counts[kind] > 0);
  const options = [
    { value: "all" as const, label: "All that changes or waits" },
    ...kinds.map((kind) => ({ value: kind, label: begun(kindWords(kind, names)), count: data.counts[kind] })),
  ];
  return (
    <Section title="Record by record">
      <Column>
        <Choice
          label="Which records to show"
          value={search.kind ?? "all"}
          options={options}
          onChange={(kind) => onSearch({ kind: kind === "all" ? undefined : kind })}
        />
        <Ready answer={rows} label="Reading the differences" rows={8}>
          {(page) => <Rows {...props} page={page} />}
        </Ready>
      </Column>
    </Section>
  );
}

function Rows({ page, names, search, onSearch }: WithData & { readonly page: PreviewPage }) {
  const isFirst = search.after === undefined;
  return (
    <Column>
      <Card isFlush={page.rows.length > 0}>
        {page.rows.length === 0 ? (
          <Empty title={isFirst ? "Nothing of this kind" : "Nothing more of this kind"} />
        ) : (
          <List label="What would happen to each record">
            {page.rows.map((row) => (
              <Item key={row.linkId}>
                <Row row={row} names={names} />
              </Item>
            ))}
          </List>
        )}
      </Card>
      {(!isFirst || page.next !== undefined) && (
        <Line gap="tight">
          <Button isSmall onClick={() => onSearch({})} blocked={isFirst ? "This is the beginning" : undefined}>
            From the beginning
          </Button>
          <Button
            isSmall
            onClick={() => onSearch({ after: page.next })}
            blocked={page.next === undefined ? "This is the end" : undefined}
          >
            Next
          </Button>
        </Line>
      )}
    </Column>
  );
}

function Row({ row, names }: { readonly row: PreviewRowView; readonly names: SideNames }) {
  return (
    <>
      <Line gap="normal">
        <Text kind="strong">
          <Link to={recordAddress(row.linkId)}>{row.title}</Link>
        </Text>
        {row.kinds.map((kind) => (
          <Badge key={kind} tone={KIND_TONES[kind]}>
            {begun(kindWords(kind, names))}
          </Badge>
        ))}
      </Line>
      {row.fields.length > 0 && (
        <Changes>
          {row.fields.map((field) => (
            <Field key={`${field.field} ${field.kind} ${field.side ?? ""}`} field={field} names={names} />
          ))}
        </Changes>
      )}
    </>
  );
}

const FIELD_NOTES = { conflict: "You will be asked which to keep.", apart: "Stays as it is on each side." } as const;

function Field({ field, names }: { readonly field: PreviewFieldView; readonly names: SideNames }) {
  const side = field.side ?? "right";
  const both = {
    left: { where: names.left, value: textOf(field.left) },
    right: { where: names.right, value: textOf(field.right) },
  };
  switch (field.kind) {
    case "write":
      return (
        <Change label={field.label} note={field.note}>
          <FromTo where={names[side]} from={textOf(field[side])} to={textOf(field.value)} />
        </Change>
      );
    case "problem":
      return (
        <Change label={field.label} note={field.note}>
          <BothAre {...both} />
        </Change>
      );
    case "conflict":
    case "apart":
      return (
        <Change label={field.label} note={FIELD_NOTES[field.kind]}>
          <BothAre {...both} />
        </Change>
      );
    default:
      return field.kind satisfies never;
  }
}

function textOf(value: PreviewFieldView["value"]): string {
  return isBlank(value) ? "" : toText(value);
}
