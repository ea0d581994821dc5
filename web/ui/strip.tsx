import type { ReactNode } from "react";
import type { Tone } from "../text/words.ts";
import styles from "./strip.module.css";

/** One line that says what is going on; always there and always as high, so that nothing moves when it changes. */
export function Strip(props: { readonly tone: Tone; readonly end?: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={`${styles.strip} ${styles[props.tone]}`}>
      <span role="status" className={styles.words}>
        {props.children}
      </span>
      <span className={styles.end}>{props.end}</span>
    </div>
  );
}
