import type { ReactNode } from "react";
import { type Answered, joinedWords } from "../../../model/answers.ts";
import type { LinkView } from "../../../model/api/views.ts";
import { HubProblem } from "../../api/client.ts";
import type { Loaded } from "../../api/loaded.ts";
import { WAITING } from "../../app/addresses.ts";
import { Act, type Doing } from "../../parts/act.tsx";
import { Besides } from "../../parts/besides.tsx";
import { Candidates } from "../../parts/candidates.tsx";
import { Conflicts, type Deciding } from "../../parts/conflicts.tsx";
import { FieldTable } from "../../parts/fieldTable.tsx";
import { History } from "../../parts/history.tsx";
import { stateOfRow } from "../../parts/linkTable.tsx";
import { Ready } from "../../parts/problem.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Card, Line, Page, Section } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Empty, Notice } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";
import { When } from "../../ui/when.tsx";

export interface RecordPageProps {
  readonly link: Loaded<LinkView>;
  /** The list one came from. */
  readonly back: Place;
  /** Whether it was asked for by the address of one that has joined it. */
  readonly isSurvivor?: boolean;
  /** What came of the last answer on this page; absent before any. */
  readonly said?: Answered | undefined;
  /** The question to answer next; absent where none waits. */
  readonly next?: { readonly to: string; readonly title: string } | undefined;
  readonly onReconcile: Doing;
  readonly onDecide: Deciding;
  /** Draws the notes and tasks that the hub keeps for a contact of a connection. */
  readonly belongings?: (connectionId: string, parentId: string) => ReactNode;
}

/** An address and what stands there. */
interface Place {
  readonly to: string;
  readonly name: string;
}

/** One linked contact in every state. */
export function RecordPageView(props: RecordPageProps) {
  const { link, back, onReconcile } = props;
  const isReady = link.state === "ready";
  return (
    <Page
      title={isReady ? link.data.title : "Record"}
      lead={<Lead link={link} back={back} />}
      actions={
        isReady &&
        link.data.state !== "tombstone" && (
          <Act run={onReconcile} kind="plain" hint="Reads both sides now and brings them in step">
            Check both sides now
          </Act>
        )
      }
    >
      {isGone(link) ? (
        <Gone back={back} />
      ) : (
        <Ready answer={link} label="Reading the record" rows={9}>
          {(data) => <Full {...props} link={data} />}
        </Ready>
      )}
    </Page>
  );
}

function Lead({ link, back }: Pick<RecordPageProps, "link" | "back">) {
  const state = link.state === "ready" ? stateOfRow(link.data) : undefined;
  return (
    <Line>
      <Link to={back.to}>← {back.name}</Link>
      {state && <Badge tone={state.tone}>{state.word}</Badge>}
      {link.state === "ready" && (
        <Text kind="soft">
          Changed <When at={link.data.updatedAt} />
        </Text>
      )}
    </Line>
  );
}

function isGone(link: Loaded<LinkView>): boolean {
  return link.state === "failed" && link.error instanceof HubProblem && link.error.status === 404;
}

function Gone({ back }: { readonly back: Place }) {
  return (
    <Card>
      <Empty title="This record is not here any more" action={<Link to={back.to}>To the list</Link>}>
        It was deleted on both sides, long enough ago to be forgotten.
      </Empty>
    </Card>
  );
}

type FullProps = Omit<RecordPageProps, "link"> & { readonly link: LinkView };

function Full({ link, said, next, isSurvivor = false, onDecide, belongings }: FullProps) {
  return (
    <>
      {isSurvivor && (
        <Notice tone="quiet" title="This is where the record you opened went">
          {joinedWords(link)}
        </Notice>
      )}
      {said && <Said said={said} next={next} />}
      <Conflicts link={link} onDecide={onDecide} />
      <Candidates link={link} onDecide={onDecide} />
      <Standing link={link} onDecide={onDecide} />
      <Besides link={link} />
      {link.candidates.length === 0 && (
        <Section title="Fields">
          <FieldTable link={link} />
        </Section>
      )}
      {belongings &&
        link.records.map(({ side, externalId, kept }) =>
          kept?.hasKeptChildren ? (
            <Section key={side} title={`Kept by Kith for ${link.title}, beside ${kept.partner}`}>
              <Card>{belongings(kept.connectionId, externalId)}</Card>
            </Section>
          ) : null,
        )}
      <Section title="History">
        <History link={link} />
      </Section>
    </>
  );
}

/** What is the matter with the whole contact, when something is. */
function Standing({ link, onDecide }: Pick<RecordPageProps, "onDecide"> & { readonly link: LinkView }) {
  const missing = link.left === undefined ? link.leftName : link.rightName;
  switch (link.state) {
    case "half":
      if (link.isKeptAlone === true) return <KeptAlone link={link} onDecide={onDecide} />;
      return link.isLeftAlone === true ? (
        <Notice
          tone="quiet"
          title={`Left alone: not in ${missing}`}
          action={<Act run={() => onDecide({ kind: "new" })}>{`Create in ${missing}`}</Act>}
        >
          This contact was there before the sync was started, which was for what comes from then on. Should the same
          person appear in {missing}, the two are linked as they are.
        </Notice>
      ) : (
        <Notice tone="wait" title={`Not in ${missing} yet`}>
          Kith looks for it there first, and creates it if there is none.
        </Notice>
      );
    case "tombstone":
      return (
        <Notice tone="quiet" title="Deleted">
          This is what was last known. Kith remembers the contact so that it does not come back by itself. If somebody
          restores it in {link.leftName} or {link.rightName}, it is followed again.
        </Notice>
      );
    case "unlinked":
      return (
        <Notice tone="quiet" title="No longer linked">
          One side was deleted and the other was left as it is. Changes are not carried over any more.
        </Notice>
      );
    default:
      return <Findings link={link} />;
  }
}

function Findings({ link }: { readonly link: LinkView }) {
  const found = link.fields.filter(({ state }) => state === "finding");
  if (found.length === 0) return null;
  return (
    <Notice tone="wait" title={`Not kept: ${found.map(({ label }) => label).join(", ")}`}>
      One side could not take the value as it is; below stands why. Change it in {link.leftName} or {link.rightName},
      and Kith tries again.
    </Notice>
  );
}

/** A person keeps it where it is; edits there are shown here and go nowhere. */
function KeptAlone({ link, onDecide }: Pick<RecordPageProps, "onDecide"> & { readonly link: LinkView }) {
  const [here, there] = link.left === undefined ? [link.rightName, link.leftName] : [link.leftName, link.rightName];
  return (
    <Notice
      tone="quiet"
      title={`Kept in ${here} only, by your choice`}
      action={<Act run={() => onDecide({ kind: "notAlone" })}>Take that back</Act>}
    >
      It is neither linked nor created in {there}, however it is edited. Taken back, it is looked for there again.
    </Notice>
  );
}

/** What came of an answer, what follows from it, and where to go on. */
function Said({ said, next }: { readonly said: Answered; readonly next: RecordPageProps["next"] }) {
  return (
    <Notice
      tone={said.isDone ? "good" : "wait"}
      title={said.title}
      action={
        <Line>
          {next && <Link to={next.to} label={`Next question: ${next.title}`}>{`Next question →`}</Link>}
          <Link to={WAITING}>Back to the list</Link>
        </Line>
      }
    >
      {[...said.follows, ...(next === undefined ? ["Nothing else waits for you."] : [])].join(" ")}
    </Notice>
  );
}
