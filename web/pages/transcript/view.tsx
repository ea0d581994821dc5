import { useState } from "react";
import type { TranscriptDetail } from "../../../model/api/transcripts.ts";
import { HubProblem } from "../../api/client.ts";
import type { Loaded } from "../../api/loaded.ts";
import { keptAddress, transcriptsAddress } from "../../app/addresses.ts";
import { Act } from "../../parts/act.tsx";
import { Ready } from "../../parts/problem.tsx";
import { plainOf } from "../../text/kept.ts";
import { contactWords, rowWords, stateWords, taskWords, tiedWords } from "../../text/transcripts.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { SearchField } from "../../ui/field.tsx";
import { Card, Column, Line, Page, Section } from "../../ui/layout.tsx";
import { Link, OutsideLink } from "../../ui/link.tsx";
import { Item, List } from "../../ui/list.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";
import { When } from "../../ui/when.tsx";

type Beside = TranscriptDetail["people"][number];

/** Somebody whom a transcript could be with. */
export interface Candidate {
  readonly externalId: string;
  readonly title: string;
}

export interface TranscriptPageProps {
  readonly connectionId: string;
  readonly transcript: Loaded<TranscriptDetail>;
  /** People that the hub keeps, by what is searched for; nobody before anything is. */
  readonly candidates: readonly Candidate[];
  readonly wanted: string;
  readonly onWanted: (text: string) => void;
  readonly onTie: (personId: string) => Promise<string>;
  readonly onUntie: (personId: string) => Promise<string>;
  readonly onExport: () => Promise<string>;
}

/** One transcript with the contact details, key notes, narrative notes and tasks of its people. */
export function TranscriptPageView(props: TranscriptPageProps) {
  const { connectionId, transcript } = props;
  const title = transcript.state === "ready" ? transcript.data.title || "Untitled" : "Transcript";
  return (
    <Page title={title} actions={<Link to={transcriptsAddress(connectionId)}>All transcripts</Link>}>
      {isUnknown(transcript) ? (
        <Card>
          <Empty title="There is no such transcript">It may be gone from its product.</Empty>
        </Card>
      ) : (
        <Ready answer={transcript} label="Reading the transcript" rows={8}>
          {(found) => (
            <Column gap="wide">
              <About {...props} found={found} />
              {found.people.map((person) => (
                <PersonBeside key={person.externalId} {...props} person={person} partner={found.connection.partner} />
              ))}
              <Tying {...props} found={found} />
            </Column>
          )}
        </Ready>
      )}
    </Page>
  );
}

function isUnknown(found: Loaded<unknown>): boolean {
  return found.state === "failed" && found.error instanceof HubProblem && found.error.status === 404;
}

function About({ found, onExport }: TranscriptPageProps & { readonly found: TranscriptDetail }) {
  const { word, tone } = stateWords(found.state);
  const isEarly = found.state === "transcribing" || found.state === "failed";
  return (
    <Card>
      <Column>
        <Line isApart>
          <Text kind="soft">{rowWords({ ...found, people: [] })}</Text>
          <Badge tone={tone}>{word}</Badge>
        </Line>
        {found.excerpt !== "" && <Text>{found.excerpt}</Text>}
        <Line>
          {found.pageUrl && <OutsideLink to={found.pageUrl}>{`Open in ${found.connection.partner}`}</OutsideLink>}
          <Act
            run={onExport}
            hint="Words, contact details, notes and tasks in one document"
            {...(isEarly && { blocked: "There are no words yet" })}
          >
            Export
          </Act>
        </Line>
      </Column>
    </Card>
  );
}

type PersonProps = TranscriptPageProps & { readonly person: Beside; readonly partner: string };

function PersonBeside({ connectionId, person, partner, onUntie }: PersonProps) {
  return (
    <Section title={person.name} aside={<Badge tone="quiet">{`Kept by Kith, beside ${partner}`}</Badge>}>
      <Card>
        <Column>
          <Line isApart>
            <Text>{contactWords(person)}</Text>
            <Text kind="soft">{tiedWords(person.by)}</Text>
          </Line>
          <Notes label="Key notes" notes={person.keyNotes} />
          <Notes label="What became of tasks" notes={person.narrativeNotes} />
          <Tasks tasks={person.tasks} />
          <Line>
            <Link to={keptAddress(connectionId, { text: person.email || person.name })}>Add notes and tasks</Link>
            <Act
              kind="quiet"
              run={() => onUntie(person.externalId)}
              label={`Take ${person.name} away from this transcript`}
              hint="No rule will tie the two again"
            >
              Not with them
            </Act>
          </Line>
        </Column>
      </Card>
    </Section>
  );
}

function Notes({ label, notes }: { readonly label: string; readonly notes: Beside["keyNotes"] }) {
  if (notes.length === 0) return null;
  return (
    <Column gap="tight">
      <Text kind="strong">{label}</Text>
      <List label={label}>
        {notes.map(({ externalId, title, body, at }) => (
          <Item key={externalId} end={<When at={at} />}>
            {title !== "" && !body.includes(title) && <Text>{title}</Text>}
            <Text kind="soft">{plainOf(body)}</Text>
          </Item>
        ))}
      </List>
    </Column>
  );
}

function Tasks({ tasks }: Pick<Beside, "tasks">) {
  if (tasks.length === 0) return null;
  return (
    <Column gap="tight">
      <Text kind="strong">Tasks</Text>
      <List label="Tasks">
        {tasks.map((task) => (
          <Item key={task.externalId} end={<Badge tone={task.isCompleted ? "good" : "quiet"}>{taskWords(task)}</Badge>}>
            <Text>{task.title}</Text>
          </Item>
        ))}
      </List>
    </Column>
  );
}

function Tying({
  found,
  candidates,
  wanted,
  onWanted,
  onTie,
}: TranscriptPageProps & { readonly found: TranscriptDetail }) {
  const [isOpen, setOpen] = useState(found.people.length === 0);
  const others = candidates.filter(
    ({ externalId }) => !found.people.some((person) => person.externalId === externalId),
  );
  if (!isOpen) {
    return (
      <Line>
        <Button kind="quiet" isSmall onClick={() => setOpen(true)}>
          Add somebody
        </Button>
      </Line>
    );
  }
  return (
    <Section title={found.people.length === 0 ? "With nobody yet" : "Somebody else"}>
      <Card>
        <Column>
          <SearchField label="Who is it with?" placeholder="Name, e-mail or phone" value={wanted} onSearch={onWanted} />
          {others.length > 0 && (
            <List label="People">
              {others.map(({ externalId, title }) => (
                <Item
                  key={externalId}
                  end={
                    <Act run={() => onTie(externalId)} label={`Add ${title} to this transcript`}>
                      Add
                    </Act>
                  }
                >
                  <Text>{title}</Text>
                </Item>
              ))}
            </List>
          )}
          {wanted !== "" && others.length === 0 && <Text kind="soft">Nobody whom Kith keeps here fits.</Text>}
        </Column>
      </Card>
    </Section>
  );
}
