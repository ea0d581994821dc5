import type { Ambiguity, Base, Conflict, Finding, Link, LinkState, SideState } from "../../../engine/ports.ts";
import type { Value } from "../../../model/value.ts";
import { fromJson, optional, storable } from "../../json.ts";
import type { LinksTable } from "../../tables.ts";
import { folded } from "./fold.ts";

/** A link's row but for when its records were last seen on a page, which `seen` keeps by itself. */
export type LinkRow = Omit<LinksTable, "left_seen_at" | "right_seen_at">;

/** The columns that a link is read from; all others are for searching and counting. */
export const READ = [
  "workspace_id",
  "id",
  "sync_id",
  "state",
  "left_external_id",
  "right_external_id",
  "left_side",
  "right_side",
  "base",
  "conflicts",
  "findings",
  "ambiguity",
  "refused",
  "parent_link_id",
  "held_back",
  "kept_alone_at",
  "title",
  "created_at",
  "updated_at",
] as const satisfies readonly (keyof LinksTable)[];

/** A link's row as it is read. */
export type ReadRow = Pick<LinksTable, (typeof READ)[number]>;

/** Fields by which people search beside the title. */
const SEARCHED = /mail|phone|mobile/i;
/** By how many characters titles are sorted; PostgreSQL indexes no value longer than a third of a page. */
const SORTED_LENGTH = 100;

/** The columns of a link. Whatever is searched or counted has a column of its own; the rest is JSON. */
export function linkRow(workspaceId: string, link: Link): LinkRow {
  const title = storable(link.title);
  const titleFolded = folded(title);
  return {
    workspace_id: workspaceId,
    id: link.id,
    sync_id: link.syncId,
    state: link.state,
    ...sideColumns(link),
    base: JSON.stringify(link.base),
    conflicts: listJson(link.conflicts),
    findings: listJson(link.findings),
    ambiguity: jsonOrNull(link.ambiguity),
    refused: jsonOrNull(link.refused),
    parent_link_id: link.parentLinkId ?? null,
    held_back: link.beforeStart ?? null,
    kept_alone_at: link.keptAloneAt ?? null,
    has_conflicts: Number(link.conflicts.length > 0),
    has_findings: Number(link.findings.length > 0),
    needs_attention: Number(link.conflicts.length > 0 || link.findings.length > 0 || link.ambiguity !== undefined),
    is_deletion: Number(isDeletion(link)),
    title,
    title_folded: titleFolded.slice(0, SORTED_LENGTH).toWellFormed(),
    search_text: searchText(link, titleFolded),
    created_at: link.createdAt,
    updated_at: link.updatedAt,
  };
}

/** Direct reads that prove a deletion (D1); a child whose hold was not over when its contact ended is not proved gone. */
const PROOF_READS = 2;

/** Whether the link counts as a deletion: a child that ended with its contact is none of its own. */
function isDeletion({ state, parentLinkId, left, right }: Link): boolean {
  if (state !== "tombstone" && state !== "unlinked") return false;
  return parentLinkId === undefined || [left, right].some((side) => (side?.goneReads ?? 0) >= PROOF_READS);
}

function sideColumns({ left, right }: Link) {
  return {
    left_external_id: left?.externalId ?? null,
    right_external_id: right?.externalId ?? null,
    left_as_of: left?.asOf ?? null,
    right_as_of: right?.asOf ?? null,
    left_gone_at: left?.goneAt ?? null,
    right_gone_at: right?.goneAt ?? null,
    left_side: jsonOrNull(left),
    right_side: jsonOrNull(right),
  };
}

/** Most lists are empty. */
function listJson(list: readonly object[]): string {
  return list.length === 0 ? "[]" : JSON.stringify(list);
}

function jsonOrNull(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** @throws Failure `bug` when the row's JSON is damaged */
export function linkOf(row: ReadRow): Link {
  const json = <Shape>(text: string) => fromJson<Shape>("links", row.id, text);
  const jsonUnlessNull = <Shape>(text: string | null) => (text === null ? null : json<Shape>(text));
  return {
    id: row.id,
    syncId: row.sync_id,
    // Written from a value of this very type.
    state: row.state as LinkState,
    base: json<Base>(row.base),
    conflicts: json<readonly Conflict[]>(row.conflicts),
    findings: json<readonly Finding[]>(row.findings),
    title: row.title,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...optional("left", jsonUnlessNull<SideState>(row.left_side)),
    ...optional("right", jsonUnlessNull<SideState>(row.right_side)),
    ...optional("ambiguity", jsonUnlessNull<Ambiguity>(row.ambiguity)),
    ...optional("refused", jsonUnlessNull<readonly string[]>(row.refused)),
    ...optional("parentLinkId", row.parent_link_id),
    ...optional("keptAloneAt", row.kept_alone_at),
    // Written from a value of this very type.
    ...optional("beforeStart", row.held_back as Link["beforeStart"] | null),
  };
}

function searchText({ left, right }: Link, titleFolded: string): string {
  const words = new Set([titleFolded]);
  for (const fields of [left?.fields, right?.fields]) {
    for (const field in fields) {
      if (!SEARCHED.test(field)) continue;
      for (const word of wordsOf(fields[field] ?? "")) words.add(word);
    }
  }
  return [...words].join("\n");
}

/** A phone is found by its digits as well, however it is written. */
function wordsOf(value: Value): readonly string[] {
  if (typeof value !== "string" || value === "") return [];
  return value.includes("@") ? [folded(value)] : [folded(value), digitsOf(value)];
}

/** The digits of a phone number. */
export function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, "");
}
