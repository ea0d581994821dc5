import styles from "./placeholder.module.css";

/** Holds the room of what is being read; `rows` is about as many lines as will stand there. */
export function Placeholder({ label, rows = 3 }: { readonly label: string; readonly rows?: number }) {
  const bars = Array.from({ length: rows }, (_, row) => row);
  return (
    <div className={styles.placeholder} role="status" aria-label={label} aria-busy="true">
      {bars.map((bar) => (
        <div key={bar} className={styles.bar} />
      ))}
    </div>
  );
}
