import { useId } from "react";
import { count } from "../text/numbers.ts";
import styles from "./choice.module.css";

/** One of a few, as chips. Arrow keys move between them, as in any group of radio buttons. */
export function Choice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
    /** How many there are of it; told beside the label. */
    readonly count?: number | undefined;
  }[];
  readonly onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.hidden}>{props.label}</legend>
      {props.options.map(({ value, label, count: many }) => (
        <label key={value} className={styles.option}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          {label}
          {many !== undefined && <span className={styles.count}>{count(many)}</span>}
        </label>
      ))}
    </fieldset>
  );
}
