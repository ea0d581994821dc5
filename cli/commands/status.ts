import { ROUTES } from "../../model/api/routes.ts";
import type { Call } from "../client.ts";
import { statusLines } from "../show.ts";
import type { World } from "../world.ts";
import { workspaceId } from "./workspace.ts";

/** Shows connections, syncs and what waits. */
export async function status(world: World, call: Call, workspace: string | undefined, isJson: boolean): Promise<void> {
  const overview = await call(ROUTES.overview, { params: { workspaceId: await workspaceId(call, workspace) } });
  if (isJson) world.print(JSON.stringify(overview, undefined, 2));
  else for (const line of statusLines(overview)) world.print(line);
}
