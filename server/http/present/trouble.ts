import { parseKey } from "../../../engine/index.ts";
import type { DueKey, PlannedWrite } from "../../../engine/ports.ts";
import type { PlannedWriteView, TroubleView } from "../../../model/api/views.ts";
import type { Side } from "../../../model/record.ts";
import type { Change } from "../../../model/value.ts";
import { presentValue } from "./value.ts";

/** What a trouble is told with: what links are called, by id, and what product a side of a sync is at. */
export interface TroubleWords {
  readonly titles: ReadonlyMap<string, string>;
  readonly productOf: (syncId: string, side: Side) => string;
}

/** A key that failed. */
export function presentTrouble(due: DueKey, { titles, productOf }: TroubleWords): TroubleView {
  const linkId = linkIdOf(due.key);
  const title = linkId === undefined ? undefined : titles.get(linkId);
  const parsed = parseKey(due.key);
  return {
    key: due.key,
    ...(parsed !== undefined && "side" in parsed && { product: productOf(due.syncId, parsed.side) }),
    state: due.state,
    ...(linkId === undefined ? {} : { linkId }),
    ...(title === undefined ? {} : { title }),
    attempts: due.attempts,
    dueAt: due.dueAt,
    ...(due.error === undefined ? {} : { error: { ...due.error } }),
    ...(due.plan === undefined ? {} : { plan: due.plan.map((write) => presentWrite(write, due, productOf)) }),
  };
}

function presentWrite(
  { side, act, changes }: PlannedWrite,
  { syncId }: DueKey,
  productOf: TroubleWords["productOf"],
): PlannedWriteView {
  return {
    to: productOf(syncId, side),
    act,
    changes: Object.entries(changes).map(([field, change]) => ({ field, ...presentChange(change) })),
  };
}

function presentChange(change: Change): Omit<PlannedWriteView["changes"][number], "field"> {
  switch (change.kind) {
    case "set":
      return { value: presentValue(change.value) };
    case "clear":
      return {};
    case "elements":
      return { add: [...change.add], remove: [...change.remove] };
    default:
      return change satisfies never;
  }
}

/** The link that a key names, when it names one. */
export function linkIdOf(key: string): string | undefined {
  const parsed = parseKey(key);
  return parsed !== undefined && "linkId" in parsed ? parsed.linkId : undefined;
}
