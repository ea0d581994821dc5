import type { ReactNode } from "react";
import styles from "./versus.module.css";

/** Two values to choose between, beside each other where there is room. */
export function Versus({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <fieldset className={styles.versus}>
      <legend hidden>{label}</legend>
      {children}
    </fieldset>
  );
}

/** One of the two: whose it is, what it says, and the button that takes it. */
export function VersusSide(props: { readonly name: string; readonly value: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={styles.side}>
      <div>
        <span className={styles.name}>{props.name}</span>
        <span className={styles.value}>{props.value}</span>
      </div>
      {props.children}
    </div>
  );
}
