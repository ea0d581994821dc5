import { type ReactNode, useState } from "react";
import type { KeptRecord, KeptResource, KeptView } from "../../../model/api/kept.ts";
import { HubProblem } from "../../api/client.ts";
import type { Loaded } from "../../api/loaded.ts";
import { type KeptSearch, OVERVIEW, recordAddress } from "../../app/addresses.ts";
import { type KeptDoing, KeptItem } from "../../parts/keptChildren.tsx";
import { KeptForm } from "../../parts/keptForm.tsx";
import { Ready } from "../../parts/problem.tsx";
import { heading, namesOf, secondLine } from "../../text/kept.ts";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { SearchField } from "../../ui/field.tsx";
import { Card, Column, Line, Page } from "../../ui/layout.tsx";
import { Link, OutsideLink } from "../../ui/link.tsx";
import { List } from "../../ui/list.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Beneath, People, Person } from "../../ui/people.tsx";

/** A page of records that the hub keeps. */
export type KeptFound = { readonly records: readonly KeptRecord[]; readonly total?: number | undefined };

export interface KeptPageProps {
  readonly kept: Loaded<KeptView>;
  readonly found: Loaded<KeptFound>;
  readonly search: KeptSearch;
  readonly pageSize: number;
  readonly onSearch: (change: Partial<KeptSearch>) => void;
  readonly doing: KeptDoing;
  /** Draws what belongs to a record. */
  readonly belongings: (record: KeptRecord) => ReactNode;
}

/** Everything that the hub keeps itself beside a product which has no place for it. */
export function KeptPageView(props: KeptPageProps) {
  const { kept } = props;
  const known = kept.state === "ready" ? kept.data : undefined;
  const partner = known?.connection.partner;
  return (
    <Page
      title={partner === undefined ? "Kept by Kith" : `Kept by Kith, beside ${partner}`}
      lead={known && leadOf(known)}
      actions={<Link to={OVERVIEW}>To the overview</Link>}
    >
      {isUnknown(kept) ? (
        <Card>
          <Empty title="There is no such connection" action={<Link to={OVERVIEW}>To the overview</Link>} />
        </Card>
      ) : (
        <Ready answer={kept} label="Reading what Kith keeps" rows={10}>
          {(view) => <Kinds {...props} view={view} />}
        </Ready>
      )}
    </Page>
  );
}

function isUnknown(kept: Loaded<KeptView>): boolean {
  return kept.state === "failed" && kept.error instanceof HubProblem && kept.error.status === 404;
}

function leadOf({ connection: { partner }, resources }: KeptView): string | undefined {
  const kinds = resources.filter(({ isEditable }) => isEditable).map((kind) => namesOf(kind).many);
  if (kinds.length === 0) return undefined;
  const listed = kinds.length === 1 ? kinds[0] : `${kinds.slice(0, -1).join(", ")} or ${kinds.at(-1)}`;
  return `${partner} has no place for ${listed}. Kith keeps them here, in step with the other side like any other.`;
}

function Kinds(props: KeptPageProps & { readonly view: KeptView }) {
  const { view, search, onSearch } = props;
  const kinds = view.resources.filter(({ isEditable }) => isEditable);
  const kind = kinds.find(({ resource }) => resource === search.kind) ?? kinds[0];
  const { partner } = view.connection;
  if (kind === undefined) {
    return (
      <Card>
        <Empty title={`Nothing is kept beside ${partner}`}>{partner} has a place for all that is kept in step.</Empty>
      </Card>
    );
  }
  const options = kinds.map((one) => ({
    value: one.resource,
    label: heading(namesOf(one).many),
    count: one.count,
  }));
  const { many } = namesOf(kind);
  return (
    <Column gap="wide">
      <Line isApart>
        <Choice
          label="Show"
          value={kind.resource}
          options={options}
          onChange={(resource) => onSearch({ kind: resource })}
        />
        <SearchField
          label={`Search the ${many}`}
          placeholder="Any word in them"
          value={search.text}
          onSearch={(text) => onSearch({ text })}
        />
      </Line>
      <Records key={kind.resource} {...props} kind={kind} partner={partner} />
    </Column>
  );
}

type RecordsProps = KeptPageProps & { readonly kind: KeptResource; readonly partner: string };

function Records(props: RecordsProps) {
  const { kind, found, search, pageSize, onSearch, doing } = props;
  const [open, setOpen] = useState<string>();
  const { one } = namesOf(kind);
  const close = (): void => setOpen(undefined);
  const isOwn = kind.parent === undefined;
  return (
    <Column>
      {isOwn && open !== NEW && (
        <Line>
          <Button isSmall onClick={() => setOpen(NEW)}>{`Add a ${one}`}</Button>
        </Line>
      )}
      {isOwn && open === NEW && (
        <Card>
          <KeptForm
            kind={kind}
            onSave={async (fields) => {
              await doing.add(fields);
              close();
            }}
            onClose={close}
          />
        </Card>
      )}
      <Ready answer={found} label={`Reading the ${namesOf(kind).many}`} rows={8}>
        {({ records, total = records.length }) => (
          <Column>
            <Card isFlush>
              {records.length === 0 ? (
                <Nothing {...props} />
              ) : isOwn ? (
                <Everybody {...props} records={records} open={open} onOpen={setOpen} />
              ) : (
                <Children {...props} records={records} open={open} onOpen={setOpen} />
              )}
            </Card>
            <Pager
              page={search.page}
              size={pageSize}
              total={total}
              noun={namesOf(kind)}
              onPage={(page) => onSearch({ page })}
            />
          </Column>
        )}
      </Ready>
    </Column>
  );
}

/** Stands for the form of a new record among the ids of those that can be open; no record has it. */
const NEW = "";

interface Opening {
  readonly records: readonly KeptRecord[];
  readonly open: string | undefined;
  readonly onOpen: (externalId: string | undefined) => void;
}

function Everybody({ kind, partner, records, open, onOpen, doing, belongings }: RecordsProps & Opening) {
  return (
    <People label={heading(namesOf(kind).many)}>
      {records.map((record) => {
        const { externalId } = record;
        const isOpen = open === externalId;
        return (
          <Person
            key={externalId}
            name={record.title}
            more={secondLine(kind, record)}
            at={record.changedAt}
            isFlashing={false}
            isOpen={isOpen}
            onToggle={() => onOpen(isOpen ? undefined : externalId)}
          >
            <Column>
              <Elsewhere record={record} partner={partner} />
              <KeptForm
                kind={kind}
                record={record}
                onSave={(fields) => doing.edit(record, fields)}
                onDelete={() => doing.remove(record)}
                onClose={() => onOpen(undefined)}
              />
            </Column>
            <Beneath>{belongings(record)}</Beneath>
          </Person>
        );
      })}
    </People>
  );
}

/** Where else the record can be seen. */
function Elsewhere({ record: { links, pageUrl }, partner }: { readonly record: KeptRecord; readonly partner: string }) {
  const [link] = links;
  if (link === undefined && pageUrl === undefined) return null;
  return (
    <Line>
      {link && <Link to={recordAddress(link.linkId)}>Both sides and history</Link>}
      {pageUrl && <OutsideLink to={pageUrl}>{`Open in ${partner}`}</OutsideLink>}
    </Line>
  );
}

function Children({ kind, partner, records, open, onOpen, doing }: RecordsProps & Opening) {
  return (
    <List label={heading(namesOf(kind).many)}>
      {records.map((record) => (
        <KeptItem
          key={record.externalId}
          {...{ kind, partner, doing }}
          record={record}
          whose={record.parentTitle}
          isOpen={open === record.externalId}
          onToggle={() => onOpen(open === record.externalId ? undefined : record.externalId)}
        />
      ))}
    </List>
  );
}

function Nothing({ kind, search, onSearch, partner }: RecordsProps) {
  const { one, many } = namesOf(kind);
  if (search.text !== "") {
    return (
      <Empty
        title={`Nothing found for “${search.text}”`}
        action={<Button onClick={() => onSearch({ text: "" })}>Show all</Button>}
      />
    );
  }
  return (
    <Empty title={`No ${many} are kept yet`}>
      {kind.parent === undefined
        ? `Add a ${one}, and watch it appear on the other side.`
        : `Those that belong to somebody beside ${partner} appear here. They are added where that somebody is shown.`}
    </Empty>
  );
}
