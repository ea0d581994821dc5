import type { Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Link } from "../ports.ts";
import { isStarted } from "../start/progress.ts";
import type { Attempt } from "./outcome.ts";

/**
 * A link as it is stored, and whether its sync was at work before it was looked at: a start that ends meanwhile says of
 * it how it is agreed on (T5, T6).
 */
export interface Looked {
  readonly link: Link | undefined;
  readonly wasStarted: boolean;
}

/** The name under which those who work a link pass one after another. */
export function linkTurn(linkId: string): string {
  return `link:${linkId}`;
}

/** Looks at a link in its turn. */
export async function lookAtLink(context: LaneContext, { open: { sync } }: Attempt, linkId: string): Promise<Looked> {
  const wasStarted = await isStarted(context, sync);
  return { wasStarted, link: await context.store.link(sync.workspaceId, linkId) };
}

/** The link of a record, looked at before its turn. */
export interface LookedAhead {
  readonly linkId: string;
  /** To be asked in its turn: what was seen, unless somebody else was at the link since. */
  readonly seen: () => Looked | undefined;
}

/** Finds the link of a record, and with it what is known of it. @returns `undefined` when it has none. */
export async function lookAtRecord(
  context: LaneContext,
  { open: { sync } }: Attempt,
  side: Side,
  externalId: string,
): Promise<LookedAhead | undefined> {
  const isUntouched = context.turns.lookAhead();
  const wasStarted = await isStarted(context, sync);
  const link = await context.store.linkByRecord(sync.workspaceId, sync.id, side, externalId);
  if (link === undefined) return undefined;
  return { linkId: link.id, seen: () => (isUntouched(linkTurn(link.id)) ? { link, wasStarted } : undefined) };
}
