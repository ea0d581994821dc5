import type { LinkRow, OverviewView, TroubleView } from "../../../model/api/views.ts";
import { type SideNames, sideNames } from "../../../model/sideNames.ts";
import type { Loaded } from "../../api/loaded.ts";
import type { Acts } from "../../api/mutations.ts";
import { recordAddress, recordsAddress } from "../../app/addresses.ts";
import { Act } from "../../parts/act.tsx";
import { stateOfRow } from "../../parts/linkTable.tsx";
import { Ready } from "../../parts/problem.tsx";
import { ChangedFields, HeldDeletions } from "../../parts/syncCard.tsx";
import { TroubleList } from "../../parts/troubleList.tsx";
import { count, counted } from "../../text/numbers.ts";
import { openFields, waitingForYou } from "../../text/overview.ts";
import { groupQuestion, type QuestionGroup, questionGroups, questionOf } from "../../text/questions.ts";
import { capital, nounOfAll } from "../../text/resources.ts";
import { Badge } from "../../ui/badge.tsx";
import { Breakable } from "../../ui/breakable.tsx";
import { Card, Column, Line, Page, Section } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Item, List, SubList } from "../../ui/list.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";
import { When } from "../../ui/when.tsx";

export interface WaitingPageProps {
  readonly overview: Loaded<OverviewView>;
  readonly links: Loaded<{ readonly links: readonly LinkRow[]; readonly total: number }>;
  readonly troubles: Loaded<readonly TroubleView[]>;
  readonly acts: Pick<Acts, "allowDeletions" | "retry">;
}

/** All that waits for a person: deletions that are held, what failed, and contacts with something to decide. */
export function WaitingPageView(props: WaitingPageProps) {
  const { overview, links, troubles } = props;
  const isNothing = [overview, links, troubles].every(({ state }) => state === "ready") && amountOf(props) === 0;
  return (
    <Page title="Waiting for you" lead="What Kith does not decide by itself. Everything else goes on meanwhile.">
      {isNothing ? <Nothing /> : <Full {...props} />}
    </Page>
  );
}

function amountOf({ overview, links, troubles }: WaitingPageProps): number {
  const counted = overview.state === "ready" ? waitingForYou(overview.data) : 0;
  const listed = links.state === "ready" ? links.data.total : 0;
  return counted + listed + (troubles.state === "ready" ? troubles.data.length : 0);
}

function Nothing() {
  return (
    <Card>
      <Empty title="Nothing waits for you">
        Conflicts, contacts that could be several people, deletions that are held and changes that a product refused
        would be listed here.
      </Empty>
    </Card>
  );
}

function Full({ overview, links, troubles, acts }: WaitingPageProps) {
  const connections = overview.state === "ready" ? overview.data.connections : [];
  const changed = overview.state === "ready" ? overview.data.syncs.filter((sync) => openFields(sync) > 0) : [];
  const held = overview.state === "ready" ? overview.data.syncs.filter(({ heldDeletions }) => heldDeletions > 0) : [];
  return (
    <>
      {held.length > 0 && (
        <Section title="Deletions held">
          {held.map((sync) => (
            <HeldDeletions key={sync.id} sync={sync} onAllow={() => acts.allowDeletions(sync.id)} />
          ))}
        </Section>
      )}
      {changed.length > 0 && (
        <Section title="Fields that changed">
          {changed.map((sync) => (
            <ChangedFields key={sync.id} sync={sync} names={sideNames(sync, connections)} />
          ))}
        </Section>
      )}
      <Failures troubles={troubles} acts={acts} />
      <Ready answer={links} label="Reading what waits" rows={6}>
        {(data) => (data.total === 0 ? null : <Contacts {...data} overview={overview} />)}
      </Ready>
    </>
  );
}

function Failures({ troubles, acts }: Pick<WaitingPageProps, "troubles" | "acts">) {
  if (troubles.state === "ready" && troubles.data.length === 0) return null;
  const isMany = troubles.state === "ready" && troubles.data.length > 1;
  return (
    <Section title="Failed" aside={isMany && <Act run={() => acts.retry()}>Try all again</Act>}>
      <Ready answer={troubles} label="Reading what failed" rows={2}>
        {(data) => <TroubleList troubles={data} onRetry={(key) => acts.retry([key])} />}
      </Ready>
    </Section>
  );
}

function Contacts(props: {
  readonly links: readonly LinkRow[];
  readonly total: number;
  readonly overview: Loaded<OverviewView>;
}) {
  const { links, total, overview } = props;
  const syncs = overview.state === "ready" ? overview.data.syncs : [];
  const [sync] = syncs;
  const connections = overview.state === "ready" ? overview.data.connections : [];
  const names = sync === undefined ? undefined : sideNames(sync, connections);
  const noun = nounOfAll(links.map(({ syncId }) => syncs.find(({ id }) => id === syncId)?.resource ?? "contact"));
  return (
    <Section title={counted(total, noun.one, noun.many)}>
      <Column>
        <Card isFlush>
          <List label={`${capital(noun.many)} that wait for you`}>
            {questionGroups(links).map((group) => (
              <Group key={group.rows[0]?.id} group={group} names={names} />
            ))}
          </List>
        </Card>
        {total > links.length && (
          <Link to={recordsAddress({ show: "attention" })}>{`All ${count(total)} in Records`}</Link>
        )}
      </Column>
    </Section>
  );
}

interface GroupProps {
  readonly group: QuestionGroup;
  readonly names: SideNames | undefined;
}

function Group({ group, names }: GroupProps) {
  const [only, ...others] = group.rows;
  if (only === undefined) return null;
  return others.length === 0 ? <One row={only} names={names} /> : <Several group={group} names={names} />;
}

function One({ row, names }: { readonly row: LinkRow; readonly names: SideNames | undefined }) {
  const { tone, word } = stateOfRow(row);
  return (
    <Item
      end={<Changed row={row} />}
      below={
        <>
          {addressOf(row) !== "" && (
            <Text>
              <Breakable text={addressOf(row)} />
            </Text>
          )}
          <Text kind="soft">{questionOf(row, names)}</Text>
        </>
      }
    >
      <Line gap="normal">
        <Text kind="strong">
          <Link to={recordAddress(row.id, { show: "attention" })}>{row.title}</Link>
        </Text>
        <Badge tone={tone}>{word}</Badge>
      </Line>
    </Item>
  );
}

/** Contacts that could be each other: one question, to be answered at any of them. */
function Several({ group, names }: GroupProps) {
  const [first] = group.rows;
  return (
    <Item end={first && <Changed row={first} />} below={<Everybody group={group} names={names} />}>
      <Line gap="normal">
        <Text kind="strong">{group.title}</Text>
        <Badge tone="wait">{`${counted(group.rows.length, "contact")}: who is who?`}</Badge>
      </Line>
    </Item>
  );
}

function Everybody({ group, names }: GroupProps) {
  return (
    <>
      <Text kind="soft">{groupQuestion(group, names)}</Text>
      <SubList label={`Contacts that could be ${group.title}`}>
        {bySide(group.rows).map((row) => (
          <li key={row.id}>
            <Link to={recordAddress(row.id, { show: "attention" })} label={`${row.title}, ${placeOf(row, names)}`}>
              {placeOf(row, names)}
            </Link>
            <Text kind="soft">
              <Breakable text={addressOf(row)} />
            </Text>
          </li>
        ))}
      </SubList>
    </>
  );
}

/** Those of one product below each other. */
function bySide(rows: readonly LinkRow[]): readonly LinkRow[] {
  return [...rows.filter(({ left }) => left !== undefined), ...rows.filter(({ left }) => left === undefined)];
}

/** Where a contact that could be several is, and which one it is there. */
function placeOf({ left, right }: LinkRow, names: SideNames | undefined): string {
  if (left !== undefined) return `${names?.left ?? "One side"} ${left.externalId}`;
  return `${names?.right ?? "Other side"} ${right?.externalId ?? ""}`;
}

/** By what a person recognises somebody: the e-mail, else the phone. */
function addressOf({ left, right }: LinkRow): string {
  return [left?.email, right?.email, left?.phone, right?.phone].find((text) => text) ?? "";
}

function Changed({ row }: { readonly row: LinkRow }) {
  return (
    <Text kind="soft">
      <When at={row.updatedAt} />
    </Text>
  );
}
