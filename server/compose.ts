import { randomBytes } from "node:crypto";
import { lookup } from "node:dns/promises";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pino from "pino";
import { connectors } from "../connectors/index.ts";
import {
  countPreview,
  describeLink,
  fieldChoices,
  namesFor,
  openLane,
  openSync,
  pagePreview,
  readingFields,
  replayEntries,
  verifySync,
} from "../engine/index.ts";
import type { Clock, Log } from "../engine/ports.ts";
import { PRIORITIES } from "../kit/http.ts";
import {
  allowedAddresses,
  guardedAgent,
  NOTHING_ALLOWED,
  partnerAgent,
  type Resolve,
  reachable,
} from "../kit/index.ts";
import { Failure } from "../model/errors.ts";
import { openStore } from "../store/index.ts";
import type { EngineDoor } from "./engineDoor.ts";
import { addressOf, type Env, OPERATOR_FILES } from "./env.ts";
import { type Hub, listenFailure, type OperatorToken, startHub } from "./hub.ts";
import { createSandboxControl, type SandboxAddresses } from "./sandboxControl.ts";
import { sqlOpener } from "./sql/index.ts";
import { type Keyring, keyringOf, MASTER_KEY_BYTES } from "./vault/index.ts";

export type { Hub } from "./hub.ts";
export type { SandboxAddresses } from "./sandboxControl.ts";

/** What a hub may be given beside its environment. */
export interface ComposeOptions {
  /** The emulators' addresses, when the hub belongs to a sandbox. */
  readonly sandbox?: SandboxAddresses;
}

/**
 * Makes a hub of this machine's files, network, clock and chance, and starts it. Apart from the command line this is
 * the only place that touches them.
 * @throws Failure `misconfigured`, one sentence, when something of the machine is not as it must be.
 */
export async function composeHub(env: Env, options: ComposeOptions = {}): Promise<Hub> {
  ensureFolder(env.dataDir);
  const keyring = keyringFrom(env);
  const store = openStore(env.storeUrl);
  const port = await availablePort(env.host, env.port);
  const agent = partnerAgent();
  const guarded = guardedAgent({ resolve: RESOLVE, allowed: allowedIn(env, options) });
  const pages = join(fileURLToPath(new URL("..", import.meta.url)), "web", "dist");
  const hub = await startHub({
    store,
    keyring,
    connectors: new Map(connectors.map((connector) => [connector.id, connector])),
    engine: ENGINE,
    clock: CLOCK,
    random: Math.random,
    newSecret: () => randomBytes(32).toString("base64url"),
    log: logOf(env.logLevel),
    dispatcher: agent,
    guarded,
    openSql: sqlOpener(async (host) => (await reachable(host, RESOLVE, allowedIn(env, options)))[0]?.address ?? host),
    listenOn: { host: env.host, port },
    publicUrl: addressOf({ ...env, port }),
    ownerEmail: env.ownerEmail,
    keepDays: env.keepDays,
    tombstoneDays: env.tombstoneDays,
    ...(env.metricsToken && { metricsToken: env.metricsToken }),
    ...(existsSync(join(pages, "index.html")) && { pagesFolder: pages }),
    ...(options.sandbox && { sandbox: createSandboxControl(options.sandbox, fetch) }),
    holder: `${hostname()}:${process.pid}`,
    operatorToken: operatorTokenIn(env.dataDir, options.sandbox === undefined ? "serve" : "sandbox"),
  });
  return {
    ...hub,
    stop: async () => {
      await hub.stop();
      await agent.close();
      await guarded.close();
    },
  };
}

/**
 * The port, if nothing listens on it at this moment; any free one for 0.
 * @throws Failure `misconfigured` saying what stands in the way.
 */
export function availablePort(host: string, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", (cause) => reject(listenFailure(cause, { host, port: wanted })));
    probe.listen(wanted, host, () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : wanted;
      probe.close(() => resolve(port));
    });
  });
}

/** Where the operator's token lies in the data folder, for its owner's eyes only. */
export function operatorTokenIn(dataDir: string, kind: keyof typeof OPERATOR_FILES): OperatorToken {
  const file = join(dataDir, OPERATOR_FILES[kind]);
  return {
    read: () => (existsSync(file) ? readFile(file).trim() : undefined),
    write: (token) => writePrivateFile(file, `${token}\n`),
  };
}

const ENGINE: EngineDoor = {
  fieldChoices,
  openLane,
  verifySync,
  countPreview,
  pagePreview,
  replayEntries,
  describeLink: async (sync, link, partnerOf, store) => {
    const open = openSync(sync.workspaceId, sync, partnerOf, readingFields(store));
    const context = { priority: PRIORITIES.live, calls: [] };
    const mapping = await open.mapping(context);
    return describeLink(mapping, link, await namesFor(mapping, open, context));
  },
  missingFields: async (sync, partnerOf, store) => {
    const open = openSync(sync.workspaceId, sync, partnerOf, readingFields(store));
    const { missing } = await open.mapping({ priority: PRIORITIES.live, calls: [] });
    return missing.map(({ side, key }) => ({ side, field: key }));
  },
};

const RESOLVE: Resolve = async (host) => {
  const found = await lookup(host, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/** In a sandbox all that is called lies on this machine. */
function allowedIn({ allowedAddresses: allowed = NOTHING_ALLOWED }: Env, { sandbox }: ComposeOptions) {
  if (sandbox === undefined) return allowed;
  const here = allowedAddresses(["127.0.0.1"]) ?? NOTHING_ALLOWED;
  return { hosts: allowed.hosts, ranges: [...allowed.ranges, ...here.ranges] };
}

const CLOCK: Clock = {
  now: Date.now,
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Log lines go to the error stream, so that what a command prints stays clean. */
function logOf(level: Env["logLevel"]): Log {
  const logger = pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}

/** The keys of the environment, else of `master.key` in the data folder: one per line, newest first. */
function keyringFrom(env: Env): Keyring {
  if (env.masterKeys !== undefined) return keyringOf(env.masterKeys);
  const file = join(env.dataDir, "master.key");
  if (!existsSync(file)) writePrivateFile(file, `${randomBytes(MASTER_KEY_BYTES).toString("base64url")}\n`);
  const keys = readFile(file)
    .split(/\s+/)
    .filter((key) => key !== "");
  try {
    return keyringOf(keys);
  } catch (cause) {
    throw new Failure("misconfigured", `The file ${file} must hold keys of 32 bytes in base64url, one per line.`, {
      cause,
    });
  }
}

/** Makes the data folder and lets nobody but its owner in; one that others share on purpose (`/tmp`) stays as it is. */
function ensureFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { mode, uid } = statSync(folder);
    const isOurs = uid === process.getuid?.() && (mode & STICKY) === 0;
    if (isOurs && (mode & 0o077) !== 0) chmodSync(folder, 0o700);
  } catch (cause) {
    throw fileFailure(`The data folder ${folder} cannot be made`, cause);
  }
}

/** The mode bit of folders in which everybody keeps files of their own. */
const STICKY = 0o1000;

function readFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw fileFailure(`The file ${file} cannot be read`, cause);
  }
}

function writePrivateFile(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (cause) {
    throw fileFailure(`The file ${file} cannot be written in ${dirname(file)}`, cause);
  }
}

function fileFailure(what: string, cause: unknown): Failure {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const why =
    {
      EACCES: "permission denied",
      EROFS: "the disk is read-only",
      ENOSPC: "the disk is full",
      ENOTDIR: "part of the path is a file",
      EEXIST: "there is a file of that name",
    }[code] ?? code;
  return new Failure("misconfigured", `${what}: ${why}; correct it or set KITH_DATA_DIR to another folder.`, { cause });
}
