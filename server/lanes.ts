import type { LaneWorker } from "../engine/index.ts";
import type { Sync } from "../engine/ports.ts";
import type { HubStore } from "../store/port.ts";

/** The workers of all workspaces in this process. */
export interface Lanes {
  /** Starts the workspace's worker, or hands the running one its syncs anew. */
  readonly refresh: (workspaceId: string) => Promise<void>;
  /** Tells a worker that something is due. */
  readonly wake: (workspaceId: string) => void;
  /** Whether this process works every workspace that it has taken, none of which another has taken since. */
  readonly areHeld: () => boolean;
  /** Lets every worker finish what it is doing, and stops. */
  readonly stop: () => Promise<void>;
}

/** Starts a worker for one workspace. */
export type StartLane = (workspaceId: string, syncs: readonly Sync[]) => Promise<LaneWorker>;

/** What says which syncs there are, and which of them are paused. */
export type ConfigurationStore = Pick<HubStore, "workspaces" | "connections" | "syncs">;

/** No lanes yet. */
export function createLanes(store: ConfigurationStore, start: StartLane): Lanes {
  const workers = new Map<string, Promise<LaneWorker>>();
  const running = new Map<string, LaneWorker>();

  async function begin(workspaceId: string, syncs: readonly Sync[]): Promise<void> {
    const starting = start(workspaceId, syncs);
    workers.set(workspaceId, starting);
    try {
      running.set(workspaceId, await starting);
    } catch (thrown) {
      workers.delete(workspaceId);
      throw thrown;
    }
  }

  return {
    refresh: async (workspaceId) => {
      const syncs = await syncsOf(store, workspaceId);
      const worker = workers.get(workspaceId);
      if (worker === undefined) await begin(workspaceId, syncs);
      else await (await worker).setSyncs(syncs);
    },
    wake: (workspaceId) => running.get(workspaceId)?.wake(),
    areHeld: () => [...running.values()].every((worker) => worker.isHeld()),
    stop: async () => {
      const started = await Promise.all(workers.values());
      workers.clear();
      running.clear();
      await Promise.all(started.map((worker) => worker.stop()));
    },
  };
}

/** The workspace's syncs as the engine takes them; one is paused with the workspace and with either of its connections. */
export async function syncsOf(store: ConfigurationStore, workspaceId: string): Promise<Sync[]> {
  const [workspaces, connections, syncs] = await Promise.all([
    store.workspaces(),
    store.connections(workspaceId),
    store.syncs(workspaceId),
  ]);
  const isWorkspacePaused = workspaces.some(({ id, isPaused }) => id === workspaceId && isPaused);
  const paused = new Set(connections.filter((row) => row.isPaused).map((row) => row.id));
  return syncs.map(({ config, version, isPaused }) => ({
    ...config,
    workspaceId,
    version,
    isPaused: isWorkspacePaused || isPaused || paused.has(config.left) || paused.has(config.right),
  }));
}
