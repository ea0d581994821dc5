import type { ReactNode } from "react";
import styles from "./layout.module.css";

/** A whole page: its title, one sentence about it, what can be done at its level, and its content. */
export function Page(props: {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <main className={styles.page} id="content" tabIndex={-1}>
      <header className={styles.head}>
        <div>
          <h1 className={styles.title}>{props.title}</h1>
          {props.lead && <p className={styles.lead}>{props.lead}</p>}
        </div>
        {props.actions}
      </header>
      {props.children}
    </main>
  );
}

/** A titled part of a page. */
export function Section(props: { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={props.title}>
      <div className={styles.sectionHead}>
        <h2 className={styles.sectionTitle}>{props.title}</h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}

/** A surface. `isFlush` leaves out the inner margin, for tables and lists that bring their own. */
export function Card({ isFlush = false, children }: { readonly isFlush?: boolean; readonly children: ReactNode }) {
  return <div className={isFlush ? `${styles.card} ${styles.flush}` : styles.card}>{children}</div>;
}

/** What can be done about what stands above. */
export function Actions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

/** The last line of a flush card. */
export function CardFoot({ children }: { readonly children: ReactNode }) {
  return <div className={styles.foot}>{children}</div>;
}

type Gap = "tight" | "normal" | "wide";

/** Things below each other. */
export function Column({ gap = "normal", children }: { readonly gap?: Gap; readonly children: ReactNode }) {
  return <div className={`${styles.column} ${styles[gap]}`}>{children}</div>;
}

/** Things beside each other, wrapping unless they are `isWhole`; `isApart` pushes them to both ends. */
export function Line(props: {
  readonly gap?: Gap;
  readonly isApart?: boolean;
  readonly isWhole?: boolean;
  readonly children: ReactNode;
}) {
  const { gap = "normal", isApart = false, isWhole = false, children } = props;
  const looks = [styles.line, styles[gap], isApart && styles.apart, isWhole && styles.whole];
  return <div className={looks.filter(Boolean).join(" ")}>{children}</div>;
}

/** Something with a sentence beside it that comes and goes, and is read out when it comes. */
export function Beside({ end, children }: { readonly end: string; readonly children: ReactNode }) {
  return (
    <div className={styles.beside}>
      {children}
      <span role="status" className={styles.besideText}>
        {end}
      </span>
    </div>
  );
}

/** Two columns where there is room, one where there is not. */
export function Two({ children }: { readonly children: ReactNode }) {
  return <div className={styles.two}>{children}</div>;
}
