import type { JournalView, LinkView } from "../../model/api/views.ts";
import { ruleWords } from "../text/rules.ts";
import { duration } from "../text/times.ts";
import { shown } from "../text/values.ts";
import { failureWords, reasonWords, verdictWords } from "../text/words.ts";
import { Disclosure } from "../ui/disclosure.tsx";
import { Facts } from "../ui/facts.tsx";
import { Card, Column } from "../ui/layout.tsx";
import { Empty } from "../ui/notice.tsx";
import { Text } from "../ui/text.tsx";
import { Timeline, TimelineEvent } from "../ui/timeline.tsx";
import { When } from "../ui/when.tsx";

/** What happened to one link, newest first: when, what, why; the values and calls for those who ask. */
export function History({ link }: { readonly link: LinkView }) {
  if (link.history.length === 0) {
    return (
      <Card>
        <Empty title="Nothing has happened yet">What Kith decides and does for this record is told here.</Empty>
      </Card>
    );
  }
  return (
    <Card>
      <Timeline label={`History of ${link.title}`}>
        {link.history.map((entry) => (
          <Entry key={entry.id} entry={entry} link={link} />
        ))}
      </Timeline>
    </Card>
  );
}

function Entry({ entry, link }: EntryProps) {
  const { word, tone } = verdictWords(entry.verdict);
  return (
    <TimelineEvent tone={tone}>
      <Column gap="tight">
        <Text kind="strong">{entry.summary === "" ? word : entry.summary}</Text>
        <Text kind="soft">
          <When at={entry.at} />, {reasonWords(entry.reason)}
        </Text>
        {entry.error && (
          <Text>
            {failureWords(entry.error.kind)}: {entry.error.message}
          </Text>
        )}
        <Disclosure summary="Show details">
          <Decided entry={entry} link={link} />
          <Sent entry={entry} link={link} />
          <Calls entry={entry} link={link} />
          <Text kind="soft">All of it took {duration(entry.durationMs)}.</Text>
        </Disclosure>
      </Column>
    </TimelineEvent>
  );
}

interface EntryProps {
  readonly entry: JournalView;
  readonly link: LinkView;
}

type DecidedField = JournalView["fields"][number];

function Decided({ entry, link }: EntryProps) {
  if (entry.fields.length === 0) return null;
  const labels = new Map(link.fields.map(({ field, label }) => [field, label]));
  const rows = entry.fields.map((decided) => [
    decided.label ?? labels.get(decided.field) ?? decided.field,
    lastAgreed(decided, link),
    shown(decided.left).text,
    shown(decided.right).text,
    outcomeOf(decided, link),
    ruleWords(decided.rule),
  ]);
  return (
    <Facts
      label="What was decided"
      headings={["Field", "Last agreed", link.leftName, link.rightName, "Outcome", "Why"]}
      rows={rows}
    />
  );
}

/** Each partner may write what was agreed on in its own way; then both are told. */
function lastAgreed({ base }: DecidedField, { leftName, rightName }: LinkView): string {
  if (base === undefined) return "never agreed";
  const [left, right] = base.map((value) => shown(value).text);
  return left === right ? `${left}` : `${left} (${leftName}), ${right} (${rightName})`;
}

function outcomeOf({ write, rule }: DecidedField, link: LinkView): string {
  if (write === "both") return `written to ${link.leftName} and ${link.rightName}`;
  if (write !== undefined) return `written to ${nameOf(write, link)}`;
  return rule === WAITS ? "waits for your choice" : "nothing to write";
}

/** The rule under which a person is asked. */
const WAITS = "M6";

function nameOf(side: "left" | "right", { leftName, rightName }: LinkView): string {
  return side === "left" ? leftName : rightName;
}

function Sent({ entry: { sent }, link }: EntryProps) {
  if (sent === undefined) return null;
  const rows = sent.fields.map(({ field, label, value }) => [label ?? field, shown(value).text]);
  return <Facts label={`Created in ${nameOf(sent.side, link)} with`} headings={["Field", "Value"]} rows={rows} />;
}

function Calls({ entry, link }: EntryProps) {
  if (entry.calls.length === 0) return <Text kind="soft">No call was made.</Text>;
  const rows = entry.calls.map(({ side, method, path, status, ms }) => [
    `${method} ${path}`,
    side === undefined ? "not noted" : nameOf(side, link),
    status === 0 ? "no answer" : String(status),
    duration(ms),
  ]);
  return <Facts label="Calls made" headings={["Call", "To", "Answer", "Took"]} rows={rows} />;
}
