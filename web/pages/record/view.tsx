import type { LinkView } from "../../../model/api/views.ts";
import { HubProblem } from "../../api/client.ts";
import type { Loaded } from "../../api/loaded.ts";
import { recordAddress } from "../../app/addresses.ts";
import { Act, type Doing } from "../../parts/act.tsx";
import { FieldTable } from "../../parts/fieldTable.tsx";
import { History } from "../../parts/history.tsx";
import { stateOfRow } from "../../parts/linkTable.tsx";
import { Ready } from "../../parts/problem.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Card, Line, Page, Section } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Item, List } from "../../ui/list.tsx";
import { Empty, Notice } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";
import { When } from "../../ui/when.tsx";

export interface RecordPageProps {
  readonly link: Loaded<LinkView>;
  /** Address of the list one came from. */
  readonly back: string;
  readonly onReconcile: Doing;
}

/** One linked contact in every state. */
export function RecordPageView({ link, back, onReconcile }: RecordPageProps) {
  const isReady = link.state === "ready";
  return (
    <Page
      title={isReady ? link.data.title : "Contact"}
      lead={<Lead link={link} back={back} />}
      actions={
        isReady && (
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
          {(data) => <Full link={data} />}
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

function Full({ link }: { readonly link: LinkView }) {
  return (
    <>
      <ConflictNotice link={link} />
      <MissingSide link={link} />
      {link.candidates.length > 0 && <Candidates link={link} />}
      <Section title="Fields">
        <FieldTable link={link} />
      </Section>
      <Section title="History">
        <History link={link} />
      </Section>
    </>
  );
}

function ConflictNotice({ link }: { readonly link: LinkView }) {
  const labels = link.fields.filter(({ state }) => state === "conflict").map(({ label }) => label);
  if (labels.length === 0) return null;
  return (
    <Notice tone="bad" title={`Changed on both sides: ${labels.join(", ")}`}>
      Kith does not guess which one you mean. Change it in {link.leftName} or {link.rightName} so that both say the
      same; all other fields go on.
    </Notice>
  );
}

function MissingSide({ link }: { readonly link: LinkView }) {
  if (link.state !== "half") return null;
  const missing = link.left === undefined ? link.leftName : link.rightName;
  return (
    <Notice tone="wait" title={`Not in ${missing} yet`}>
      Kith looks for the same person there first, and creates the contact if there is none.
    </Notice>
  );
}

function Candidates({ link }: { readonly link: LinkView }) {
  return (
    <Section title="Could be the same person as">
      <Card isFlush>
        <List label="Possible counterparts">
          {link.candidates.map(({ linkId, title, evidence }) => (
            <Item key={linkId}>
              <Text kind="strong">
                <Link to={recordAddress(linkId)}>{title}</Link>
              </Text>
              <Text kind="soft">{evidence.join(", ")}</Text>
            </Item>
          ))}
        </List>
      </Card>
      <Text kind="soft">
        Kith does not guess here, so nothing was linked or created. Give the e-mail or phone to the right person only,
        on either side, and Kith links them by itself.
      </Text>
    </Section>
  );
}
