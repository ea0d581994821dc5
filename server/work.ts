import { asFailure } from "../model/errors.ts";
import { idMaker } from "../model/ids.ts";
import { type ApplyWorkspace, createApply } from "./apply/index.ts";
import {
  type Books,
  type ConnectionRegistry,
  type Credentials,
  createBooks,
  createCredentials,
  createRegistry,
  openerOf,
  releaseWaiting,
} from "./connections/index.ts";
import type { EngineDoor } from "./engineDoor.ts";
import { createWatch } from "./health/index.ts";
import type { HubParts } from "./hub.ts";
import { createLanes, type Lanes } from "./lanes.ts";
import type { Metrics } from "./metrics/index.ts";
import { followInstallation } from "./oauth/index.ts";
import type { Observers } from "./observers.ts";
import { createVault } from "./vault/index.ts";
import { createDirectory, createIntake, type Intake, type ToldInstallation } from "./webhooks/index.ts";

/** The working parts of a hub: connections, lanes, and the two ways in which work arrives. */
export interface Work {
  readonly registry: ConnectionRegistry;
  readonly lanes: Lanes;
  readonly apply: ApplyWorkspace;
  readonly intake: Intake;
  readonly credentials: Credentials;
  /** Called when a connection was given another credential: what waits for it goes on. */
  readonly onConnected: (workspaceId: string, connectionId: string) => Promise<void>;
}

/** What the working parts are made of. */
export type WorkParts = Pick<
  HubParts,
  "store" | "keyring" | "connectors" | "clock" | "random" | "log" | "dispatcher" | "guarded" | "openSql" | "holder"
> & { readonly engine: Pick<EngineDoor, "openLane"> };

/** Who is told of the work. */
export type WorkObservers = Pick<Observers, "news"> & {
  readonly metrics: Pick<Metrics, "call" | "webhook" | "watchAllowances">;
};

/**
 * Sets up the working parts; nothing moves before `beginWork`.
 * @param vault seals the credentials; one over the keyring unless another is handed in
 */
export function createWork(parts: WorkParts, observers: WorkObservers, vault = createVault(parts.keyring)): Work {
  const { store, connectors, clock, log } = parts;
  const credentials = createCredentials(store, vault, parts.holder);
  const newId = idMaker(clock.now, parts.random);
  const books = createBooks({ store, clock, newId, wake: (workspaceId) => lanes.wake(workspaceId) });
  const registry = registryOf(parts, observers, credentials.accessOf, books);
  observers.metrics.watchAllowances(registry.allowances);
  const lanes: Lanes = lanesOf(parts, observers, registry);
  const directory = createDirectory(store, connectors);
  const onApplied = async (workspaceId: string) => {
    directory.forget();
    await lanes.refresh(workspaceId);
  };
  const { wake } = lanes;
  const count = observers.metrics.webhook;
  const onConnected = async (workspaceId: string, connectionId: string) => {
    await onApplied(workspaceId);
    await releaseWaiting(store, workspaceId, connectionId, clock.now());
    wake(workspaceId);
  };
  const onInstallation = async (told: ToldInstallation) => {
    // The sender is not kept waiting while its own API is asked.
    void followInstallation({ store, connectors, credentials, registry, onConnected }, told)
      .then(() => {
        // Whatever became of the connections, pages that list an agency's accounts read them anew.
        for (const proof of told.provedBy) observers.news({ kind: "connection", ...proof });
      })
      .catch((thrown: unknown) =>
        log.error(
          { connectorId: told.connectorId, error: asFailure(thrown).message },
          "an installation was not followed",
        ),
      );
  };
  return {
    registry,
    lanes,
    apply: createApply({ store, connectors, credentials, registry, clock, onApplied, wake }),
    credentials,
    onConnected,
    intake: createIntake({ books, directory, store, clock, newId, log, count, wake, onInstallation }),
  };
}

/** Opens every stored connection and starts a lane per workspace. */
export async function beginWork(parts: Pick<WorkParts, "store">, work: Work): Promise<void> {
  for (const { id } of await parts.store.workspaces()) {
    for (const row of await parts.store.connections(id)) await work.registry.open(row);
    await work.lanes.refresh(id);
  }
}

/** How long calls may still wait for a partner's allowance when the hub stops, ms. */
export const STOP_GRACE_MS = 1_000;
const HURRY_MS = 100;

/**
 * Lets the lanes finish what they are doing. Calls that wait for an allowance would take up to half a minute; after the
 * grace they are refused, and their keys are due again at the next start.
 */
export async function endWork({ clock }: Pick<HubParts, "clock">, { lanes, registry }: Work): Promise<void> {
  const hurry = (): void => {
    registry.refuseWaiting();
    cancel = clock.after(HURRY_MS, hurry);
  };
  let cancel = clock.after(STOP_GRACE_MS, hurry);
  await lanes.stop();
  cancel();
  await registry.close();
}

function registryOf(
  parts: WorkParts,
  { metrics, news }: WorkObservers,
  credentialOf: Parameters<typeof createRegistry>[0]["credentialOf"],
  books: Books,
): ConnectionRegistry {
  const { store, connectors, clock, random, log, dispatcher, guarded, openSql } = parts;
  const openWith = openerOf({
    clock,
    random,
    ...(dispatcher && { dispatcher }),
    ...(guarded && { guarded }),
    ...(openSql && { openSql }),
    agencyOf: credentialOf,
    books,
    keep: (row, calls) => store.putAllowance(row.workspaceId, row.id, calls),
    keepScopes: (row, scopes) => store.putKnownScopes(row.workspaceId, row.id, scopes),
    onCall: (row, call) => metrics.call(row.workspaceId, row.id, call),
  });
  const watch = createWatch({ store, clock, log, news });
  return createRegistry({ connectors, store, credentialOf, openWith, watch });
}

function lanesOf(parts: WorkParts, { news }: WorkObservers, { partnerOf }: ConnectionRegistry): Lanes {
  const { store, holder, clock, random, log } = parts;
  return createLanes(store, (workspaceId, syncs) =>
    parts.engine.openLane({ workspaceId, syncs, holder, store, partnerOf, clock, random, log, news }),
  );
}
