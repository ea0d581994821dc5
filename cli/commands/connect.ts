import { ROUTES } from "../../model/api/routes.ts";
import type { Call } from "../client.ts";
import type { World } from "../world.ts";
import { workspaceId as idOf } from "./workspace.ts";

/** Prints the address at which a connection is signed in to its partner, and what that asks for. */
export async function connect(
  world: Pick<World, "print">,
  call: Call,
  connectionId: string,
  { workspace, json }: { readonly workspace?: string; readonly json?: boolean },
): Promise<void> {
  const workspaceId = await idOf(call, workspace);
  const { url, redirectUri, scopes } = await call(ROUTES.connect, { params: { workspaceId, connectionId } });
  if (json === true) return world.print(JSON.stringify({ url, redirectUri, scopes }, undefined, 2));
  world.print(`Open this in a browser within fifteen minutes; it works once:\n  ${url}`);
  world.print(`Redirect address, to be registered with your app:\n  ${redirectUri}`);
  world.print(`Permissions that are asked for:\n${scopes.map((scope) => `  ${scope}`).join("\n")}`);
}
