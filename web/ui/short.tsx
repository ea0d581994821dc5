import styles from "./short.module.css";

/** A name that is said in fewer words where there is little room. */
export function Short({ long, short }: { readonly long: string; readonly short: string }) {
  if (long === short) return long;
  return (
    <>
      <span className={styles.long}>{long}</span>
      <span className={styles.short}>{short}</span>
    </>
  );
}
