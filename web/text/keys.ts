import type { TroubleView } from "../../model/api/views.ts";

/** What a failed key was about, in plain words. The forms of keys are those of engine/ports.ts, DueMark. */
export function troubleTitle({ key, title }: Pick<TroubleView, "key" | "title">): string {
  if (title !== undefined && title !== "") return title;
  const [kind, , side, ...rest] = key.split(":");
  switch (kind) {
    case "link":
      return "A linked contact";
    case "record":
      return `Contact ${rest.join(":")} on the ${side ?? "one"} side`;
    case "poll":
      return `Looking for changes on the ${side ?? "one"} side`;
    case "sweep":
      return `Comparing everything on the ${side ?? "one"} side`;
    case "backfill":
      return "First reading of both sides";
    case "deletions":
      return "Carrying out the deletions that were held";
    default:
      return key;
  }
}
