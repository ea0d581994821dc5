import type { TroubleView } from "../../model/api/views.ts";

/** What a failed key was about, in plain words. The forms of keys are those of engine/queue/keys.ts. */
export function troubleTitle({ key, title, product }: Pick<TroubleView, "key" | "title" | "product">): string {
  const what = actOf(key, product ?? "one of the products");
  if (title === undefined || title === "") return what;
  return isAboutLink(key) ? title : `${title}: ${what.charAt(0).toLowerCase()}${what.slice(1)}`;
}

/** The record as a whole, with nothing to add to its name. */
function isAboutLink(key: string): boolean {
  return key.startsWith("link:") || key.startsWith("yield:");
}

function actOf(key: string, product: string): string {
  const [kind, , , ...rest] = key.split(":");
  switch (kind) {
    case "link":
    case "yield":
      return "A linked record";
    case "record":
      return `Record ${rest.join(":")} in ${product}`;
    case "poll":
      return `Looking for changes in ${product}`;
    case "sweep":
      return `Comparing everything in ${product}`;
    case "backfill":
      return "First reading of both sides";
    case "deletions":
      return "Carrying out the deletions that were held";
    case "same":
      return "Linking it as you said";
    case "different":
      return "Keeping it apart as you said";
    case "new":
      return "Creating it as you said";
    case "alone":
      return "Leaving it on its side as you said";
    case "notAlone":
      return "Looking for it across again as you said";
    case "keep":
      return `Keeping ${product}'s ${rest.join(":")} as you said`;
    default:
      return key;
  }
}
