import type { Loaded } from "../api/loaded.ts";

/** An answer that is there. */
export function ready<Data>(data: Data): Loaded<Data> {
  return { state: "ready", data, isStale: false };
}

/** An answer that is on its way. */
export const reading: Loaded<never> = { state: "reading" };

/** An answer that was refused. */
export function failed(error: Error): Loaded<never> {
  return { state: "failed", error, retry: () => {} };
}
