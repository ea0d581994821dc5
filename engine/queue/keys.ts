import { SIDES, type Side } from "../../model/record.ts";

/** What a due key names. */
export type Key =
  | { readonly kind: "link"; readonly linkId: string }
  | { readonly kind: "record"; readonly syncId: string; readonly side: Side; readonly externalId: string }
  | { readonly kind: "backfill"; readonly syncId: string }
  /** A person allows the deletions that are held. */
  | { readonly kind: "deletions"; readonly syncId: string }
  | { readonly kind: "poll" | "sweep"; readonly syncId: string; readonly side: Side };

/** The key as the store holds it. External ids stand last, since they may hold any character. */
export function keyText(key: Key): string {
  switch (key.kind) {
    case "link":
      return `link:${key.linkId}`;
    case "record":
      return `record:${key.syncId}:${key.side}:${key.externalId}`;
    case "backfill":
    case "deletions":
      return `${key.kind}:${key.syncId}`;
    case "poll":
    case "sweep":
      return `${key.kind}:${key.syncId}:${key.side}`;
    default:
      return key satisfies never;
  }
}

/** Reads a stored key; `undefined` for text that is none. */
export function parseKey(text: string): Key | undefined {
  const [kind = "", first = "", second = "", ...rest] = text.split(":");
  if (kind === "link" && first !== "") return { kind, linkId: first };
  if ((kind === "backfill" || kind === "deletions") && first !== "") return { kind, syncId: first };
  const side = SIDES.find((candidate) => candidate === second);
  if (side === undefined || first === "") return undefined;
  if (kind === "poll" || kind === "sweep") return { kind, syncId: first, side };
  if (kind === "record" && rest.length > 0) return { kind, syncId: first, side, externalId: rest.join(":") };
  return undefined;
}
