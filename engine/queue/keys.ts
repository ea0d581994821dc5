import { SIDES, type Side } from "../../model/record.ts";
import { START_MODES, type StartMode } from "../../model/sync.ts";

/** What a due key names. */
export type Key =
  | { readonly kind: "link"; readonly linkId: string }
  | { readonly kind: "record"; readonly syncId: string; readonly side: Side; readonly externalId: string }
  /** All children of one contact on one side; `childrenAgain` once a listing that lags must show what was told. */
  | {
      readonly kind: "children" | "childrenAgain";
      readonly syncId: string;
      readonly side: Side;
      readonly parentId: string;
    }
  | { readonly kind: "backfill"; readonly syncId: string }
  /** A person starts the sync, or it starts by itself, in this mode. */
  | { readonly kind: "start"; readonly syncId: string; readonly mode: StartMode }
  /** Custom fields are not what they were, or are again: what that concerns is looked at. */
  | { readonly kind: "fields"; readonly syncId: string }
  /** A person leaves a custom field out that is not what it was, or has it looked at again. */
  | { readonly kind: "fieldOut" | "fieldAgain"; readonly syncId: string; readonly side: Side; readonly field: string }
  /** A person gives the rows of such a field another one. */
  | {
      readonly kind: "fieldTo";
      readonly syncId: string;
      readonly side: Side;
      readonly to: string;
      readonly field: string;
    }
  /** A person allows the deletions that are held. */
  | { readonly kind: "deletions"; readonly syncId: string }
  /** A person says of two links that their records are the same, or that they are not. */
  | { readonly kind: "same" | "different"; readonly linkId: string; readonly otherId: string }
  /** A person says that the record is none of those it could be. */
  | { readonly kind: "new"; readonly linkId: string }
  /** A person says that the record stays on its one side, or takes that back. */
  | { readonly kind: "alone" | "notAlone"; readonly linkId: string }
  /** A person chooses whose value of a field counts. */
  | { readonly kind: "keep"; readonly linkId: string; readonly side: Side; readonly field: string }
  /** Another record waits for a value that this link's record on that side holds. */
  | { readonly kind: "yield"; readonly linkId: string; readonly side: Side }
  | { readonly kind: "poll" | "sweep"; readonly syncId: string; readonly side: Side };

/** The key as the store holds it. External ids and field keys stand last, since they may hold any character. */
export function keyText(key: Key): string {
  switch (key.kind) {
    case "link":
    case "new":
    case "alone":
    case "notAlone":
      return `${key.kind}:${key.linkId}`;
    case "same":
    case "different":
      return `${key.kind}:${key.linkId}:${key.otherId}`;
    case "yield":
      return `yield:${key.linkId}:${key.side}`;
    case "keep":
      return `keep:${key.linkId}:${key.side}:${key.field}`;
    case "record":
      return `record:${key.syncId}:${key.side}:${key.externalId}`;
    case "children":
    case "childrenAgain":
      return `${key.kind}:${key.syncId}:${key.side}:${key.parentId}`;
    case "backfill":
    case "deletions":
    case "fields":
      return `${key.kind}:${key.syncId}`;
    case "fieldOut":
    case "fieldAgain":
      return `${key.kind}:${key.syncId}:${key.side}:${key.field}`;
    case "fieldTo":
      return `fieldTo:${key.syncId}:${key.side}:${encodeURIComponent(key.to)}:${key.field}`;
    case "start":
      return `start:${key.syncId}:${key.mode}`;
    case "poll":
    case "sweep":
      return `${key.kind}:${key.syncId}:${key.side}`;
    default:
      return key satisfies never;
  }
}

/** The kinds that name a link and nothing else. */
const OF_LINK = ["link", "new", "alone", "notAlone"] as const;

/** Reads a stored key; `undefined` for text that is none. */
export function parseKey(text: string): Key | undefined {
  const [kind = "", first = "", second = "", ...rest] = text.split(":");
  const ofLink = OF_LINK.find((candidate) => candidate === kind);
  if (ofLink !== undefined && first !== "") return { kind: ofLink, linkId: first };
  if ((kind === "same" || kind === "different") && first !== "" && second !== "") {
    return { kind, linkId: first, otherId: second };
  }
  if ((kind === "backfill" || kind === "deletions" || kind === "fields") && first !== "")
    return { kind, syncId: first };
  const mode = START_MODES.find((candidate) => candidate === second);
  if (kind === "start" && first !== "" && mode !== undefined) return { kind, syncId: first, mode };
  const side = SIDES.find((candidate) => candidate === second);
  if (side === undefined || first === "") return undefined;
  if (kind === "yield") return { kind, linkId: first, side };
  if (kind === "poll" || kind === "sweep") return { kind, syncId: first, side };
  const field = rest.join(":");
  if ((kind === "fieldOut" || kind === "fieldAgain") && field !== "") return { kind, syncId: first, side, field };
  const [to = "", ...of] = rest;
  if (kind === "fieldTo" && of.length > 0) {
    return { kind, syncId: first, side, to: decodeURIComponent(to), field: of.join(":") };
  }
  if (kind === "keep" && rest.length > 0) return { kind, linkId: first, side, field: rest.join(":") };
  if (kind === "record" && rest.length > 0) return { kind, syncId: first, side, externalId: rest.join(":") };
  if ((kind === "children" || kind === "childrenAgain") && rest.length > 0) {
    return { kind, syncId: first, side, parentId: rest.join(":") };
  }
  return undefined;
}
