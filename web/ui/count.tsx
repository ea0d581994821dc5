import { count } from "../text/numbers.ts";
import styles from "./count.module.css";

/** A figure beside a name, such as how much waits behind a link. */
export function Count({ value }: { readonly value: number }) {
  return <span className={styles.count}>{count(value)}</span>;
}
