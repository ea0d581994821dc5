import { lazy, Suspense } from "react";
import { type ActivityBar, activitySentence } from "../text/activity.ts";
import { CHANGES, verdictWords } from "../text/words.ts";
import styles from "./activityChart.module.css";

/** The drawing itself comes in a file of its own: the charting library is as large as all the rest of the page. */
const Bars = lazy(() => import("./activityBars.tsx"));

/** Changes per minute over the last hour. Its height never changes, so that nothing below it moves. */
export function ActivityChart({ bars }: { readonly bars: readonly ActivityBar[] }) {
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.legend}>
        {CHANGES.map((verdict) => (
          <span key={verdict} className={styles.key}>
            <span className={`${styles.swatch} ${styles[verdict]}`} aria-hidden="true" />
            {verdictWords(verdict).word}
          </span>
        ))}
      </figcaption>
      <div className={styles.room} role="img" aria-label={activitySentence(bars)}>
        <Suspense>
          <Bars bars={bars} />
        </Suspense>
      </div>
    </figure>
  );
}
