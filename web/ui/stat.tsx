import type { ReactNode } from "react";
import { count } from "../text/numbers.ts";
import type { Tone } from "../text/words.ts";
import styles from "./stat.module.css";

/** Several figures beside each other. */
export function Stats({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.stats}>{children}</dl>;
}

/** One figure and what it counts. The tone colours figures above zero only: nothing is no reason for alarm. */
export function Stat(props: { readonly value: number; readonly tone?: Tone; readonly children: ReactNode }) {
  const tone = props.value > 0 && props.tone ? (styles[props.tone] ?? "") : "";
  return (
    <div className={styles.stat}>
      <dt className={styles.label}>{props.children}</dt>
      <dd className={`${styles.value} ${tone}`}>{count(props.value)}</dd>
    </div>
  );
}
