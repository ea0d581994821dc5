import type { LinkView } from "../../../model/api/views.ts";
import { HubProblem } from "../../api/client.ts";
import type { Loaded } from "../../api/loaded.ts";
import { Act, type Doing } from "../../parts/act.tsx";
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
  /** Address of the list one came from. */
  readonly back: string;
  /** What came of the last decision on this page; empty before any. */
  readonly said: string;
  readonly onReconcile: Doing;
  readonly onDecide: Deciding;
}

/** One linked contact in every state. */
export function RecordPageView({ link, back, said, onReconcile, onDecide }: RecordPageProps) {
  const isReady = link.state === "ready";
  return (
    <Page
      title={isReady ? link.data.title : "Contact"}
      lead={<Lead link={link} back={back} />}
      actions={
        isReady &&
        link.data.state !== "tombstone" && (
          <Act run={onReconcile} kind="main" hint="Reads both sides now and brings them to agreement">
            Reconcile now
          </Act>
        )
      }
    >
      {isGone(link) ? (
        <Gone back={back} />
      ) : (
        <Ready answer={link} label="Reading the contact" rows={9}>
          {(data) => <Full link={data} said={said} onDecide={onDecide} />}
        </Ready>
      )}
    </Page>
  );
}

function Lead({ link, back }: Pick<RecordPageProps, "link" | "back">) {
  const state = link.state === "ready" ? stateOfRow(link.data) : undefined;
  return (
    <Line>
      <Link to={back}>← All records</Link>
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

function Gone({ back }: { readonly back: string }) {
  return (
    <Card>
      <Empty title="This contact is not here any more" action={<Link to={back}>To all records</Link>}>
        It may have joined another one when both were recognised as the same person.
      </Empty>
    </Card>
  );
}

function Full(props: Pick<RecordPageProps, "said" | "onDecide"> & { readonly link: LinkView }) {
  const { link, said, onDecide } = props;
  return (
    <>
      <Settled said={said} />
      <Conflicts link={link} onDecide={onDecide} />
      <Candidates link={link} onDecide={onDecide} />
      <Standing link={link} onDecide={onDecide} />
      <Section title="Fields">
        <FieldTable link={link} />
      </Section>
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
          Kith looks for the same person there first, and creates the contact if there is none.
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

/** What came of a decision, where its question stood. */
function Settled({ said }: { readonly said: string }) {
  if (said === "") return null;
  return <Notice tone="good" title={said} />;
}
