import styles from "./code.module.css";

/** A text as a program writes or reads it, with what it is above. Long ones scroll, by keyboard too. */
export function Code({ title, children }: { readonly title: string; readonly children: string }) {
  return (
    <section className={styles.code} aria-label={title}>
      <p className={styles.title}>{title}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={styles.text} tabIndex={0}>
        {children}
      </pre>
    </section>
  );
}
