import { cpus, totalmem } from "node:os";

/** One measured figure. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  /** The same by a bare script that makes the same calls. */
  readonly floor?: string;
  /** The figure as a share of the floor. */
  readonly ratio?: number;
  readonly toReach: string;
  readonly isReached?: boolean;
}

/** The rows as a Markdown table. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) =>
    [row.what, row.figure, row.floor ?? "", row.ratio?.toFixed(2) ?? "", row.toReach, verdict(row)].join(" | "),
  );
  return [
    "| what | figure | floor | ratio | to reach | |",
    "| --- | --- | --- | --- | --- | --- |",
    ...lines.map((line) => `| ${line} |`),
  ].join("\n");
}

function verdict(row: Row): string {
  if (row.isReached === undefined) return "";
  return row.isReached ? "reached" : "missed";
}

/** The machine in one line. */
export function machine(): string {
  const processors = cpus();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return `${processors.length} cores (${processors[0]?.model.trim() ?? "unknown"}), ${memoryGb} GB of memory, Node ${process.version}, ${process.platform}`;
}
