import { type MappingRow, rowKeys, type SyncConfig } from "../../model/sync.ts";

/**
 * Mapping rows of a sync that claim one field twice, in plain words: the values of two fields would take turns in it.
 * Pure.
 * @returns one issue per field, naming every row that claims it; rows count from 1.
 */
export function rowIssues(sync: SyncConfig): readonly string[] {
  return (["left", "right"] as const).flatMap((side) =>
    [...rowsByField(sync.mapping, side)].flatMap(([field, rows]) =>
      rows.length < 2
        ? []
        : [
            `mapping: ${inWords(rows)} ${rows.length === 2 ? "both" : "all"} name the ${side} field ${field}; a field can have one counterpart`,
          ],
    ),
  );
}

function rowsByField(rows: readonly MappingRow[], side: "left" | "right"): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, string[]>();
  for (const [place, row] of rows.entries()) {
    const name = `${place + 1} (${row.left} with ${row.right})`;
    for (const key of rowKeys(row, side)) named.set(key, [...(named.get(key) ?? []), name]);
  }
  return named;
}

function inWords(rows: readonly string[]): string {
  return `rows ${rows.slice(0, -1).join(", ")} and ${rows.at(-1)}`;
}
