import { KEPT_ROUTES, type KeptRecord, type KeptView } from "../../model/api/kept.ts";
import { Failure } from "../../model/errors.ts";
import type { Call } from "../client.ts";
import type { World } from "../world.ts";
import { workspaceId } from "./workspace.ts";

/** What `kept` is asked. */
export interface KeptOptions {
  readonly workspace?: string | undefined;
  /** Only one kind, such as `note`; all kinds when absent. */
  readonly kind?: string | undefined;
  /** Only what changed since, for instance 2026-03-06. */
  readonly since?: string | undefined;
  /** Shows the kinds and how many there are of each, and no records. */
  readonly count?: boolean | undefined;
}

const PAGE = 200;

/**
 * Prints what the hub keeps itself for a connection as JSON lines, one record each, those that changed longest ago first
 * within each kind. Whatever changes meanwhile is printed again as it is then.
 */
export async function kept(world: World, call: Call, connectionId: string, options: KeptOptions): Promise<void> {
  const params = { workspaceId: await workspaceId(call, options.workspace), connectionId };
  const view = await call(KEPT_ROUTES.kept, { params });
  const kinds = chosen(view, options.kind);
  if (options.count === true) {
    for (const { resource, count } of kinds) world.print(`${resource}: ${count}`);
    return;
  }
  const since = timeOf(options.since);
  for (const { resource } of kinds) {
    for await (const record of recordsOf(call, { ...params, resource }, since)) world.print(JSON.stringify(record));
  }
}

/** @throws Failure `rejected` for a kind that the hub does not keep there */
function chosen({ connection, resources }: KeptView, kind: string | undefined): KeptView["resources"] {
  const found = resources.filter(({ resource }) => kind === undefined || resource === kind);
  if (found.length > 0 || kind === undefined) return found;
  const known = resources.map(({ resource }) => resource).join(", ");
  const words = known === "" ? "nothing" : known;
  throw new Failure("rejected", `The hub keeps no ${kind} for ${connection.name}. It keeps: ${words}.`);
}

/** @throws Failure `misconfigured` for what is no time */
function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return at;
  throw new Failure("misconfigured", `--since takes a date or a time, for instance 2026-03-06; "${text}" is neither.`);
}

async function* recordsOf(
  call: Call,
  params: { readonly workspaceId: string; readonly connectionId: string; readonly resource: string },
  since: number | undefined,
): AsyncGenerator<KeptRecord, void> {
  let cursor: string | undefined;
  do {
    const query = {
      order: "changed",
      limit: PAGE,
      ...(since !== undefined && { since }),
      ...(cursor && { cursor }),
    } as const;
    const page = await call(KEPT_ROUTES.keptRecords, { params, query });
    yield* page.records;
    cursor = page.next;
  } while (cursor !== undefined);
}
