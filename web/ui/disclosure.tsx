import type { ReactNode } from "react";
import styles from "./disclosure.module.css";

/** Details that are there for those who ask. */
export function Disclosure({ summary, children }: { readonly summary: string; readonly children: ReactNode }) {
  return (
    <details className={styles.disclosure}>
      <summary>{summary}</summary>
      <div className={styles.inside}>{children}</div>
    </details>
  );
}
