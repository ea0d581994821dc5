import type { LinkRow } from "../../model/api/views.ts";
import type { Side } from "../../model/record.ts";
import { type RecordsSearch, recordAddress } from "../app/addresses.ts";
import { LINK_STATE_WORDS, type Tone, type Worded } from "../text/words.ts";
import { Badge } from "../ui/badge.tsx";
import { Breakable } from "../ui/breakable.tsx";
import { Column } from "../ui/layout.tsx";
import { Link, useNavigateTo } from "../ui/link.tsx";
import { Table, type TableColumn } from "../ui/table.tsx";
import { Text } from "../ui/text.tsx";
import { When } from "../ui/when.tsx";

export interface LinkTableProps {
  readonly rows: readonly LinkRow[];
  /** The kind of record that a sync keeps in step, by its id; taken for contacts where it is not known. */
  readonly resourceOf?: (syncId: string) => string | undefined;
  /** The product beside which the hub itself keeps the records of a sync's side; none where they are the product's own. */
  readonly keptBeside?: (syncId: string, side: Side) => string | undefined;
  readonly names: { readonly left: string; readonly right: string };
  readonly search: RecordsSearch;
  readonly isStale: boolean;
  readonly onSort: (sort: RecordsSearch["sort"]) => void;
}

/** Linked records beside each other: contacts with e-mail and phone, others with what tells them apart. */
export function LinkTable({ rows, resourceOf, keptBeside, names, search, isStale, onSort }: LinkTableProps) {
  const navigate = useNavigateTo();
  const addressOf = (row: LinkRow): string => recordAddress(row.id, search);
  const sideOf = (row: LinkRow, side: Side) => {
    const isContact = (resourceOf?.(row.syncId) ?? "contact") === "contact";
    const record = isContact ? (
      <Person side={row[side]} name={names[side]} />
    ) : (
      <Thing side={row[side]} name={names[side]} />
    );
    const partner = row[side] && keptBeside?.(row.syncId, side);
    if (partner === undefined) return record;
    return (
      <Column gap="tight">
        {record}
        <Text kind="soft">kept by Kith, beside {partner}</Text>
      </Column>
    );
  };
  const columns: readonly TableColumn<LinkRow>[] = [
    {
      id: "title",
      heading: "Name",
      width: 17,
      sort: { order: search.sort === "title" ? "ascending" : undefined, onSort: () => onSort("title") },
      cell: (row) => (
        <Text kind="strong">
          <Link to={addressOf(row)} kind="plain">
            {row.title}
          </Link>
        </Text>
      ),
    },
    { id: "left", heading: names.left, width: 27, cell: (row) => sideOf(row, "left") },
    { id: "right", heading: names.right, width: 27, cell: (row) => sideOf(row, "right") },
    { id: "state", heading: "State", width: 19, cell: (row) => <State row={row} /> },
    {
      id: "updated",
      heading: "Changed",
      width: 10,
      sort: { order: search.sort === "updated" ? "descending" : undefined, onSort: () => onSort("updated") },
      cell: (row) => (
        <Text kind="soft">
          <When at={row.updatedAt} />
        </Text>
      ),
    },
  ];
  return (
    <Table
      caption="Linked records"
      columns={columns}
      rows={rows}
      idOf={(row) => row.id}
      toneOf={(row) => edgeOf(row)}
      onOpen={(row) => navigate(addressOf(row))}
      isStale={isStale}
    />
  );
}

/** What a record that is no contact shows of itself: nothing is missing where it has neither e-mail nor phone. */
function Thing({ side, name }: { readonly side: LinkRow["left"]; readonly name: string }) {
  if (side === undefined) return <Text kind="soft">Not in {name}</Text>;
  const [first = "–", second] = [side.detail ?? "", side.email, side.phone].filter((text) => text !== "");
  return (
    <Column gap="tight">
      <Text isCut title={first}>
        <Breakable text={first} />
      </Text>
      {second !== undefined && <Text kind="soft">{second}</Text>}
    </Column>
  );
}

function Person({ side, name }: { readonly side: LinkRow["left"]; readonly name: string }) {
  if (side === undefined) return <Text kind="soft">Not in {name}</Text>;
  return (
    <Column gap="tight">
      {side.email === "" ? (
        <Text kind="soft">no e-mail</Text>
      ) : (
        <Text isCut title={side.email}>
          <Breakable text={side.email} />
        </Text>
      )}
      <Text kind="soft">{side.phone === "" ? "no phone" : side.phone}</Text>
    </Column>
  );
}

/** What a row's state is called: what waits for a person comes before how it is linked. */
export function stateOfRow(
  row: Pick<LinkRow, "state" | "conflicts" | "findings" | "isLeftAlone" | "isKeptAlone">,
): Worded {
  if (row.conflicts > 0) return { word: "Waits for you: conflict", tone: "wait" };
  if (row.findings > 0) return { word: "Waits for you: not kept", tone: "wait" };
  if (row.isKeptAlone === true) return { word: "Kept on one side", tone: "quiet" };
  if (row.isLeftAlone === true) return { word: "Left alone", tone: "quiet" };
  return LINK_STATE_WORDS[row.state];
}

function State({ row }: { readonly row: LinkRow }) {
  const { word, tone } = stateOfRow(row);
  return <Badge tone={tone}>{word}</Badge>;
}

/** What waits for a person is marked at its edge. */
function edgeOf({ conflicts, findings, state }: LinkRow): Tone | undefined {
  return conflicts + findings > 0 || state === "ambiguous" ? "wait" : undefined;
}
