import type { ReactNode } from "react";
import styles from "./text.module.css";

/** A run of text. `soft` is secondary, `strong` carries, `code` is for paths and ids; `isCut` keeps it on one line where there is room. */
export function Text(props: {
  readonly kind?: "body" | "soft" | "strong" | "code";
  readonly isCut?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  const { kind = "body", isCut = false, title, children } = props;
  return (
    <span className={`${styles[kind]} ${isCut ? styles.cut : styles.text}`} title={title}>
      {children}
    </span>
  );
}
