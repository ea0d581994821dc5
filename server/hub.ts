import type { FastifyInstance } from "fastify";
import type { Clock, Log, Random } from "../engine/ports.ts";
import type { Connector } from "../kit/connector.ts";
import { partnerAgent } from "../kit/index.ts";
import { Failure } from "../model/errors.ts";
import type { HubStore } from "../store/port.ts";
import { createSignIn, type SignIn } from "./auth/index.ts";
import type { OpenerOptions } from "./connections/index.ts";
import { addressesFor, createDesk, type DeskParts } from "./desk/index.ts";
import { affordableCounts } from "./dueCounts.ts";
import type { EngineDoor } from "./engineDoor.ts";
import { createApp, createHandlers } from "./http/index.ts";
import { createConsents } from "./oauth/index.ts";
import { createObservers, type Observers } from "./observers.ts";
import { startRetention } from "./retention.ts";
import type { SandboxControl } from "./sandboxControl.ts";
import { createVault, derivedSecret, type Keyring } from "./vault/index.ts";
import { beginWork, createWork, endWork, type Work } from "./work.ts";

/** Everything a hub is made of; `compose.ts` takes it from the machine, tests make their own. */
export interface HubParts {
  readonly store: HubStore;
  readonly keyring: Keyring;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly engine: EngineDoor;
  readonly clock: Clock;
  readonly random: Random;
  /** Makes a text that nobody can guess: 32 bytes of chance in base64url. */
  readonly newSecret: () => string;
  readonly log: Log;
  /** The way out to all partners; one per connection when absent. */
  readonly dispatcher?: NonNullable<OpenerOptions["dispatcher"]>;
  /** The way out to addresses that somebody typed in; `dispatcher` when absent. */
  readonly guarded?: NonNullable<OpenerOptions["dispatcher"]>;
  /** How databases that are apps are opened; they can not be when absent. */
  readonly openSql?: NonNullable<OpenerOptions["openSql"]>;
  readonly listenOn: { readonly host: string; readonly port: number };
  readonly publicUrl: string;
  readonly ownerEmail: string;
  /** How long journal entries and webhooks are kept, days. */
  readonly keepDays: number;
  /** How long deleted records are remembered, days. */
  readonly tombstoneDays: number;
  readonly metricsToken?: string;
  readonly pagesFolder?: string;
  readonly sandbox?: SandboxControl;
  /** Names this process among those that share the store. */
  readonly holder: string;
  readonly operatorToken: OperatorToken;
}

/** Where the operator's token is kept for the command line. */
export interface OperatorToken {
  readonly read: () => string | undefined;
  readonly write: (token: string) => void;
}

/** A running hub. */
export interface Hub {
  /** The public address. */
  readonly url: string;
  /** The address that this process itself listens on. */
  readonly listensAt: string;
  /** Makes a link that signs the owner in once. */
  readonly newSignInLink: () => Promise<string>;
  /** Takes nothing more, finishes what is being worked on, closes everything. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a hub: brings the store up to date, listens, opens every connection, and starts a lane per workspace. It
 * listens before it takes any lane, so that a second hub started by mistake disturbs nothing of the first.
 * @throws Failure `misconfigured` when the store or the port cannot be had; everything is closed again then.
 */
export async function startHub(parts: HubParts): Promise<Hub> {
  const closers: (() => void | Promise<void>)[] = [parts.store.close];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const store = { ...parts.store, dueCounts: affordableCounts(parts.store.dueCounts, parts.clock) };
    const { signIn, listensAt } = await start({ ...parts, store }, closers);
    return { url: parts.publicUrl, listensAt, newSignInLink: signIn.newLink, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

/** Starts everything in order and notes how each is closed; closing goes the other way round. */
async function start(parts: HubParts, closers: (() => void | Promise<void>)[]) {
  await parts.store.migrate();
  const observers = createObservers(parts.store, parts.clock, new Set(parts.connectors.keys()));
  const work = createWork(parts, observers);
  closers.push(() => endWork(parts, work));
  const signIn = signInOf(parts);
  const app = await appOf(parts, observers, work, signIn);
  closers.push(() => app.close(), observers.close);
  const listensAt = await listen(app, parts.listenOn);
  await keepOperator(parts, signIn);
  await beginWork(parts, work);
  closers.push(startRetention(parts));
  return { signIn, listensAt };
}

function signInOf(parts: HubParts): SignIn {
  return createSignIn({
    auth: parts.store.auth,
    publicUrl: parts.publicUrl,
    secret: derivedSecret(parts.keyring, "kith sign-in"),
    ownerEmail: parts.ownerEmail,
    now: parts.clock.now,
  });
}

/** Sees that the command line has a token that works, and that it is the only one. */
async function keepOperator({ operatorToken }: HubParts, signIn: SignIn): Promise<void> {
  const kept = operatorToken.read();
  const token = await signIn.operatorToken(kept);
  if (token !== kept) operatorToken.write(token);
  await signIn.endOtherOperators(token);
}

function appOf(parts: HubParts, observers: Observers, work: Work, signIn: SignIn): Promise<FastifyInstance> {
  const { store, connectors, engine, clock, random, sandbox, publicUrl, metricsToken, pagesFolder, log } = parts;
  const { metrics, streams, news } = observers;
  const { intake, credentials, onConnected, ...rest } = work;
  const isSandbox = sandbox !== undefined;
  const dispatcher = parts.dispatcher ?? partnerAgent(1);
  const consents = createConsents({
    ...{ store, connectors, credentials, onConnected, clock, publicUrl, dispatcher, newSecret: parts.newSecret },
    registry: work.registry,
    vault: createVault(parts.keyring),
    ...(parts.guarded && { guarded: parts.guarded }),
    addSignedIn: (workspaceId, wanted) => desk.addSignedIn(workspaceId, wanted),
    addressesFor: (workspaceId, draft) => addressesFor({ store, connectors, isSandbox }, workspaceId, draft),
  });
  const deskParts: DeskParts = {
    ...{ store, connectors, credentials, consents, clock, dispatcher, publicUrl, onConnected, isSandbox },
    registry: work.registry,
  };
  const desk = createDesk(deskParts);
  const newSignInLink = signIn.newLink;
  const handlers = createHandlers({
    ...rest,
    guarded: parts.guarded ?? partnerAgent(1),
    store,
    connectors,
    engine,
    clock,
    random,
    desk,
    deskParts,
    news,
    newSignInLink,
    consents,
    ...(sandbox && { sandbox }),
  });
  return createApp({
    handlers,
    signIn,
    consents,
    intake,
    streams,
    metrics,
    ping: store.ping,
    areLanesHeld: work.lanes.areHeld,
    publicUrl,
    ...(metricsToken && { metricsToken }),
    ...(pagesFolder && { pagesFolder }),
    log,
  });
}

async function listen(app: FastifyInstance, on: HubParts["listenOn"]): Promise<string> {
  try {
    return await app.listen({ host: on.host, port: on.port });
  } catch (cause) {
    throw listenFailure(cause, on);
  }
}

/** Why a port cannot be listened on, and what to do, in one sentence. */
export function listenFailure(cause: unknown, { host, port }: HubParts["listenOn"]): Failure {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const at = `Port ${port} of ${host}`;
  const why =
    {
      EADDRINUSE: "is in use, perhaps by another hub; stop that, or set KITH_PORT to another port.",
      EACCES: "may not be used by this account; set KITH_PORT to a port above 1023.",
      EADDRNOTAVAIL: "is not an address of this machine; correct KITH_HOST.",
      ENOTFOUND: "is not an address of this machine; correct KITH_HOST.",
    }[code] ?? `cannot be listened on (${code || "unknown reason"}); check KITH_HOST and KITH_PORT.`;
  return new Failure("misconfigured", `${at} ${why}`, { cause });
}
