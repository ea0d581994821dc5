import { ROUTES } from "../../model/api/routes.ts";
import { Failure } from "../../model/errors.ts";
import { sideNames } from "../../model/sideNames.ts";
import type { Call } from "../client.ts";
import { verifyLines } from "../show.ts";
import { Exit, type World } from "../world.ts";
import { workspaceId } from "./workspace.ts";

/** What `verify` is asked. */
export interface VerifyOptions {
  readonly workspace: string | undefined;
  /** Only this sync; all when absent. */
  readonly sync: string | undefined;
  readonly isJson: boolean;
}

/** Compares both sides of each sync in full. @throws Exit 1 when there is any difference that nothing explains. */
export async function verify(world: World, call: Call, options: VerifyOptions): Promise<void> {
  const id = await workspaceId(call, options.workspace);
  const { syncs, connections } = await call(ROUTES.overview, { params: { workspaceId: id } });
  const wanted = syncs.filter((sync) => options.sync === undefined || sync.id === options.sync);
  if (wanted.length === 0)
    throw new Failure(
      "misconfigured",
      noSync(
        options.sync,
        syncs.map((sync) => sync.id),
      ),
    );
  const reports = [];
  for (const sync of wanted) {
    const report = await call(ROUTES.verifySync, { params: { workspaceId: id, syncId: sync.id } });
    if (!options.isJson)
      for (const line of verifyLines(sync.name, sideNames(sync, connections), report)) world.print(line);
    reports.push(report);
  }
  if (options.isJson) world.print(JSON.stringify(reports, undefined, 2));
  if (reports.some((report) => report.differences > 0)) throw new Exit(1);
}

function noSync(wanted: string | undefined, ids: readonly string[]): string {
  if (wanted === undefined) return "There is no sync yet; make one with `npm run kith -- apply <file>`.";
  return `There is no sync ${wanted}; there are: ${ids.join(", ")}.`;
}
