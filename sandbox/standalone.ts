import process from "node:process";

/** Prints one line that tells a parent process that all is ready. */
export function announceReady(ready: object): void {
  process.stdout.write(`${JSON.stringify({ kind: "ready", ...ready })}\n`);
}

/** Ends the process in order on SIGINT and SIGTERM, and when the parent's end of stdin closes if that is wanted. */
export function endInOrder(close: () => Promise<unknown>, isTiedToParent: boolean): void {
  const end = () => {
    void close().finally(() => process.exit(0));
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  if (!isTiedToParent) return;
  process.stdin.once("end", end);
  process.stdin.once("close", end);
  process.stdin.resume();
}

/** A whole number from the command line. @throws Error that names the option. */
export function wholeOption(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} must be a whole number, not "${text}"`);
  return Number(text);
}
