import type { ActivityView, SyncView } from "../../model/api/views.ts";
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

/** The bars without those of a first reading, and what those came to. */
export interface WithoutReading {
  readonly bars: readonly ActivityBar[];
  /** Absent where nothing was left out. */
  readonly reading?: { readonly from: number; readonly to: number; readonly changes: number };
}

/**
 * Leaves out the first reading and the writing that followed it without a break: beside it everything else would be too
 * low to be seen. While nothing else happened it is all there is to show, and stays.
 */
export function withoutReading(bars: readonly ActivityBar[], syncs: readonly SyncView[]): WithoutReading {
  const spans = syncs.flatMap((sync) => readingOf(sync) ?? []);
  const isReading = new Set<number>();
  for (const { from, to } of spans) {
    for (const bar of bars) {
      if (bar.minute + MINUTE <= from) continue;
      if (bar.minute > to && sumOf(bar) === 0) break;
      isReading.add(bar.minute);
    }
  }
  const left = bars.filter(({ minute }) => !isReading.has(minute));
  const out = bars.filter((bar) => isReading.has(bar.minute) && sumOf(bar) > 0);
  const [first, last] = [out[0], out.at(-1)];
  if (first === undefined || last === undefined || left.every((bar) => sumOf(bar) === 0)) return { bars };
  const changes = out.reduce((sum, bar) => sum + sumOf(bar), 0);
  const shown = bars.map((bar) => (isReading.has(bar.minute) ? { minute: bar.minute, ...countsOf([]) } : bar));
  return { bars: shown, reading: { from: first.minute, to: last.minute, changes } };
}

/** From when to when a sync's sides were first read, epoch ms; absent where that is not known. */
function readingOf({ progress }: SyncView): { readonly from: number; readonly to: number } | undefined {
  const readings = progress.filter(({ kind }) => kind === "backfill" || kind === "match");
  const [starts, ends] = [
    readings.flatMap((one) => one.startedAt ?? []),
    readings.flatMap((one) => one.finishedAt ?? []),
  ];
  if (starts.length === 0 || ends.length === 0) return undefined;
  return { from: Math.min(...starts), to: Math.max(...ends) };
}

function sumOf(bar: ActivityBar): number {
  return CHANGES.reduce((sum, verdict) => sum + bar[verdict], 0);
}

/** The chart in one sentence, for those who do not see it. */
export function activitySentence(bars: readonly ActivityBar[]): string {
  const total = bars.reduce((sum, bar) => sum + sumOf(bar), 0);
  if (total === 0) return "No changes in the last hour.";
  const kinds = CHANGES.map((verdict) => ({ verdict, sum: bars.reduce((sum, bar) => sum + bar[verdict], 0) }));
  const said = kinds.filter(({ sum }) => sum > 0).map(({ verdict, sum }) => `${sum} ${verdict}`);
  return `${counted(total, "change")} in the last hour: ${said.join(", ")}.`;
}
