import { ROUTES } from "../../model/api/routes.ts";
import type { Call } from "../client.ts";
import type { World } from "../world.ts";
import { workspaceId } from "./workspace.ts";

/** What `retry` is asked. */
export interface RetryOptions {
  readonly workspace: string | undefined;
  /** Only these; all that was set aside when none is named. */
  readonly keys: readonly string[];
  readonly isJson: boolean;
}

/** Makes what was set aside due again. */
export async function retry(world: World, call: Call, { workspace, keys, isJson }: RetryOptions): Promise<void> {
  const params = { workspaceId: await workspaceId(call, workspace) };
  const { count } = await call(ROUTES.retry, { params, body: keys.length === 0 ? {} : { keys: [...keys] } });
  if (isJson) world.print(JSON.stringify({ count }));
  else world.print(count === 0 ? "nothing was set aside" : `${count} tried again`);
}
