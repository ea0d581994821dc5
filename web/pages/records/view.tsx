import type { LinkRow } from "../../../model/api/views.ts";
import type { Loaded } from "../../api/loaded.ts";
import type { RecordsSearch, Shown } from "../../app/addresses.ts";
import { LinkTable, type LinkTableProps } from "../../parts/linkTable.tsx";
import { Ready } from "../../parts/problem.tsx";
import { capital, type Noun } from "../../text/resources.ts";
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
  /** The syncs to choose from, in the order in which people look at them. */
  readonly syncs: readonly { readonly id: string; readonly name: string; readonly resource: string }[];
  /** The product beside which the hub itself keeps the records of a sync's side. */
  readonly keptBeside?: LinkTableProps["keptBeside"];
  /** What the records that are shown are called. */
  readonly noun: Noun;
  readonly search: RecordsSearch;
  readonly pageSize: number;
  /** Narrows the list anew; the page starts over unless one is named. */
  readonly onSearch: (change: Partial<RecordsSearch>) => void;
}

/** The list of linked records in every state. */
export function RecordsPageView(props: RecordsPageProps) {
  const { links, names, counts, syncs, noun, search, pageSize, onSearch, keptBeside } = props;
  const kinds = [{ value: "", label: "Everything" }, ...syncs.map(({ id, name }) => ({ value: id, label: name }))];
  const options = SHOWN_WORDS.map((option) => ({ ...option, count: counts?.[option.value] }));
  return (
    <Page
      title="Records"
      lead={`Every ${noun.one} with both its sides: ${names.left} and ${names.right} beside each other.`}
    >
      <Column gap="wide">
        {syncs.length > 1 && (
          <Choice label="Kind" value={search.of} options={kinds} onChange={(of) => onSearch({ of })} />
        )}
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
                    resourceOf={(syncId) => syncs.find(({ id }) => id === syncId)?.resource}
                    {...(keptBeside && { keptBeside })}
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
                  noun={noun}
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

interface Nothing {
  readonly title: string;
  readonly text: string;
}

/** What an empty list says that it would hold. */
function nothing(show: Shown, { one, many }: Noun): Nothing {
  switch (show) {
    case "all":
      return {
        title: `No ${many} yet`,
        text: "They appear here as soon as the first reading of both sides has begun.",
      };
    case "linked":
      return { title: `No linked ${many} yet`, text: `${capital(many)} found on both sides appear here.` };
    case "waiting":
      return {
        title: `Every ${one} is on both sides`,
        text: "Whatever is on one side only would be listed here.",
      };
    case "attention":
      return { title: `No ${one} waits for you`, text: "Conflicts and unclear matches would be listed here." };
    case "unlinked":
      return {
        title: "All links stand",
        text: `${capital(many)} whose other side was deleted, and that were left as they are, are listed here.`,
      };
    case "deleted":
      return {
        title: "Nothing was deleted",
        text: `Deleted ${many} are remembered here, so that they do not come back.`,
      };
    default:
      return show satisfies never;
  }
}

function NoRecords({ search, noun, onSearch }: RecordsPageProps) {
  const isSearched = search.text !== "";
  const { title, text } = nothing(search.show, noun);
  return (
    <Card>
      {isSearched ? (
        <Empty
          title={`Nothing found for “${search.text}”`}
          action={<Button onClick={() => onSearch({ text: "", show: "all" })}>{`Show all ${noun.many}`}</Button>}
        >
          Search by any part of a name, an e-mail address or a phone number.
        </Empty>
      ) : (
        <Empty title={title}>{text}</Empty>
      )}
    </Card>
  );
}
