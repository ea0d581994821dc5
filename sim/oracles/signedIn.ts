import type { Step } from "../steps.ts";
import type { World } from "../world.ts";

/**
 * Nobody need connect HighLevel anew unless something happened that takes the sign-in away for good: a refresh token that
 * was taken back, or whose answer may have been lost. SPEC: K22 to K25.
 */
export async function needlessSignOuts(world: World, steps: readonly Step[]): Promise<readonly string[]> {
  if (steps.some(mayEndSignIn)) return [];
  return world.network.calls
    .filter(({ purpose, status }) => purpose === "token" && status === 400)
    .map(({ at }) => `a refresh token was used twice, at ${at}, and the sign-in is lost`);
}

/** Two processes refresh with one token, and one that dies, sleeps or hears nothing has lost what it was given. */
function mayEndSignIn(step: Step): boolean {
  switch (step.kind) {
    case "crash":
    case "jump":
    case "second":
      return true;
    case "revoke":
      return step.token === "both";
    case "wire":
      return step.purpose === "token";
    case "partner":
      return step.side === "left";
    default:
      return false;
  }
}
