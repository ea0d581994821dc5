import { setTimeout as rest } from "node:timers/promises";

/**
 * Asks again and again until there is an answer, for what other processes bring about and nobody announces. The rest
 * between two questions is the only timer of the end-to-end tests; nothing ever waits for time to pass.
 *
 * @param what what is waited for; completes the sentence "… did not come true within 20 s"
 * @param look nothing and `false` mean not yet; whatever it throws ends the waiting
 * @param withinMs how long is waited at most
 * @returns the first answer
 */
export async function until<Answer>(
  what: string,
  look: () => Promise<Answer | NotYet> | Answer | NotYet,
  withinMs = 20_000,
): Promise<Answer> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await look();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`${what} did not come true within ${withinMs / 1_000} s`);
    await rest(BETWEEN_MS);
  }
}

type NotYet = undefined | null | false;
const BETWEEN_MS = 50;
