import type { ReactNode } from "react";
import type { Tone } from "../text/words.ts";
import styles from "./notice.module.css";

/** Something a person should read, with what to do about it. Bad ones are announced at once, others when idle. */
export function Notice(props: {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className={`${styles.notice} ${styles[props.tone]}`} role={props.tone === "bad" ? "alert" : "status"}>
      <div className={styles.words}>
        <div className={styles.title}>{props.title}</div>
        {props.children && <div className={styles.detail}>{props.children}</div>}
      </div>
      {props.action}
    </div>
  );
}

/** What stands where there is nothing to show, and what would bring something there. */
export function Empty(props: { readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <div className={styles.emptyTitle}>{props.title}</div>
      {props.children && <div className={styles.emptyText}>{props.children}</div>}
      {props.action && <div className={styles.emptyAction}>{props.action}</div>}
    </div>
  );
}
