import { ROUTES } from "../../model/api/routes.ts";
import type { Call } from "../client.ts";
import { listLines } from "../show.ts";
import type { World } from "../world.ts";
import { workspaceId } from "./workspace.ts";

/** What `list` is asked. */
export interface ListOptions {
  readonly workspace?: string;
  /** Only what waits for a person, each with what is asked. */
  readonly waiting?: boolean;
  readonly limit: string;
  readonly json?: boolean;
}

/** Lists records, by name; with `--waiting` those that wait for a person, newest first, and what is asked of each. */
export async function list(world: World, call: Call, text: string | undefined, options: ListOptions): Promise<void> {
  const params = { workspaceId: await workspaceId(call, options.workspace) };
  const isWaiting = options.waiting === true;
  const query = {
    ...(text === undefined ? {} : { text }),
    ...(isWaiting ? ({ attention: "true", sort: "updated" } as const) : ({ sort: "title" } as const)),
    limit: Number(options.limit),
  };
  const { links, total } = await call(ROUTES.links, { params, query });
  const asked = [];
  for (const { id } of isWaiting ? links : []) {
    asked.push(await call(ROUTES.link, { params: { ...params, linkId: id } }));
  }
  if (options.json === true) world.print(JSON.stringify(isWaiting ? asked : links, undefined, 2));
  else for (const line of listLines(links, asked, total)) world.print(line);
}
