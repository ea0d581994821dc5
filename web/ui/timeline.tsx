import type { ReactNode } from "react";
import type { Tone } from "../text/words.ts";
import styles from "./timeline.module.css";

/** Events below each other, newest first. */
export function Timeline({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ol className={styles.timeline} aria-label={label}>
      {children}
    </ol>
  );
}

/** One event. */
export function TimelineEvent({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <li className={`${styles.event} ${styles[tone] ?? ""}`}>{children}</li>;
}
