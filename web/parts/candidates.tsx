import { useState } from "react";
import type { CandidateView, LinkView, RecordView } from "../../model/api/views.ts";
import { recordAddress } from "../app/addresses.ts";
import { areAlike, compared, letterOf } from "../text/lineup.ts";
import { counted } from "../text/numbers.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Actions, Card, CardFoot, Column, Line, Section } from "../ui/layout.tsx";
import { Lineup } from "../ui/lineup.tsx";
import { Link, OutsideLink } from "../ui/link.tsx";
import { Item, List } from "../ui/list.tsx";
import { Text } from "../ui/text.tsx";
import { Moment } from "../ui/when.tsx";
import { Act } from "./act.tsx";
import type { Deciding } from "./conflicts.tsx";

/** The records that this one may be the same as, beside it and each other, and what a person can say of them. */
export function Candidates({ link, onDecide }: CandidatesProps) {
  if (link.candidates.length === 0) return null;
  const [here, there] = sidesOf(link);
  return (
    <Section title={`Which contact in ${there} is this?`}>
      <Text kind="soft">
        {link.candidates.length === 1 ? "This may be the same person" : "Each of these may be the same person"}, but
        that is not certain, and Kith does not guess. Nothing was linked or created so far.
        {areAlike(link) && " Some of them say the same in every field: only ids and dates tell them apart."}
      </Text>
      <Card isFlush>
        <Beside link={link} onDecide={onDecide} here={here} there={there} />
      </Card>
      <Card isFlush>
        <List label="Other answers">
          <Item
            end={
              <Act run={() => onDecide({ kind: "new" })} label={`None of these: create ${link.title} in ${there}`}>
                None of these: create new
              </Act>
            }
          >
            <Text kind="strong">Somebody else</Text>
            <Text kind="soft">
              {link.title} is created in {there}, and edits travel both ways.
            </Text>
          </Item>
          <Item
            end={
              <Act run={() => onDecide({ kind: "alone" })} label={`Leave ${link.title} in ${here} only`}>
                {`Leave in ${here} only`}
              </Act>
            }
          >
            <Text kind="strong">Not to be kept in step</Text>
            <Text kind="soft">It is neither linked nor created in {there}. You can take that back at any time.</Text>
          </Item>
        </List>
      </Card>
    </Section>
  );
}

interface CandidatesProps {
  readonly link: LinkView;
  readonly onDecide: Deciding;
}

/** What the side that the contact is on is called, and the other. */
function sidesOf({ left, leftName, rightName }: LinkView): readonly [here: string, there: string] {
  return left === undefined ? [rightName, leftName] : [leftName, rightName];
}

function Beside(props: CandidatesProps & { readonly here: string; readonly there: string }) {
  const { link, here, there } = props;
  const [isAll, setAll] = useState(false);
  const { different, same } = compared(link);
  const isSingle = link.candidates.length === 1;
  const columns = [
    { id: link.id, name: here, head: <Own link={link} here={here} /> },
    ...link.candidates.map((candidate, place) => ({
      id: candidate.linkId,
      name: isSingle ? there : `${there} ${letterOf(place)}`,
      head: <Candidate {...props} candidate={candidate} letter={isSingle ? undefined : letterOf(place)} />,
    })),
  ];
  return (
    <>
      <Lineup
        caption={`${link.title} and who it could be`}
        columns={columns}
        rows={isAll ? [...different, ...same] : different}
      />
      {same.length > 0 && (
        <CardFoot>
          <Button kind="quiet" isSmall onClick={() => setAll(!isAll)}>
            {isAll
              ? "Hide what is the same"
              : `Show ${counted(same.length, "field")} that ${same.length === 1 ? "is" : "are"} the same`}
          </Button>
          {different.length === 0 && <Text kind="soft">Nothing differs.</Text>}
        </CardFoot>
      )}
    </>
  );
}

function Own({ link, here }: { readonly link: LinkView; readonly here: string }) {
  const [record] = link.records;
  return (
    <Column gap="tight">
      <Text kind="strong">{link.title}</Text>
      <Text kind="soft">This contact, in {here}</Text>
      {record && <Facts record={record} product={here} />}
    </Column>
  );
}

function Candidate(
  props: CandidatesProps & {
    readonly candidate: CandidateView;
    readonly there: string;
    /** Absent where there is no other. */
    readonly letter: string | undefined;
  },
) {
  const { candidate, there, letter, onDecide } = props;
  const { linkId, title, evidence, canLink, record } = candidate;
  const which = letter === undefined ? "" : ` (${letter})`;
  return (
    <Column gap="tight">
      <Line gap="tight">
        {letter !== undefined && <Badge tone="quiet">{letter}</Badge>}
        <Text kind="strong">
          <Link to={recordAddress(linkId)}>{title}</Link>
        </Text>
      </Line>
      <Text kind="soft">
        In {there}: {evidence.length === 0 ? "could be the same" : evidence.join(", ")}
      </Text>
      {record && <Facts record={record} product={there} />}
      <Actions>
        <Act
          run={() => onDecide({ kind: "same", other: linkId })}
          kind="main"
          label={`${title} is the same person: link${which}`}
          {...(canLink ? {} : { blocked: `${title} is linked with another contact by now` })}
        >
          Same person: link
        </Act>
        <Act run={() => onDecide({ kind: "different", other: linkId })} label={`${title} is not the same${which}`}>
          Not the same
        </Act>
      </Actions>
    </Column>
  );
}

/** What tells a record from another that says the same: its id, its dates, and its page at the product. */
function Facts({ record, product }: { readonly record: RecordView; readonly product: string }) {
  const { externalId, changedAt, knownSince, url } = record;
  return (
    <>
      <Text kind="soft">
        Id <Text kind="code">{externalId}</Text>
      </Text>
      <Text kind="soft">
        {changedAt === undefined ? "Met by Kith " : "Changed "}
        <Moment at={changedAt ?? knownSince} />
      </Text>
      {url && <OutsideLink to={url}>{`Open in ${product}`}</OutsideLink>}
    </>
  );
}
