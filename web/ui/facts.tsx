import styles from "./facts.module.css";

/** A small plain table for details: a heading row and rows of text, of which the first names the row. */
export function Facts(props: {
  readonly label: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}) {
  return (
    <div className={styles.scroll}>
      <table className={styles.facts}>
        <caption className={styles.caption}>{props.label}</caption>
        <thead>
          <tr>
            {props.headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, place) => (
            // Rows of a decision never change once written, so their place is their name.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <tr key={place}>
              {row.map((cell, column) => (
                <td key={props.headings[column]} data-heading={props.headings[column]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
