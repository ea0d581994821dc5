import { join } from "node:path";
import { ROUTES } from "../../model/api/routes.ts";
import { availablePort, composeHub } from "../../server/compose.ts";
import { addressOf, type Env, readEnv } from "../../server/env.ts";
import { createCall, hubAccess } from "../client.ts";
import { type Emulators, startEmulators } from "../emulators.ts";
import { sandboxWorkspace } from "../sandboxWorkspace.ts";
import { untilInStep } from "../untilInStep.ts";
import type { World } from "../world.ts";
import { announce } from "./serve.ts";

/** What `sandbox` is asked. */
export interface SandboxOptions {
  readonly seed: string;
  readonly contacts: string;
}

/**
 * Runs a hub between emulated partners full of invented people, on a fresh store, until it is stopped. Says how far the
 * first sync is, and when both sides are in step.
 */
export async function sandbox(world: World, options: SandboxOptions): Promise<void> {
  const env = await sandboxEnv(readEnv(world.environment));
  const storeFile = join(env.dataDir, `sandbox-${env.port}.db`);
  for (const ending of ["", "-wal", "-shm"]) await world.removeFile(storeFile + ending);
  const hooks = `${addressOf({ host: env.host, port: env.port })}/hooks`;
  const emulators = await startEmulators({ ...options, hooks });
  try {
    await run(world, { ...env, storeUrl: `sqlite:${storeFile}` }, emulators);
  } finally {
    await emulators.stop();
  }
}

async function run(world: World, env: Env, emulators: Emulators): Promise<void> {
  const { highlevel, salesmate, trustmary, trustpilot, trint, daybook } = emulators.ready;
  const addresses = { highlevel, salesmate, trustmary, trustpilot, trint };
  const urls = Object.fromEntries(Object.entries(addresses).map(([name, { url }]) => [name, url]));
  const hub = await composeHub(env, { sandbox: { ...urls, daybook } });
  try {
    await announce(world, hub);
    world.started();
    const call = createCall(
      { ...(await hubAccess(world, { sandbox: true })), url: addressOf({ host: env.host, port: env.port }) },
      world.fetch,
    );
    const config = sandboxWorkspace(emulators.ready);
    await call(ROUTES.applyWorkspace, { params: { workspaceId: config.workspace.id }, body: config });
    const watching = untilInStep(world, call, config.workspace.id);
    // Whoever stops the sandbox does not wait for a comparison; it fails then, because the hub is gone.
    watching.catch(() => undefined);
    await Promise.race([watching, world.stopped]);
    await world.stopped;
  } finally {
    await hub.stop();
  }
}

/** The port is claimed before anything is removed: a sandbox that runs already keeps its store. */
async function sandboxEnv(env: Env): Promise<Env> {
  return { ...env, port: await availablePort(env.host, env.port) };
}
