import { ROUTES } from "../../model/api/routes.ts";
import { HubProblem } from "./client.ts";
import type { Hub } from "./queries.ts";

/** Resolves after so many milliseconds. */
export type Pause = (ms: number) => Promise<void>;

const LOOK_AGAIN_MS = 350;
const PATIENCE_MS = 20_000;

/**
 * Follows work that the hub has taken on, by its key.
 * @returns `done` when it is carried out, `waiting` when it is not for now: a sync is paused, a partner asks to slow down
 * @throws HubProblem with the reason when it failed, also when the hub will try again
 */
export async function follow(hub: Pick<Hub, "call" | "workspaceId">, key: string, pause: Pause) {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_AGAIN_MS) {
    const { state, error } = await hub.call(ROUTES.due, { params: { workspaceId: hub.workspaceId, key } });
    if (state === "done") return "done";
    if (state === "failed" || error !== undefined) throw failed(state, error?.kind, error?.message);
    await pause(LOOK_AGAIN_MS);
  }
  return "waiting";
}

function failed(state: "due" | "failed", kind = "failed", message = "It failed without a reason."): HubProblem {
  const title = state === "due" ? "Not yet, Kith tries again" : "That did not work";
  return new HubProblem(200, kind, title, message);
}
