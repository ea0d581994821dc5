import { BarChart } from "@mantine/charts";
import "@mantine/charts/styles.css";
import type { ActivityBar } from "../text/activity.ts";
import { hourMinute } from "../text/times.ts";
import { CHANGES, verdictWords } from "../text/words.ts";

const SERIES = CHANGES.map((name) => ({ name, label: verdictWords(name).word, color: `var(--kith-${name})` }));

/** Room (px) for the upper half of the topmost label. */
const ROOM = { top: 8 };

/** The stacked bars of `ActivityChart`; drawn without motion, since they change while one looks. */
export default function ActivityBars({ bars }: { readonly bars: readonly ActivityBar[] }) {
  return (
    <BarChart
      h={200}
      data={bars.map((bar) => ({ ...bar, time: hourMinute(bar.minute) }))}
      dataKey="time"
      type="stacked"
      series={SERIES}
      gridAxis="x"
      tickLine="none"
      maxBarWidth={14}
      barProps={{ isAnimationActive: false }}
      barChartProps={{ margin: ROOM }}
      xAxisProps={{ interval: 9, tickMargin: 8 }}
      // Every line has its label: left to choose, the axis moves the topmost one off its line.
      yAxisProps={{ allowDecimals: false, width: 40, interval: 0 }}
    />
  );
}
