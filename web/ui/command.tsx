import { useState } from "react";
import { Button } from "./button.tsx";
import styles from "./command.module.css";

/** Browsers let pages copy only where they came over https or from this machine. */
function canCopy(): boolean {
  return typeof window !== "undefined" && window.isSecureContext;
}

/** Words for a terminal on a line of their own, with a button that copies them. */
export function Command({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className={styles.command}>
      <code className={styles.text}>{text}</code>
      {canCopy() && (
        <Button kind="quiet" isSmall label={`Copy ${text}`} onClick={() => void copy()}>
          {isCopied ? "Copied" : "Copy"}
        </Button>
      )}
    </div>
  );
}
