import { ROUTES } from "../../model/api/routes.ts";
import type { ReplayView } from "../../model/api/views.ts";
import { Failure } from "../../model/errors.ts";
import type { Call } from "../client.ts";
import { replayLines } from "../show.ts";
import { Exit, type World } from "../world.ts";
import { workspaceId } from "./workspace.ts";

/** What `replay` is asked. */
export interface ReplayOptions {
  readonly workspace: string | undefined;
  /** Only the decisions about this record; all when absent. */
  readonly link: string | undefined;
  /** A day or time; as far back as the journal goes when absent. */
  readonly since: string | undefined;
  readonly isJson: boolean;
}

const PAGE_SIZE = 200;

/** Makes the decisions of the journal anew, newest first. @throws Exit 1 when one is not the same. */
export async function replay(world: World, call: Call, options: ReplayOptions): Promise<void> {
  const since = options.since === undefined ? undefined : momentOf(options.since);
  const params = { workspaceId: await workspaceId(call, options.workspace) };
  const query = { limit: PAGE_SIZE, linkId: options.link, since };
  const pages: ReplayView[] = [];
  let before: string | undefined;
  do {
    const page = await call(ROUTES.replayJournal, { params, query: { ...query, before } });
    pages.push(page);
    before = page.next;
  } while (before !== undefined);
  const whole = together(pages);
  if (options.isJson) world.print(JSON.stringify(whole, undefined, 2));
  else for (const line of replayLines(whole)) world.print(line);
  if (whole.differences.length > 0) throw new Exit(1);
}

/** Epoch ms. @throws Failure `misconfigured` when the text is no day or time. */
function momentOf(text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new Failure(
    "misconfigured",
    `--since takes a day or a time, for instance 2026-03-06 or 2026-03-06T12:00Z; "${text}" is neither.`,
  );
}

function together(pages: readonly ReplayView[]): ReplayView {
  return {
    same: pages.reduce((sum, { same }) => sum + same, 0),
    incomplete: pages.reduce((sum, { incomplete }) => sum + incomplete, 0),
    differences: pages.flatMap(({ differences }) => differences),
  };
}
