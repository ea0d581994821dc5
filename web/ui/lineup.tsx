import type { ReactNode } from "react";
import type { LineupRow } from "../text/lineup.ts";
import { Breakable } from "./breakable.tsx";
import styles from "./lineup.module.css";

/** One of those that stand beside each other. */
export interface LineupColumn {
  readonly id: string;
  /** What it is called wherever there is no room for its head. */
  readonly name: string;
  readonly head: ReactNode;
}

/**
 * Several of a kind beside each other, the first one being who the others are compared with; to stand inside a flush card.
 * Where there is little room the heads come first, and then each row with what every one of them says below each other.
 */
export function Lineup(props: {
  readonly caption: string;
  readonly columns: readonly LineupColumn[];
  readonly rows: readonly LineupRow[];
}) {
  const { caption, columns, rows } = props;
  return (
    <div className={styles.scroll}>
      <table className={styles.lineup}>
        <caption hidden>{caption}</caption>
        <thead>
          <tr>
            <td />
            {columns.map(({ id, head }) => (
              <th key={id} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, label, cells }) => (
            <tr key={id}>
              <th scope="row">{label}</th>
              {cells.map(({ text, isReal, isOther }, place) => (
                <td
                  key={columns[place]?.id}
                  data-name={columns[place]?.name}
                  data-other={isOther || undefined}
                  className={isReal ? undefined : styles.none}
                >
                  <Breakable text={text} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
