import type { JournalView, LinkView } from "../../model/api/views.ts";
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
        <Empty title="Nothing has happened yet">What Kith decides and does for this contact is told here.</Empty>
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

function Entry({ entry, link }: { readonly entry: JournalView; readonly link: LinkView }) {
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
        <Disclosure summary={`Details, ${duration(entry.durationMs)}`}>
          <Decided entry={entry} link={link} />
          <Calls entry={entry} />
        </Disclosure>
      </Column>
    </TimelineEvent>
  );
}

function Decided({ entry, link }: { readonly entry: JournalView; readonly link: LinkView }) {
  if (entry.fields.length === 0) return null;
  const labels = new Map(link.fields.map(({ field, label }) => [field, label]));
  const names = { left: link.leftName, right: link.rightName };
  const rows = entry.fields.map(({ field, base, left, right, rule, write }) => [
    labels.get(field) ?? field,
    base === undefined ? "never agreed" : shown(base[0]).text,
    shown(left).text,
    shown(right).text,
    write === undefined ? "nothing to write" : `written to ${names[write]}`,
    rule,
  ]);
  return (
    <Facts
      label="What was decided"
      headings={["Field", "Last agreed", names.left, names.right, "Outcome", "Rule"]}
      rows={rows}
    />
  );
}

function Calls({ entry }: { readonly entry: JournalView }) {
  if (entry.calls.length === 0) return <Text kind="soft">No call was made.</Text>;
  const rows = entry.calls.map(({ method, path, status, ms }) => [
    `${method} ${path}`,
    status === 0 ? "no answer" : String(status),
    duration(ms),
  ]);
  return <Facts label="Calls made" headings={["Call", "Answer", "Took"]} rows={rows} />;
}
