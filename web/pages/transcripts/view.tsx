import type { TranscriptDetail, TranscriptRowView } from "../../../model/api/transcripts.ts";
import { HubProblem } from "../../api/client.ts";
import type { Loaded } from "../../api/loaded.ts";
import { connectionAddress, type TranscriptsSearch, transcriptAddress } from "../../app/addresses.ts";
import { Ready } from "../../parts/problem.tsx";
import { rowWords, stateWords } from "../../text/transcripts.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { SearchField } from "../../ui/field.tsx";
import { Card, Column, Line, Page } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Item, List } from "../../ui/list.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Text } from "../../ui/text.tsx";

/** A page of transcripts. */
export interface TranscriptsFound {
  readonly connection: TranscriptDetail["connection"];
  readonly transcripts: readonly TranscriptRowView[];
  readonly total: number;
}

export interface TranscriptsPageProps {
  readonly connectionId: string;
  readonly found: Loaded<TranscriptsFound>;
  readonly search: TranscriptsSearch;
  readonly pageSize: number;
  readonly onSearch: (change: Partial<TranscriptsSearch>) => void;
}

const NOUN = { one: "transcript", many: "transcripts" };

/** The transcripts of a connection, newest first, each with the people it is with. */
export function TranscriptsPageView({ connectionId, found, search, pageSize, onSearch }: TranscriptsPageProps) {
  return (
    <Page
      title="Transcripts"
      lead="A transcript stays with its product. Who it is with, notes and tasks stand beside it here."
      actions={<Link to={connectionAddress(connectionId)}>To the connection</Link>}
    >
      {isUnknown(found) ? (
        <Card>
          <Empty title="This connection has no transcripts" />
        </Card>
      ) : (
        <Column gap="wide">
          <SearchField
            label="Search the transcripts"
            placeholder="Words of the title"
            value={search.text}
            onSearch={(text) => onSearch({ text })}
          />
          <Ready answer={found} label="Reading the transcripts" rows={8}>
            {({ transcripts, total }) => (
              <Column>
                <Card isFlush>
                  {transcripts.length === 0 ? (
                    <Nothing search={search} onSearch={onSearch} />
                  ) : (
                    <List label="Transcripts">
                      {transcripts.map((row) => (
                        <Row key={row.id} connectionId={connectionId} row={row} />
                      ))}
                    </List>
                  )}
                </Card>
                <Pager
                  page={search.page}
                  size={pageSize}
                  total={total}
                  noun={NOUN}
                  onPage={(page) => onSearch({ page })}
                />
              </Column>
            )}
          </Ready>
        </Column>
      )}
    </Page>
  );
}

function isUnknown(found: Loaded<unknown>): boolean {
  return found.state === "failed" && found.error instanceof HubProblem && found.error.status === 404;
}

function Row({ connectionId, row }: { readonly connectionId: string; readonly row: TranscriptRowView }) {
  const { word, tone } = stateWords(row.state);
  return (
    <Item end={row.state === "ready" || row.state === "unread" ? undefined : <Badge tone={tone}>{word}</Badge>}>
      <Line gap="tight">
        <Link to={transcriptAddress(connectionId, row.id)}>{row.title || "Untitled"}</Link>
      </Line>
      <Text kind="soft">{rowWords(row)}</Text>
    </Item>
  );
}

function Nothing({ search, onSearch }: Pick<TranscriptsPageProps, "search" | "onSearch">) {
  if (search.text === "")
    return <Empty title="No transcripts yet">Those that are made appear here by themselves.</Empty>;
  return (
    <Empty
      title={`Nothing found for “${search.text}”`}
      action={<Button onClick={() => onSearch({ text: "" })}>Show all</Button>}
    />
  );
}
