import type { Link, SideState } from "../../../engine/ports.ts";
import type { LinkRow } from "../../../model/api/views.ts";
import type { Fields } from "../../../model/value.ts";

/** One row of the records list. */
export function presentLink(link: Link): LinkRow {
  return {
    id: link.id,
    syncId: link.syncId,
    title: link.title,
    state: link.state,
    ...(link.left === undefined ? {} : { left: presentSide(link.left) }),
    ...(link.right === undefined ? {} : { right: presentSide(link.right) }),
    conflicts: link.conflicts.length,
    findings: link.findings.length,
    ...(link.state === "half" ? aloneOf(link) : {}),
    ...(link.ambiguity === undefined ? {} : { couldBe: link.ambiguity.candidates.map(({ linkId }) => linkId) }),
    updatedAt: link.updatedAt,
  };
}

/** Why no counterpart is made for it, where that is so. What a person said comes before how the sync was started. */
function aloneOf({ keptAloneAt, beforeStart }: Link): Pick<LinkRow, "isKeptAlone" | "isLeftAlone"> {
  if (keptAloneAt !== undefined) return { isKeptAlone: true };
  return beforeStart === "newOnly" ? { isLeftAlone: true } : {};
}

function presentSide(side: SideState): NonNullable<LinkRow["left"]> {
  const { externalId, fields } = side;
  const detail = detailOf(fields);
  const address = { email: textOf(fields, "email"), phone: textOf(fields, "phone") };
  return { externalId, ...address, ...(detail !== "" && !isContact(fields) ? { detail } : {}) };
}

/** What tells a record apart that is no contact, in the order in which it tells most. */
const DETAILS = ["website", "stage", "city", "dueAt", "startsAt", "body"] as const;
const DETAIL_LENGTH = 120;

/** People have surnames, and nothing else does. */
function isContact(fields: Fields): boolean {
  return "lastName" in fields || "fullName" in fields;
}

function detailOf(fields: Fields): string {
  const [first = ""] = DETAILS.map((key) => textOf(fields, key)).filter((text) => text !== "");
  const plain = first
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  return plain.length > DETAIL_LENGTH ? `${plain.slice(0, DETAIL_LENGTH - 1).toWellFormed()}…` : plain;
}

function textOf(fields: Fields, key: string): string {
  const value = fields[key];
  return typeof value === "string" ? value : "";
}
