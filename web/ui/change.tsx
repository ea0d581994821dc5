import type { ReactNode } from "react";
import styles from "./change.module.css";

/** Changes of one record's fields, below each other. */
export function Changes({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.changes}>{children}</dl>;
}

/** One field: what it is called, what becomes of it, and why when that is not plain. */
export function Change(props: {
  readonly label: string;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.change}>
      <dt className={styles.label}>{props.label}</dt>
      <dd className={styles.value}>
        {props.children}
        {props.note !== undefined && <span className={styles.note}>{props.note}</span>}
      </dd>
    </div>
  );
}

/** Where, what it was, and what it becomes. */
export function FromTo(props: { readonly where: string; readonly from: string; readonly to: string }) {
  return (
    <>
      <span className={styles.where}>{props.where}: </span>
      {props.from === "" ? (
        <span className={styles.none}>empty</span>
      ) : (
        <del className={styles.before}>{props.from}</del>
      )}
      <span className={styles.arrow} role="img" aria-label="becomes">
        →
      </span>
      {props.to === "" ? (
        <span className={styles.none}>empty</span>
      ) : (
        <ins style={{ textDecoration: "none" }}>{props.to}</ins>
      )}
    </>
  );
}

/** Both values, as they are and stay. */
export function BothAre(props: {
  readonly left: { readonly where: string; readonly value: string };
  readonly right: { readonly where: string; readonly value: string };
}) {
  return (
    <>
      {[props.left, props.right].map(({ where, value }, place) => (
        <span key={where}>
          <span className={styles.where}>
            {place === 0 ? "" : ", "}
            {where}:{" "}
          </span>
          {value === "" ? <span className={styles.none}>empty</span> : value}
        </span>
      ))}
    </>
  );
}
