import { createHash } from "node:crypto";

/** A fingerprint of all that happened in a run: two runs that differ in one byte of one call have another. */
export interface Trace {
  /** Adds one thing that happened; nothing, once the trace has ended. */
  readonly note: (...parts: readonly (string | number)[]) => void;
  /** The fingerprint of all notes so far; ends the trace. */
  readonly digest: () => string;
  /** The notes in words, when they are kept. */
  readonly lines: readonly string[];
}

/**
 * An empty trace.
 * @param now  epoch ms, put before each note
 * @param keep whether the notes are kept to be read, besides being hashed
 */
export function createTrace(now: () => number, keep: boolean): Trace {
  const hash = createHash("sha256");
  const lines: string[] = [];
  let hasEnded = false;
  return {
    note: (...parts) => {
      if (hasEnded) return;
      const line = [now(), ...parts].join(" ");
      hash.update(line).update("\n");
      if (keep) lines.push(line);
    },
    digest: () => {
      hasEnded = true;
      return hash.digest("hex").slice(0, 32);
    },
    lines,
  };
}
