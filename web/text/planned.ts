import type { PlannedWriteView } from "../../model/api/views.ts";
import { shown } from "./values.ts";

const ACTS: Readonly<Record<PlannedWriteView["act"], string>> = {
  create: "Could not be created in",
  update: "Could not be written to",
  delete: "Could not be deleted in",
};

/** What could not be written, in a line: `Could not be written to Salesmate: City Rome, Tags add vip`. */
export function plannedWords({ to, act, changes }: PlannedWriteView): string {
  const what = changes.map(changeWords).join(", ");
  return `${ACTS[act]} ${to}${what === "" ? "" : `: ${what}`}`;
}

function changeWords({ field, value, add = [], remove = [] }: PlannedWriteView["changes"][number]): string {
  if (value !== undefined) return `${field} “${shown(value).text}”`;
  if (add.length === 0 && remove.length === 0) return `${field} cleared`;
  const added = add.length === 0 ? [] : [`add ${add.join(", ")}`];
  const removed = remove.length === 0 ? [] : [`remove ${remove.join(", ")}`];
  return `${field} ${[...added, ...removed].join(" and ")}`;
}
