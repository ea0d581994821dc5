import type { LinkRow } from "../../model/api/views.ts";
import type { SideNames } from "../../model/sideNames.ts";
import { counted } from "./numbers.ts";

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
