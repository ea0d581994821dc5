import type { ReactNode } from "react";
import type { Tone } from "../text/words.ts";
import styles from "./badge.module.css";

/** A state in a word or two. The mark before it differs in shape as well as colour, and the word says it outright. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`${styles.badge} ${styles[tone]}`}>{children}</span>;
}
