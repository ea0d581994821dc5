import { useState } from "react";

/** Runs something once at a time, and keeps what went wrong. */
export function useAttempt() {
  const [isBusy, setBusy] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const attempt = async (run: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await run();
      setSaved(true);
    } catch (thrown) {
      setProblem(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
    setBusy(false);
  };
  return { isBusy, isSaved, problem, attempt };
}
