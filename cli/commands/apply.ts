import { ROUTES } from "../../model/api/routes.ts";
import { Failure } from "../../model/errors.ts";
import type { Call } from "../client.ts";
import { readWorkspaceFile } from "../workspaceFile.ts";
import type { World } from "../world.ts";

/** Sends a workspace file to the hub and says what changed. */
export async function apply(world: World, call: Call, file: string, isJson: boolean): Promise<void> {
  const text = await world.readFile(file).catch((cause) => {
    throw new Failure("misconfigured", `The workspace file ${file} cannot be read; check its path.`, { cause });
  });
  const config = readWorkspaceFile(file, text, world.environment);
  const params = { workspaceId: config.workspace.id };
  const { changes, warnings = [] } = await call(ROUTES.applyWorkspace, { params, body: config });
  if (isJson) world.print(JSON.stringify({ changes, warnings }, undefined, 2));
  else for (const line of changes.length === 0 ? ["nothing to change"] : changes) world.print(line);
  if (!isJson) for (const warning of warnings) world.print(`warning: ${warning}`);
}
