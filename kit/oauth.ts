import type { Dispatcher } from "undici";
import { z } from "zod";
import { Failure } from "../model/errors.ts";
import { parseAddress } from "./addresses.ts";
import type { Clock } from "./clock.ts";
import type { Credential, StoredCredential } from "./connector.ts";
import { retryAfterAt } from "./retryAfter.ts";
import { exchange, type Received } from "./transport.ts";

/** The OAuth form of a credential. */
export type OAuthCredential = Extract<Credential, { kind: "oauth" }>;

/** A credential that ends and is exchanged for another before it does. */
export type EndingCredential = Exclude<Credential, { kind: "token" }>;

/** The form of a credential that is made from an agency's pair. */
export type MintedCredential = Extract<Credential, { kind: "minted" }>;

/** How the secret part of one connection is read and kept. */
export interface CredentialAccess {
  /** The credential as stored. Called for every request, so it should answer from memory. */
  readonly load: () => Promise<StoredCredential>;
  /** The credential as it is stored now, whoever stored it; answered by `load` from then on. */
  readonly reread?: () => Promise<StoredCredential>;
  /** Stores a new pair; must be durable when it resolves. */
  readonly store: (credential: Credential) => Promise<void>;
  /**
   * The right to exchange the credential until a time, epoch ms, which one keeper has among those of all processes;
   * `undefined` while another has it. Without it this keeper is taken to be the only one.
   */
  readonly claim?: (at: number, until: number) => Promise<Claim | undefined>;
}

/** The right to exchange a credential. */
export interface Claim {
  readonly release: () => Promise<void>;
}

/** What keeping a credential fresh needs. */
export interface CredentialKeeperOptions {
  readonly connectionId: string;
  readonly partner: string;
  readonly access: CredentialAccess;
  readonly clock: Clock;
  readonly dispatcher: Dispatcher;
  /** Sent beside the standard parameters of a refresh. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Makes tokens of an account from the pair of its agency; absent where the partner has none. */
  readonly mint?: Mint;
  /** Where the app's own id and secret are exchanged for a token, with nobody asked; absent where the partner has none. */
  readonly ownGrant?: { readonly tokenUrl: string; readonly scopes: readonly string[] };
}

/** Asks for a token of an account. @throws Failure when the agency's own pair is of no use or no answer came */
export type Mint = (stale: MintedCredential) => Promise<Received>;

/** Hands out a credential that can be used now. */
export interface CredentialKeeper {
  /** The credential to send, refreshed first when it is about to expire. */
  readonly current: () => Promise<Credential>;
  /** Gets another after `refused` was answered with 401. @throws Failure `unauthorized` when there is none to get. */
  readonly renew: (refused: Credential) => Promise<Credential>;
}

/** How long before its end a token is replaced. */
const EARLY_MS = 120_000;
const TIMEOUT_MS = 20_000;
/** How long the right to exchange lasts should its holder die: longer than an exchange can take. */
const CLAIM_MS = 45_000;
/** How long a call waits for the exchange that another process makes, and how often it looks. */
const PATIENCE_MS = 15_000;
const LOOK_MS = 200;

/** As OAuth spells it, or as newer generations of some APIs do. */
const TokenAnswer = z.preprocess(
  (body) => {
    const { accessToken, refreshToken, expiresIn, ...rest } = Object(body);
    return { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresIn, ...rest };
  },
  z.object({
    access_token: z.string().min(1),
    refresh_token: z.string().min(1).optional(),
    expires_in: z.coerce.number().positive().default(3_600),
    scope: z.string().optional(),
  }),
);

/**
 * Keeps one connection's credential usable. At most one refresh is under way at a time, among the keepers of all
 * processes, and a new pair is stored before it is used: refresh tokens work once, so a pair that is lost can only be
 * replaced by a person.
 *
 * The old refresh token stays until a new pair is stored. So it is tried again after an answer that was lost; a partner
 * that has used it up by then refuses it, and only that asks for a person.
 */
export function credentialKeeper(options: CredentialKeeperOptions): CredentialKeeper {
  const { clock } = options;
  const state: KeeperState = { unstored: undefined };
  let underWay: Promise<Credential> | undefined;

  const refresh = (stale: EndingCredential, patienceMs: number): Promise<Credential> => {
    underWay ??= exchangeInTurn(options, stale, state, patienceMs).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };

  const current = async (): Promise<Credential> => {
    const credential = await loaded(options);
    if (credential.kind === "token" || clock.now() < credential.expiresAt - EARLY_MS) return credential;
    const isOver = clock.now() >= credential.expiresAt;
    return refresh(credential, isOver ? PATIENCE_MS : 0).catch((failure: unknown) => {
      // Early is early: while the token still works, a token endpoint that is down need not stop anything.
      if (isPassing(failure) && clock.now() < credential.expiresAt) return credential;
      throw failure;
    });
  };

  const renew = async (refused: Credential): Promise<Credential> => {
    const credential = await loaded(options);
    if (credential.kind === "token") throw reconnect(options, "the token was refused");
    // Someone else may have renewed it while our call was under way.
    if (refused.kind !== "token" && refused.accessToken !== credential.accessToken) return credential;
    return refresh(credential, PATIENCE_MS);
  };

  return { current, renew };
}

/** The credential, or a failure while nobody has agreed yet; another process may be the one that was told. */
async function loaded(options: CredentialKeeperOptions): Promise<Credential> {
  const known = await options.access.load();
  const credential = known.kind === "consent" ? ((await options.access.reread?.()) ?? known) : known;
  if (credential.kind !== "consent") return credential;
  if (options.ownGrant !== undefined) return beforeGrant(credential, options.ownGrant.tokenUrl);
  throw new Failure(
    "unauthorized",
    `Connection "${options.connectionId}" is not signed in to ${options.partner} yet. Connect it on its page, or run \`kith connect ${options.connectionId}\`.`,
  );
}

/** Stands for a refresh token where the app's own id and secret are exchanged instead. */
const NOTHING_TO_REFRESH = "exchanged by the id and secret of the app";

/** The app's id and secret as a token that has ended before there was any: it is exchanged before it is used. */
function beforeGrant(
  app: { readonly clientId: string; readonly clientSecret: string },
  tokenUrl: string,
): OAuthCredential {
  const { clientId, clientSecret } = app;
  return {
    kind: "oauth",
    accessToken: "",
    refreshToken: NOTHING_TO_REFRESH,
    expiresAt: 0,
    clientId,
    clientSecret,
    tokenUrl,
  };
}

/** What a keeper remembers between refreshes. */
interface KeeperState {
  /** A pair that was given in exchange for another and could not be stored: the partner will not give it again. */
  unstored: { readonly stale: EndingCredential; readonly fresh: EndingCredential } | undefined;
}

/** Waits for the right to exchange, and takes what another keeper has stored meanwhile instead, if one has. */
async function exchangeInTurn(
  options: CredentialKeeperOptions,
  stale: EndingCredential,
  state: KeeperState,
  patienceMs: number,
): Promise<Credential> {
  const { access, clock } = options;
  if (access.claim === undefined) return refreshAndStore(options, stale, state);
  const giveUpAt = clock.now() + patienceMs;
  for (;;) {
    const claim = await access.claim(clock.now(), clock.now() + CLAIM_MS);
    try {
      const stored = await access.reread?.();
      if (stored !== undefined && isAnother(stored, stale)) return stored;
      if (claim !== undefined) return await refreshAndStore(options, stale, state);
    } finally {
      await claim?.release();
    }
    if (clock.now() >= giveUpAt) throw silence(options, "is asked by another process at this moment");
    await new Promise<void>((resolve) => void clock.after(LOOK_MS, resolve));
  }
}

function isAnother(stored: StoredCredential, stale: EndingCredential): stored is Credential {
  if (stored.kind === "consent") return false;
  if (stored.kind !== stale.kind || stored.accessToken !== stale.accessToken) return true;
  return stored.kind === "oauth" && stale.kind === "oauth" && stored.refreshToken !== stale.refreshToken;
}

function isPassing(failure: unknown): boolean {
  return failure instanceof Failure && (failure.kind === "unavailable" || failure.kind === "rate_limited");
}

async function refreshAndStore(
  options: CredentialKeeperOptions,
  stale: EndingCredential,
  state: KeeperState,
): Promise<Credential> {
  const { unstored } = state;
  const isKept = unstored !== undefined && !isAnother(unstored.stale, stale);
  const fresh = isKept ? unstored.fresh : await exchanged(options, stale);
  if (fresh === undefined) return storedByAnother(options, stale);
  state.unstored = { stale, fresh };
  await options.access.store(fresh);
  state.unstored = undefined;
  return fresh;
}

/** Another process may have used the old token before, and kept what it was given for it. */
async function storedByAnother(options: CredentialKeeperOptions, stale: EndingCredential): Promise<Credential> {
  const stored = await options.access.reread?.();
  if (stored !== undefined && isAnother(stored, stale)) return stored;
  throw reconnect(options, "it refused to refresh it");
}

/** The pair that the partner gives for an old one; `undefined` when it refuses the old one. */
async function exchanged(
  options: CredentialKeeperOptions,
  stale: EndingCredential,
): Promise<EndingCredential | undefined> {
  const received = await (stale.kind === "oauth" ? askForToken(options, stale) : askForMinted(options, stale));
  if (received.status >= 400 && received.status < 500 && received.status !== 429) return undefined;
  const parsed = TokenAnswer.safeParse(received.body);
  if (received.status !== 200 && received.status !== 201) throw notNow(options, received);
  if (!parsed.success) throw notNow(options, received);
  const fresh = {
    accessToken: parsed.data.access_token,
    expiresAt: options.clock.now() + parsed.data.expires_in * 1_000,
    ...scopesOf(parsed.data.scope),
  };
  if (stale.kind === "minted") return { ...stale, ...fresh };
  return { ...stale, ...fresh, refreshToken: parsed.data.refresh_token ?? stale.refreshToken };
}

function askForMinted(options: CredentialKeeperOptions, stale: MintedCredential): Promise<Received> {
  if (options.mint !== undefined) return options.mint(stale);
  throw new Failure(
    "bug",
    `Connection "${options.connectionId}" has a token of an agency, which ${options.partner} has not.`,
  );
}

/** What the token endpoint said of the permissions, as OAuth writes them: with blanks between. */
export function scopesOf(said: string | undefined): Pick<OAuthCredential, "scopes"> {
  const scopes = said?.split(/\s+/).filter((scope) => scope !== "") ?? [];
  return scopes.length === 0 ? {} : { scopes };
}

function askForToken(options: CredentialKeeperOptions, stale: OAuthCredential): Promise<Received> {
  const { origin, prefix } = parseAddress(stale.tokenUrl, `token address of connection "${options.connectionId}"`);
  const { ownGrant } = options;
  const form = new URLSearchParams({
    ...(ownGrant === undefined
      ? { grant_type: "refresh_token", refresh_token: stale.refreshToken }
      : { grant_type: "client_credentials", ...(ownGrant.scopes.length > 0 && { scope: ownGrant.scopes.join(" ") }) }),
    client_id: stale.clientId,
    client_secret: stale.clientSecret,
    ...options.parameters,
  });
  return exchange({
    dispatcher: options.dispatcher,
    clock: options.clock,
    target: { origin, path: prefix === "" ? "/" : prefix },
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded", "user-agent": "kith" },
    body: form.toString(),
    timeoutMs: TIMEOUT_MS,
    onSilence: (how, code) => silence(options, code === "" ? how : `${how} (${code})`),
  });
}

function silence(options: CredentialKeeperOptions, how: string): Failure {
  return new Failure(
    "unavailable",
    `Could not refresh the sign-in of connection "${options.connectionId}" at ${options.partner}: it ${how}. It is tried again by itself.`,
  );
}

function notNow(options: CredentialKeeperOptions, received: Received): Failure {
  if (received.status !== 429) return silence(options, `answered ${received.status}, without a token`);
  const now = options.clock.now();
  return new Failure(
    "rate_limited",
    `Could not refresh the sign-in of connection "${options.connectionId}": ${options.partner} asked to slow down. It is tried again by itself.`,
    { status: 429, retryAt: retryAfterAt(received.headers["retry-after"], now) ?? now + 60_000 },
  );
}

function reconnect(options: CredentialKeeperOptions, why: string): Failure {
  return new Failure(
    "unauthorized",
    `${options.partner} no longer accepts the sign-in of connection "${options.connectionId}": ${why}. Reconnect it.`,
  );
}
