import type { Headline } from "../text/overview.ts";
import styles from "./headline.module.css";

/** The sentence at the top of the overview. */
export function HeadlineText({ headline }: { readonly headline: Headline }) {
  return (
    <span className={styles.headline}>
      <span className={`${styles.mark} ${styles[headline.tone]}`} aria-hidden="true" />
      <span>
        {headline.parts.map((part, index) => (
          <span key={part.replace(/\d+/g, "")} className={index === 0 ? styles.first : styles.later}>
            {index > 0 && " · "}
            {part}
          </span>
        ))}
      </span>
    </span>
  );
}
