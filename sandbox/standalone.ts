/** What a program that runs alone needs of its process; Node's own `process` is one. */
export type RunningProcess = {
  readonly argv: readonly string[];
  readonly stdin: { once(event: string, listener: () => void): unknown; resume(): unknown };
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  once(event: string, listener: () => void): unknown;
  exit(code: number): never;
};

/** What a program has started: the line that says so, and how to end it. */
export type Started = {
  readonly ready: object;
  readonly close: () => Promise<unknown>;
  /** Whether to end when the other end of stdin closes, so that nothing outlives its parent. */
  readonly isTiedToParent: boolean;
};

/** Starts a program, prints one line of JSON when it is ready, ends it in order, and tells in one line what failed. */
export async function runAlone(running: RunningProcess, start: () => Promise<Started>): Promise<void> {
  try {
    const { ready, close, isTiedToParent } = await start();
    endInOrder(running, close, isTiedToParent);
    running.stdout.write(`${JSON.stringify({ kind: "ready", ...ready })}\n`);
  } catch (error) {
    running.stderr.write(`sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
    running.exit(1);
  }
}

function endInOrder(running: RunningProcess, close: () => Promise<unknown>, isTiedToParent: boolean): void {
  const end = () => {
    void close().finally(() => running.exit(0));
  };
  running.once("SIGINT", end);
  running.once("SIGTERM", end);
  if (!isTiedToParent) return;
  running.stdin.once("end", end);
  running.stdin.resume();
}

/** A whole number from the command line. @throws Error that names the option. */
export function wholeOption(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} must be a whole number, not "${text}"`);
  return Number(text);
}
