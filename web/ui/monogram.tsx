import styles from "./monogram.module.css";

/** A partner's initials as a small tile. Partners' own logos are theirs, and stay out. */
export function Monogram({ name }: { readonly name: string }) {
  return (
    <span className={styles.monogram} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const capitals = name.match(/\p{Lu}/gu) ?? [];
  return capitals.length > 1 ? capitals.slice(0, 2).join("") : name.slice(0, 2);
}
