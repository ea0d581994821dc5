import { type ReactNode, useState } from "react";
import { Choice } from "./choice.tsx";
import styles from "./oneOfTwo.module.css";

interface Part {
  readonly name: string;
  readonly content: ReactNode;
}

/** Two parts beside each other; on a narrow screen one of them, with a switch between the two. */
export function OneOfTwo(props: { readonly label: string; readonly left: Part; readonly right: Part }) {
  const { label, left, right } = props;
  const [shown, setShown] = useState<"left" | "right">("left");
  const options = [
    { value: "left", label: left.name },
    { value: "right", label: right.name },
  ] as const;
  return (
    <div>
      <div className={styles.switch}>
        <Choice label={label} value={shown} options={options} onChange={setShown} />
      </div>
      <div className={styles.two} data-shown={shown}>
        <div>{left.content}</div>
        <div>{right.content}</div>
      </div>
    </div>
  );
}
