import type { Tone } from "../text/words.ts";
import styles from "./meter.module.css";

/** A labelled bar with its figures in words. `share` is between 0 and 1; `undefined` when the whole is not known. */
export function Meter(props: {
  readonly label: string;
  readonly text: string;
  readonly share: number | undefined;
  readonly tone?: Tone;
}) {
  const percent = Math.round((props.share ?? 0) * 100);
  return (
    <div>
      <div className={styles.head}>
        <span>{props.label}</span>
        <span className={styles.text}>{props.text}</span>
      </div>
      <div
        className={`${styles.track} ${styles[props.tone ?? "good"]}`}
        role="progressbar"
        aria-label={props.label}
        aria-valuetext={props.text}
        {...(props.share === undefined ? {} : { "aria-valuenow": percent, "aria-valuemin": 0, "aria-valuemax": 100 })}
      >
        <div className={styles.fill} data-share={percent} style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
