import type { ReactNode } from "react";
import styles from "./list.module.css";

/** A list of items divided by fine lines, to stand inside a flush card. */
export function List({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  );
}

/** One item: its content, at its end what is short (a time, a button), and below what takes the whole width. */
export function Item(props: { readonly end?: ReactNode; readonly below?: ReactNode; readonly children: ReactNode }) {
  const { end, below, children } = props;
  return (
    <li className={styles.item}>
      <div className={styles.content}>{children}</div>
      {end && <div className={styles.end}>{end}</div>}
      {below && <div className={styles.below}>{below}</div>}
    </li>
  );
}

/** Short lines within an item. */
export function SubList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className={styles.sub} aria-label={label}>
      {children}
    </ul>
  );
}
