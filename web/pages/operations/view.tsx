import type { OperationRow, OperationsView } from "../../../model/api/operations.ts";
import type { Loaded } from "../../api/loaded.ts";
import { connectionAddress, type OperationsSearch, operationAddress } from "../../app/addresses.ts";
import { Ready } from "../../parts/problem.tsx";
import { count } from "../../text/numbers.ts";
import { bySubject, found, isOfKind, KIND_WORDS, OPERATION_KINDS, permissionWords } from "../../text/operations.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { SearchField } from "../../ui/field.tsx";
import { Card, Column, Line, Page, Section } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Item, List } from "../../ui/list.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";

export interface OperationsPageProps {
  readonly connectionId: string;
  readonly catalogue: Loaded<OperationsView>;
  readonly search: OperationsSearch;
  readonly onSearch: (change: Partial<OperationsSearch>) => void;
}

/** Everything that can be asked of a connection's partner and that it tells of, by subject. */
export function OperationsPageView(props: OperationsPageProps) {
  const { catalogue } = props;
  const known = catalogue.state === "ready" ? catalogue.data : undefined;
  return (
    <Page
      title="What it can do"
      lead={known && known.operations.length > 0 ? leadOf(known) : undefined}
      actions={<Link to={connectionAddress(props.connectionId)}>The connection</Link>}
    >
      <Ready answer={catalogue} label="Reading the catalogue" rows={12}>
        {({ connection, operations }) =>
          operations.length === 0 ? (
            <Card>
              <Empty title={`${connection.partner} has no catalogue yet`}>
                Its contacts are kept in step all the same; what else can be asked of it is not listed so far.
              </Empty>
            </Card>
          ) : (
            <Catalogue {...props} rows={operations} />
          )
        }
      </Ready>
    </Page>
  );
}

function leadOf({ connection: { name, partner }, operations }: OperationsView): string {
  const where = name === partner ? partner : `${partner} (${name})`;
  const asked = operations.filter(({ kind }) => kind === "action").length;
  return `${count(asked)} things that can be asked of ${where}, and ${count(operations.length - asked)} that it lets the hub notice.`;
}

function Catalogue({
  rows,
  search,
  onSearch,
  connectionId,
}: OperationsPageProps & { readonly rows: readonly OperationRow[] }) {
  const fitting = found(rows, search.text);
  const shown = fitting.filter((row) => isOfKind(row, search.kind));
  const options = OPERATION_KINDS.map((value) => ({
    value,
    label: KIND_WORDS[value],
    count: fitting.filter((row) => isOfKind(row, value)).length,
  })).filter(({ value, count: many }) => value !== "missing" || many > 0 || search.kind === value);
  return (
    <Column gap="wide">
      <Line isApart>
        <Choice label="Show" value={search.kind} options={options} onChange={(kind) => onSearch({ kind })} />
        <SearchField
          label="Search what it can do"
          placeholder="Note, tag, send…"
          value={search.text}
          onSearch={(text) => onSearch({ text })}
        />
      </Line>
      {shown.length === 0 && <Nothing search={search} onSearch={onSearch} />}
      {bySubject(shown).map(([subject, entries]) => (
        <Section key={subject} title={subject}>
          <Card isFlush>
            <List label={subject}>
              {entries.map((row) => (
                <Entry key={row.id} row={row} to={operationAddress(connectionId, row.id, search)} />
              ))}
            </List>
          </Card>
        </Section>
      ))}
    </Column>
  );
}

/** What is as it should be is told quietly: among so many entries only what is missing may stand out. */
function Entry({ row, to }: { readonly row: OperationRow; readonly to: string }) {
  const { word, tone } = permissionWords(row);
  return (
    <Item end={tone === "wait" ? <Badge tone={tone}>{word}</Badge> : <Text kind="soft">{word}</Text>}>
      <Link to={to} kind="plain">
        <Text kind="strong">{row.title}</Text>
      </Link>
      <Text kind="soft">{row.description}</Text>
    </Item>
  );
}

function Nothing({ search, onSearch }: Pick<OperationsPageProps, "search" | "onSearch">) {
  return (
    <Card>
      <Empty
        title={search.text === "" ? "There is nothing of this kind" : `Nothing found for “${search.text}”`}
        action={<Button onClick={() => onSearch({ text: "", kind: "all" })}>Show everything</Button>}
      >
        Search by what you want to do, by what it is about, or by the permission that it needs.
      </Empty>
    </Card>
  );
}
