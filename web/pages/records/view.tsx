import type { LinkRow } from "../../../model/api/views.ts";
import type { Loaded } from "../../api/loaded.ts";
import type { RecordsSearch, Shown } from "../../app/addresses.ts";
import { LinkTable } from "../../parts/linkTable.tsx";
import { Ready } from "../../parts/problem.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { SearchField } from "../../ui/field.tsx";
import { Card, Column, Line, Page } from "../../ui/layout.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Pager } from "../../ui/pager.tsx";

const SHOWN_WORDS: readonly { readonly value: Shown; readonly label: string }[] = [
  { value: "all", label: "All" },
  { value: "linked", label: "Linked" },
  { value: "attention", label: "Waiting for you" },
  { value: "waiting", label: "On one side only" },
  { value: "unlinked", label: "No longer linked" },
  { value: "deleted", label: "Deleted" },
];

export interface RecordsPageProps {
  readonly links: Loaded<{ readonly links: readonly LinkRow[]; readonly total: number }>;
  readonly names: { readonly left: string; readonly right: string };
  /** How many each narrowing shows; absent while that is not known. */
  readonly counts?: Readonly<Record<Shown, number>> | undefined;
  readonly search: RecordsSearch;
  readonly pageSize: number;
  /** Narrows the list anew; the page starts over unless one is named. */
  readonly onSearch: (change: Partial<RecordsSearch>) => void;
}

/** The list of linked contacts in every state. */
export function RecordsPageView(props: RecordsPageProps) {
  const { links, names, counts, search, pageSize, onSearch } = props;
  const options = SHOWN_WORDS.map((option) => ({ ...option, count: counts?.[option.value] }));
  return (
    <Page
      title="Records"
      lead={`Every contact with both its sides: ${names.left} and ${names.right} beside each other.`}
    >
      <Column gap="wide">
        <Line isApart>
          <Choice label="Show" value={search.show} options={options} onChange={(show) => onSearch({ show })} />
          <SearchField
            label="Search records"
            placeholder="Name, e-mail or phone"
            value={search.text}
            onSearch={(text) => onSearch({ text })}
          />
        </Line>
        <Ready answer={links} label="Reading records" rows={12}>
          {({ links: rows, total }, isStale) =>
            rows.length === 0 ? (
              <NoRecords {...props} />
            ) : (
              <>
                <Card isFlush>
                  <LinkTable
                    rows={rows}
                    names={names}
                    search={search}
                    isStale={isStale}
                    onSort={(sort) => onSearch({ sort })}
                  />
                </Card>
                <Pager
                  page={search.page}
                  size={pageSize}
                  total={total}
                  noun="contact"
                  onPage={(page) => onSearch({ page })}
                />
              </>
            )
          }
        </Ready>
      </Column>
    </Page>
  );
}

const NOTHING: Readonly<Record<Shown, { readonly title: string; readonly text: string }>> = {
  all: { title: "No contacts yet", text: "They appear here as soon as the first reading of both sides has begun." },
  linked: { title: "No linked contacts yet", text: "Contacts found on both sides appear here." },
  waiting: { title: "Every contact is on both sides", text: "Whoever is on one side only would be listed here." },
  attention: { title: "No contact waits for you", text: "Conflicts and unclear matches would be listed here." },
  unlinked: {
    title: "All links stand",
    text: "Contacts whose other side was deleted, and that were left as they are, are listed here.",
  },
  deleted: {
    title: "Nothing was deleted",
    text: "Deleted contacts are remembered here, so that they do not come back.",
  },
};

function NoRecords({ search, onSearch }: RecordsPageProps) {
  const isSearched = search.text !== "";
  const { title, text } = NOTHING[search.show];
  return (
    <Card>
      {isSearched ? (
        <Empty
          title={`Nothing found for “${search.text}”`}
          action={<Button onClick={() => onSearch({ text: "", show: "all" })}>Show all contacts</Button>}
        >
          Search by any part of a name, an e-mail address or a phone number.
        </Empty>
      ) : (
        <Empty title={title}>{text}</Empty>
      )}
    </Card>
  );
}
