import type { Writable } from "node:stream";

/**
 * Resolves once all that was written has been handed on. A pipe takes 64 KB at a time: whoever ends the process before
 * cuts off the rest.
 */
export function drained(stream: Writable): Promise<void> {
  // A reader that has gone wants nothing more; the callback then comes with an error.
  return new Promise((resolve) => stream.write("", () => resolve()));
}
