import type { LinkRow } from "../../model/api/views.ts";
import type { SideNames } from "../../model/sideNames.ts";
import { counted } from "./numbers.ts";

/** Contacts that wait because of each other, under the name of whom they are about. */
export interface QuestionGroup {
  readonly title: string;
  readonly rows: readonly LinkRow[];
}

/** Gathers contacts that could be each other, in the order of the first of each. Pure. */
export function questionGroups(rows: readonly LinkRow[]): readonly QuestionGroup[] {
  const left = new Map(rows.map((row) => [row.id, row]));
  const groups: QuestionGroup[] = [];
  for (const row of rows) {
    if (!left.delete(row.id)) continue;
    const gathered = [row];
    for (const one of gathered) {
      for (const other of left.values()) {
        if (!hangTogether(one, other)) continue;
        left.delete(other.id);
        gathered.push(other);
      }
    }
    groups.push({ title: commonTitle(gathered), rows: gathered });
  }
  return groups;
}

function hangTogether(one: LinkRow, other: LinkRow): boolean {
  return one.couldBe?.includes(other.id) === true || other.couldBe?.includes(one.id) === true;
}

function commonTitle(rows: readonly LinkRow[]): string {
  const titles = [...new Set(rows.map(({ title }) => title))];
  return titles.length < 3 ? titles.join(" or ") : `${titles[0]} and ${titles.length - 1} others`;
}

/** What a group asks, in a sentence. @param names of the sides, where they are known */
export function groupQuestion({ rows }: QuestionGroup, names?: SideNames): string {
  const { left = "one side", right = "the other" } = names ?? {};
  const there = rows.filter((row) => row.left !== undefined).length;
  return `${there} in ${left} and ${rows.length - there} in ${right} could be the same: say who is who.`;
}

/**
 * The question to answer next: one about the same people before any other. Pure.
 * @param answered the contact that was just answered
 */
export function nextQuestion(rows: readonly LinkRow[], answered: LinkRow): LinkRow | undefined {
  const others = rows.filter(({ id }) => id !== answered.id);
  const near = answered.couldBe ?? [];
  return others.find((row) => near.includes(row.id) || row.couldBe?.some((id) => near.includes(id))) ?? others[0];
}

/** What a contact that waits asks of a person, in a sentence. @param names of its sides, where they are known */
export function questionOf(row: Pick<LinkRow, "conflicts" | "findings" | "left" | "right">, names?: SideNames): string {
  const { left = "one side", right = "the other" } = names ?? {};
  if (row.conflicts > 0) {
    return `${counted(row.conflicts, "field")} changed in ${left} and in ${right}: choose which value counts.`;
  }
  if (row.findings > 0) return `${counted(row.findings, "value")} could not be kept: see which, and change it.`;
  const [here, there] = row.left === undefined ? [right, left] : [left, right];
  return `In ${here} only: say who in ${there} is the same person, if anybody.`;
}
