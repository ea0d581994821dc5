import type { CandidateView, LinkFieldView, LinkView } from "../../model/api/views.ts";
import { shown } from "./values.ts";

/** One thing that is said of each of them, in their order. */
export interface LineupRow {
  readonly id: string;
  readonly label: string;
  readonly cells: readonly LineupCell[];
}

/** What one says: real or a word for nothing, and whether it is other than what the first one says. */
export interface LineupCell {
  readonly text: string;
  readonly isReal: boolean;
  readonly isOther: boolean;
}

/** How a contact and those it could be compare, field by field: those that differ first. Pure. */
export interface Compared {
  readonly different: readonly LineupRow[];
  readonly same: readonly LineupRow[];
}

/** The fields of a contact beside those of its candidates, in their order. */
export function compared(link: LinkView): Compared {
  const labels = new Map<string, string>();
  for (const { fields } of [...link.candidates, link]) for (const { field, label } of fields) labels.set(field, label);
  const rows = [...labels].map(([field, label]) => ({ id: field, label, cells: cellsOf(link, field) }));
  const isDifferent = ({ cells }: LineupRow): boolean => cells.some(({ isOther }) => isOther);
  return { different: rows.filter(isDifferent), same: rows.filter((row) => !isDifferent(row)) };
}

function cellsOf(link: LinkView, field: string): readonly LineupCell[] {
  const [own, across] = link.left === undefined ? (["right", "left"] as const) : (["left", "right"] as const);
  const mine = link.fields.find((one) => one.field === field)?.[own];
  const theirs = link.candidates.map((candidate) => fieldOf(candidate, field));
  return [
    { ...shown(mine ?? ""), isOther: false },
    ...theirs.map((one) => ({ ...shown(one?.[across] ?? ""), isOther: isOther(one, mine) })),
  ];
}

/** Whether a candidate says other than the contact, by what the mapping takes for the same. */
function isOther(one: LinkFieldView | undefined, mine: LinkFieldView["left"]): boolean {
  if (one === undefined) return shown(mine).isReal;
  return one.state !== "same";
}

function fieldOf({ fields }: CandidateView, field: string): LinkFieldView | undefined {
  return fields.find((one) => one.field === field);
}

/** Whether two of them say the same in every field, so that only ids and dates tell them apart. */
export function areAlike(link: LinkView): boolean {
  const { different, same } = compared(link);
  const told = link.candidates.map((_candidate, place) =>
    JSON.stringify([...different, ...same].map(({ cells }) => cells[place + 1]?.text)),
  );
  return new Set(told).size < told.length;
}

/** What each candidate is called beside the others: A, B, C. */
export function letterOf(place: number): string {
  return String.fromCharCode("A".charCodeAt(0) + (place % 26));
}
