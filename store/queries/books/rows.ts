import type { BookRecord, Origin, Torn } from "../../../model/book.ts";
import { ORIGINS } from "../../../model/book.ts";
import { Failure } from "../../../model/errors.ts";
import { fromJson, optional, storable } from "../../json.ts";
import type { BookOf } from "../../port.ts";
import type { KeptRecordsTable } from "../../tables.ts";
import { folded } from "../links/fold.ts";
import { digitsOf } from "../links/row.ts";

/** A record of a book as its row, and back. Pure. */

/** What a row says: a record, or that it was deleted. */
export function heldOf(row: KeptRecordsTable): BookRecord | Torn {
  if (row.deleted_by === null) return recordOf(row);
  return { deletedBy: originOf(row.deleted_by, row), deletedAt: row.changed_at };
}

/** The record of a row that is not deleted. */
export function recordOf(row: KeptRecordsTable): BookRecord {
  return {
    resource: row.resource,
    externalId: row.external_id,
    fields: fromJson("kept_records", row.external_id, row.fields),
    origin: originOf(row.origin, row),
    createdAt: row.created_at,
    changedAt: row.changed_at,
    ...optional("parentId", row.parent_id),
    ...optional("pageUrl", row.page_url),
  };
}

function originOf(text: string, { external_id }: KeptRecordsTable): Origin {
  const origin = ORIGINS.find((one) => one === text);
  if (origin !== undefined) return origin;
  throw new Failure(
    "bug",
    `Reading row ${external_id} of table kept_records: "${text}" is no origin. Restore a backup.`,
  );
}

/** The row of a record. */
export function rowOf({ workspaceId, connectionId }: BookOf, record: BookRecord): KeptRecordsTable {
  return {
    workspace_id: workspaceId,
    connection_id: connectionId,
    resource: record.resource,
    external_id: storable(record.externalId),
    parent_id: record.parentId === undefined ? null : storable(record.parentId),
    fields: storable(JSON.stringify(record.fields)),
    origin: record.origin,
    page_url: record.pageUrl === undefined ? null : storable(record.pageUrl),
    created_at: record.createdAt,
    changed_at: record.changedAt,
    deleted_by: null,
    search_text: searchText(record),
  };
}

/** Every text and number of it, and telephone numbers by their digits alone as well. */
function searchText({ fields }: BookRecord): string {
  const values = Object.values(fields).flatMap((value) => (typeof value === "object" ? value : [String(value)]));
  const digits = values.map(digitsOf).filter((text) => text.length >= DIGITS_MIN);
  return folded([...values, ...digits].join("\n"));
}

/** So short a number stands for nothing that is looked for by digits. */
const DIGITS_MIN = 5;
