import type { Dispatcher } from "undici";
import type { Clock } from "../../engine/ports.ts";
import type { Connector } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { ConnectionRow, HubStore } from "../../store/port.ts";
import type { ConnectionRegistry, Credentials } from "../connections/index.ts";
import type { Consents } from "../oauth/index.ts";

/** What connecting by the dashboard stands on. */
export interface DeskParts {
  readonly store: HubStore;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly credentials: Credentials;
  readonly registry: ConnectionRegistry;
  readonly consents: Pick<Consents, "reasonToConnect">;
  readonly clock: Clock;
  /** The way out to partners for what no connection asks. */
  readonly dispatcher: Dispatcher;
  readonly publicUrl: string;
  /** A hub between emulators: accounts that are connected there lie at the emulators, never at a real partner. */
  readonly isSandbox: boolean;
  /** Called when a connection was added, changed or signed in: lanes and caches take it up, and what waited goes on. */
  readonly onConnected: (workspaceId: string, connectionId: string) => Promise<void>;
}

/** The connector of this id. @throws Failure `not_found` */
export function connectorOf({ connectors }: Pick<DeskParts, "connectors">, connectorId: string): Connector {
  const found = connectors.get(connectorId);
  if (found !== undefined) return found;
  throw new Failure(
    "not_found",
    `There is no ${connectorId} to connect; there are ${[...connectors.keys()].join(", ")}.`,
  );
}

/** The connection of this id. @throws Failure `not_found` */
export async function rowOf(
  { store }: Pick<DeskParts, "store">,
  workspaceId: string,
  connectionId: string,
): Promise<ConnectionRow> {
  const row = await store.connection(workspaceId, connectionId);
  if (row !== undefined) return row;
  throw new Failure("not_found", `There is no connection ${connectionId} in ${workspaceId}.`);
}

/** The account that settings lead to; `undefined` for settings that are not right, which is told elsewhere. */
export function accountOf(connector: Connector, settings: unknown): string | undefined {
  const parsed = connector.settings.safeParse(settings);
  return parsed.success ? connector.account(parsed.data) : undefined;
}
