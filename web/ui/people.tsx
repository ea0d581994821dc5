import type { ReactNode } from "react";
import styles from "./people.module.css";
import { When } from "./when.tsx";

/** A list of people that open in place. */
export function People({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className={styles.people} aria-label={label}>
      {children}
    </ul>
  );
}

/** One person in a list; `children` is what is seen while open. A flash lights the row up for a moment. */
export function Person(props: {
  readonly name: string;
  readonly more: string;
  readonly at: number;
  readonly isFlashing: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly children?: ReactNode;
}) {
  const { name, more, at, isFlashing, isOpen, onToggle, children } = props;
  return (
    <li className={styles.person} data-open={isOpen || undefined} data-flash={isFlashing || undefined}>
      <button type="button" className={styles.row} aria-expanded={isOpen} onClick={onToggle}>
        <span className={styles.name}>{name}</span>
        <span className={styles.when}>
          <When at={at} />
        </span>
        <span className={styles.more}>{more}</span>
      </button>
      {isOpen && <div className={styles.inside}>{children}</div>}
    </li>
  );
}

/** The contact that belongs to the one open on the other side, kept in sight above the list. */
export function Counterpart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.counterpart} aria-label={title}>
      <span className={styles.counterpartTitle}>{title}</span>
      {children}
    </section>
  );
}

/** A sentence in place of a person. */
export function NoPerson({ children }: { readonly children: ReactNode }) {
  return <div className={styles.note}>{children}</div>;
}

/** What belongs to a person, below them. */
export function Beneath({ children }: { readonly children: ReactNode }) {
  return <div className={styles.beneath}>{children}</div>;
}
