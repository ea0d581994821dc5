import { flexRender, getCoreRowModel, type RowData, useReactTable } from "@tanstack/react-table";
import type { MouseEvent, ReactNode } from "react";
import type { Tone } from "../text/words.ts";
import styles from "./table.module.css";

/** One column. `sort`, when present, makes its heading a button. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly heading: string;
  /** Share of the width, in percent. */
  readonly width: number;
  readonly cell: (row: Row) => ReactNode;
  readonly sort?: { readonly order: "ascending" | "descending" | undefined; readonly onSort: () => void };
}

export interface TableProps<Row> {
  /** What the table lists, for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly toneOf?: (row: Row) => Tone | undefined;
  /** Makes rows open by a click anywhere. The first cell must hold a link too, for the keyboard. */
  readonly onOpen?: (row: Row) => void;
  /** Whether the rows are those of the question before. */
  readonly isStale?: boolean;
}

/** A table of rows that came sorted and paged from the hub. */
export function Table<Row extends RowData>(props: TableProps<Row>) {
  const table = useReactTable<Row>({
    data: [...props.rows],
    columns: props.columns.map(({ id, heading, cell }) => ({
      id,
      header: heading,
      cell: ({ row }) => cell(row.original),
    })),
    getCoreRowModel: getCoreRowModel(),
    getRowId: props.idOf,
    manualSorting: true,
    manualPagination: true,
  });
  const headings = new Map(props.columns.map(({ id, heading }) => [id, heading]));
  return (
    <div className={styles.scroll}>
      <table className={props.isStale ? `${styles.table} ${styles.stale}` : styles.table} aria-busy={props.isStale}>
        <caption hidden>{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <Heading key={column.id} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              data-tone={props.toneOf?.(row.original)}
              data-open={props.onOpen === undefined ? undefined : true}
              onClick={(event) => openUnlessOwn(event, () => props.onOpen?.(row.original))}
            >
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id} data-column={cell.column.id} data-heading={headings.get(cell.column.id)}>
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A click on a link or button is that one's own, and marking text is no click at all. */
function openUnlessOwn(event: MouseEvent<HTMLElement>, open: () => void): void {
  const target = event.target;
  if (target instanceof Element && target.closest("a, button, input") !== null) return;
  if (window.getSelection()?.isCollapsed === false) return;
  open();
}

function Heading<Row>({ column }: { readonly column: TableColumn<Row> }) {
  const { heading, width, sort } = column;
  return (
    <th scope="col" style={{ width: `${width}%` }} aria-sort={sort?.order}>
      {sort === undefined ? (
        heading
      ) : (
        <button type="button" className={styles.sort} onClick={sort.onSort}>
          {heading}
          <span aria-hidden="true">{{ ascending: "↑", descending: "↓", none: "↕" }[sort.order ?? "none"]}</span>
        </button>
      )}
    </th>
  );
}
