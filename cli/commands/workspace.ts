import { ROUTES } from "../../model/api/routes.ts";
import { Failure } from "../../model/errors.ts";
import type { Call } from "../client.ts";

/** The workspace a command is about: the named one, else the only one there is. @throws Failure `misconfigured` */
export async function workspaceId(call: Call, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const workspaces = await call(ROUTES.workspaces);
  const [only, ...others] = workspaces;
  if (only === undefined)
    throw new Failure("misconfigured", "There is no workspace yet; make one with `npm run kith -- apply <file>`.");
  if (others.length === 0) return only.id;
  const ids = workspaces.map(({ id }) => id).join(", ");
  throw new Failure("misconfigured", `There are several workspaces; choose one with --workspace: ${ids}.`);
}
