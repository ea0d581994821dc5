import type { OverviewView, SyncView } from "../../model/api/views.ts";
import { SIDES, type Side } from "../../model/record.ts";
import { counted } from "./numbers.ts";
import { nounOf } from "./resources.ts";

/** Whether both sides have been compared in full between two looks at a sync. */
export function sweepsEnded(before: SyncView, now: SyncView): boolean {
  return SIDES.every((side) => {
    const ended = endOf(now, side);
    return ended !== undefined && ended !== endOf(before, side);
  });
}

/** When the newest comparison of a side ended, epoch ms; absent while none has. */
function endOf({ progress }: SyncView, wanted: Side): number | undefined {
  return progress.find(({ kind, side }) => kind === "sweep" && side === wanted)?.finishedAt;
}

/** What a full comparison came to, in a sentence. */
export function sweepOutcome({ counts, resource }: SyncView, due: OverviewView["due"]): string {
  const { one, many } = nounOf(resource);
  const compared = `Compared ${counted(counts.linked, one, many)} on both sides`;
  return due.waiting === 0
    ? `${compared}: nothing is left to do.`
    : `${compared}: ${counted(due.waiting, "change")} follow.`;
}
