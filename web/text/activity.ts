import type { ActivityView } from "../../model/api/views.ts";
import { counted } from "./numbers.ts";
import { CHANGES, type ChangeVerdict, isChange } from "./words.ts";

/** One bar of the chart: a minute (its start, epoch ms) and how many changes of each kind it saw. */
export type ActivityBar = Readonly<Record<ChangeVerdict, number>> & { readonly minute: number };

const MINUTE = 60_000;
const BARS = 60;

/** The last sixty minutes up to `now`, oldest first, with a bar for every minute, empty ones included. */
export function activityBars(activity: readonly ActivityView[], now: number): readonly ActivityBar[] {
  const last = Math.floor(now / MINUTE) * MINUTE;
  return Array.from({ length: BARS }, (_, index) => {
    const minute = last - (BARS - 1 - index) * MINUTE;
    return { minute, ...countsOf(activity.filter((each) => each.minute === minute)) };
  });
}

function countsOf(activity: readonly ActivityView[]): Record<ChangeVerdict, number> {
  const counts = { created: 0, updated: 0, linked: 0, deleted: 0 };
  for (const { verdict, count } of activity) if (isChange(verdict)) counts[verdict] += count;
  return counts;
}

/** The chart in one sentence, for those who do not see it. */
export function activitySentence(bars: readonly ActivityBar[]): string {
  const total = bars.reduce((sum, bar) => sum + CHANGES.reduce((inner, verdict) => inner + bar[verdict], 0), 0);
  if (total === 0) return "No changes in the last hour.";
  const kinds = CHANGES.map((verdict) => ({ verdict, sum: bars.reduce((sum, bar) => sum + bar[verdict], 0) }));
  const said = kinds.filter(({ sum }) => sum > 0).map(({ verdict, sum }) => `${sum} ${verdict}`);
  return `${counted(total, "change")} in the last hour: ${said.join(", ")}.`;
}
