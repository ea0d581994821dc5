import type { ReactNode } from "react";
import styles from "./form.module.css";

/** Fields beside each other where there is room. */
export function FieldGrid({ children }: { readonly children: ReactNode }) {
  return <div className={styles.grid}>{children}</div>;
}
