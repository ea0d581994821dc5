import { ROUTES } from "../../model/api/routes.ts";
import { Failure } from "../../model/errors.ts";
import type { Call } from "../client.ts";
import type { World } from "../world.ts";
import { workspaceId } from "./workspace.ts";

/** What `pause` and `resume` are asked. */
export interface PauseOptions {
  readonly workspace: string | undefined;
  /** One sync; everything when neither this nor `connection` is named. */
  readonly sync: string | undefined;
  /** All that needs this connection. */
  readonly connection: string | undefined;
  readonly isPaused: boolean;
  readonly isJson: boolean;
}

/** Pauses or resumes a sync, all that needs a connection, or the whole workspace. */
export async function pause(world: World, call: Call, options: PauseOptions): Promise<void> {
  const id = await workspaceId(call, options.workspace);
  const what = await set(call, id, options);
  const { isPaused } = options;
  if (options.isJson) world.print(JSON.stringify({ what, isPaused }));
  else if (isPaused) world.print(`${what} is paused; \`npm run kith -- resume\` goes on and catches up`);
  else world.print(`${what} goes on and catches up; \`npm run kith -- status\` shows how far it is`);
}

/** @returns what was paused or resumed, for a sentence. */
async function set(call: Call, id: string, options: PauseOptions): Promise<string> {
  const { sync, connection, isPaused } = options;
  const body = { isPaused };
  if (sync !== undefined && connection !== undefined) {
    throw new Failure("misconfigured", "Name a sync or a connection, not both.");
  }
  if (sync !== undefined) {
    await call(ROUTES.pauseSync, { params: { workspaceId: id, syncId: sync }, body });
    return `sync ${sync}`;
  }
  if (connection !== undefined) {
    await call(ROUTES.pauseConnection, { params: { workspaceId: id, connectionId: connection }, body });
    return `connection ${connection}`;
  }
  await call(ROUTES.pauseWorkspace, { params: { workspaceId: id }, body });
  return `workspace ${id}`;
}
