import type { OperationRow } from "../../model/api/operations.ts";
import type { Worded } from "./words.ts";

/** What the catalogue can be narrowed to. */
export const OPERATION_KINDS = ["all", "reads", "writes", "triggers", "missing"] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** What each narrowing is called. */
export const KIND_WORDS: Readonly<Record<OperationKind, string>> = {
  all: "All",
  reads: "Look up",
  writes: "Change",
  triggers: "Notice",
  missing: "Not permitted",
};

/** Whether an entry belongs to a narrowing. */
export function isOfKind({ kind, effect, permission }: OperationRow, wanted: OperationKind): boolean {
  switch (wanted) {
    case "all":
      return true;
    case "reads":
      return kind === "action" && effect === "reads";
    case "writes":
      return kind === "action" && effect !== "reads";
    case "triggers":
      return kind === "trigger";
    case "missing":
      return permission.state === "no";
    default:
      return wanted satisfies never;
  }
}

/** The entries that fit a search, by every word of it. */
export function found(rows: readonly OperationRow[], text: string): readonly OperationRow[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ id, title, description, subject, scopes }) => {
    const said = [id, title, description, subject, ...scopes].join(" ").toLowerCase();
    return wanted.every((word) => said.includes(word));
  });
}

/** Entries under the headings of their subjects, in the order of the catalogue. */
export function bySubject(rows: readonly OperationRow[]): readonly (readonly [string, readonly OperationRow[]])[] {
  const subjects = new Map<string, OperationRow[]>();
  for (const row of rows) subjects.set(row.subject, [...(subjects.get(row.subject) ?? []), row]);
  return [...subjects];
}

/** What an entry does at the partner, in a word. */
export function effectWord({ kind, effect }: Pick<OperationRow, "kind" | "effect">): string {
  if (kind === "trigger") return "Notices";
  return { reads: "Looks up", creates: "Creates", changes: "Changes", deletes: "Deletes" }[effect];
}

/** Whether the connection may do something; nothing where it is not known and so needs no mark. */
export function permissionWords({
  kind,
  permission,
  blocked,
}: Pick<OperationRow, "kind" | "permission" | "blocked">): Worded {
  if (permission.state === "no") return { word: `Needs ${permission.missing.join(", ")}`, tone: "wait" };
  if (blocked !== undefined) return { word: kind === "trigger" ? "Not sent" : "Reads only", tone: "quiet" };
  return permission.state === "yes" ? { word: "Permitted", tone: "good" } : { word: "Not known yet", tone: "quiet" };
}
