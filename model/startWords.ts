import type { PreviewFieldView, PreviewKind } from "./api/previews.ts";
import type { SideNames } from "./sideNames.ts";
import type { StartMode } from "./sync.ts";
import type { Value } from "./value.ts";

/** What people read of a start, in the dashboard and on the command line alike. Pure. */

/** A mode by name, and what it does with what was there before. */
export const MODE_WORDS = {
  full: {
    name: "Bring everything in step",
    text: "Pairs are made equal, and whoever is on one side only is created on the other.",
  },
  fillEmpty: {
    name: "Only fill what is empty",
    text: "Pairs give each other what one of them lacks; what differs stays as it is on each side. Whoever is on one side only is created on the other.",
  },
  newOnly: {
    name: "Only what comes from now on",
    text: "Nothing that is there today is written. What is edited or added from now on is carried over.",
  },
} as const satisfies Readonly<Record<StartMode, { readonly name: string; readonly text: string }>>;

/** What so many records or pairs of a kind are, beside their number. */
export function kindWords(kind: PreviewKind, names: SideNames): string {
  switch (kind) {
    case "same":
      return "already in step";
    case "update":
      return "to update";
    case "createLeft":
      return `to create in ${names.left}`;
    case "createRight":
      return `to create in ${names.right}`;
    case "conflict":
      return "with a conflict for you";
    case "ambiguous":
      return "unclear who they are";
    case "problem":
      return "not fully carried over";
    case "apart":
      return "keep their differences";
    case "leftAlone":
      return "left alone";
    default:
      return kind satisfies never;
  }
}

/** What would be done with one field, in a sentence. */
export function fieldWords(field: PreviewFieldView, names: SideNames): string {
  const side = field.side ?? "left";
  const both = `${names.left}: ${valueWords(field.left)}, ${names.right}: ${valueWords(field.right)}`;
  switch (field.kind) {
    case "write":
      return `${names[side]}: ${valueWords(field[side])} becomes ${valueWords(field.value)}`;
    case "conflict":
      return `${both}; you will be asked`;
    case "problem":
      return field.note ?? both;
    case "apart":
      return `${both}; stays as it is`;
    default:
      return field.kind satisfies never;
  }
}

function valueWords(value: Value | undefined): string {
  if (value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? value.join(", ") || "nothing" : `“${value}”`;
}
