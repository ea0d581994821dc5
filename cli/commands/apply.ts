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
  const { changes } = await call(ROUTES.applyWorkspace, { params: { workspaceId: config.workspace.id }, body: config });
  if (isJson) world.print(JSON.stringify({ changes }, undefined, 2));
  else for (const change of changes.length === 0 ? ["nothing to change"] : changes) world.print(change);
}
