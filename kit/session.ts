import { createHash } from "node:crypto";
import type { Dispatcher } from "undici";
import type { z } from "zod";
import { Failure } from "../model/errors.ts";
import type { FieldDefinition } from "../model/field.ts";
import { PLURALS, type Resource, type Snapshot } from "../model/record.ts";
import type { MatchRule } from "../model/sync.ts";
import type { Changes, Fields } from "../model/value.ts";
import { type Address, parseAddress } from "./addresses.ts";
import type { HubBook } from "./book.ts";
import { type Budget, createBudget, MAX_WAIT_MS } from "./budget.ts";
import { createHttpClient, partnerAgent, TIMEOUT_MS } from "./client.ts";
import type { Clock } from "./clock.ts";
import type {
  Connector,
  CreateAnswer,
  Credential,
  Listing,
  ListPage,
  ListQuery,
  ResourceAdapter,
  Session,
} from "./connector.ts";
import type { CallContext, CallRecord } from "./http.ts";
import { type KeepCalls, type KeptCalls, resumed } from "./ledger.ts";
import { rememberer } from "./memory.ts";
import { createMemoryBook } from "./memoryBook.ts";
import { createMint } from "./mint.ts";
import { type CredentialAccess, credentialKeeper, type Mint } from "./oauth.ts";
import { oncePer } from "./once.ts";
import { assertAdvances } from "./paging.ts";
import { callFinder, createKnownScopes, type KeptScopes, type KnownScopes } from "./scopes.ts";
import type { OpenSql, SqlClient } from "./sql.ts";

/** A connection as it is configured. */
export interface ConnectionRow {
  readonly id: string;
  /** What people call it; its id when absent. */
  readonly name?: string;
  /** As configured, not yet checked. */
  readonly settings: unknown;
  /** Base addresses to use instead of the connector's, by name. */
  readonly baseUrls?: Readonly<Record<string, string>>;
}

/** What a connection is opened with. */
export interface OpenConnectionOptions<Settings> {
  readonly connector: Connector<Settings>;
  readonly connection: ConnectionRow;
  readonly credential: CredentialAccess;
  /** The pair of an agency, for credentials that are made from one. */
  readonly agencyAccess?: (agencyId: string) => CredentialAccess;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** How requests leave; an agent of its own when absent. One may serve all connections of a process. */
  readonly dispatcher?: Dispatcher;
  /** The allowance; made from the connector's limits when absent. */
  readonly budget?: Budget;
  /** What was kept of the allowance's use before, when it is made here; `keep` keeps it from then on. */
  readonly kept?: KeptCalls;
  readonly keep?: KeepCalls;
  /** What the hub keeps for this connection; a book that lasts as long as the process when absent. */
  readonly book?: HubBook;
  /** How databases are opened; partners that are one can not be called when absent. */
  readonly openSql?: OpenSql;
  /** What was learned of the credential's permissions before; `keepScopes` keeps it from then on. */
  readonly keptScopes?: KeptScopes;
  readonly keepScopes?: (kept: KeptScopes) => Promise<void>;
  /** Told of every call, for metrics. */
  readonly onCall?: (call: CallRecord) => void;
}

/** A connection with its settings checked, ready to call. */
export interface OpenConnection<Settings = unknown> {
  readonly id: string;
  readonly name: string;
  readonly connector: Connector<Settings>;
  readonly settings: Settings;
  readonly budget: Budget;
  /** What is known of the credential's permissions. */
  readonly scopes: KnownScopes;
  /** A session whose calls have this urgency and are noted there. Cheap; make one per piece of work. */
  readonly session: (context: CallContext) => Session<Settings>;
  /** Proves credential and settings. @throws Failure saying what is wrong */
  readonly check: (context: CallContext) => Promise<void>;
  /** Refuses calls that still wait for the budget. Closes the agent when it was made here. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a connection: checks settings and addresses, and wires credential, budget and HTTP together. Makes no call.
 * @throws Failure `misconfigured` that names the connection and every setting that is wrong.
 */
export function openConnection<Settings>(options: OpenConnectionOptions<Settings>): OpenConnection<Settings> {
  const { connector, connection, clock } = options;
  const settings = checkedSettings(connector, connection);
  const budget = options.budget ?? budgetOf(options, settings);
  const dispatcher = options.dispatcher ?? partnerAgent();
  const addresses = addressesOf(connector, connection, settings);
  const keeper = credentialKeeper({
    connectionId: connection.id,
    partner: connector.name,
    access: options.credential,
    clock,
    dispatcher,
    ...mintOf(options, settings, addresses, dispatcher),
    ...(connector.refreshParameters && { parameters: connector.refreshParameters(settings) }),
    ...ownGrantOf(connector, addresses, settings),
  });
  const { keptScopes, keepScopes } = options;
  const scopes = createKnownScopes({
    now: clock.now,
    ...(keptScopes && { kept: keptScopes }),
    // What could not be kept is learned again.
    ...(keepScopes && { keep: (learned: KeptScopes) => void keepScopes(learned).catch(() => {}) }),
  });
  const markOf = credentialMarks();
  const find = finderOf(connector);
  const http = createHttpClient({
    connectionId: connection.id,
    connector,
    settings,
    addresses,
    credential: async () => {
      const credential = await keeper.current();
      scopes.ofCredential(markOf(credential));
      if (credential.kind !== "token" && credential.scopes !== undefined) scopes.told(credential.scopes);
      return credential;
    },
    refresh: keeper.renew,
    budget,
    clock,
    random: options.random,
    dispatcher,
    onCall: (call) => {
      options.onCall?.(call);
      const isSuccess = call.status >= 200 && call.status < 300;
      if (isSuccess) scopes.granted(find(call.method, call.path)?.action.scopes ?? []);
    },
    onRefused: scopes.refused,
  });
  const memory = rememberer(clock.now);
  const sql = sqlOf(options, settings, keeper.current);
  const book = options.book ?? createMemoryBook(clock.now, options.random);
  const session = (context: CallContext): Session<Settings> => ({
    settings,
    http: http.withContext(context),
    now: clock.now,
    book,
    ...(sql && { sql }),
    ...memory,
  });
  const close = async (): Promise<void> => {
    budget.close();
    await sql?.().close();
    // What was kept before stays good: it counts more calls than there were.
    await budget.keep().catch(() => {});
    if (options.dispatcher === undefined) await dispatcher.close();
  };
  return {
    id: connection.id,
    name: connection.name ?? connection.id,
    connector,
    settings,
    budget,
    scopes,
    session,
    check: (context) => connector.check(session(context)),
    close,
  };
}

/**
 * Marks that tell one token from another; of tokens that are exchanged again and again the partner says itself what they
 * may do. A mark is a part of a hash, from which nothing of the token can be had.
 */
function credentialMarks(): (credential: Credential) => string {
  let last = { token: "", mark: "" };
  return (credential) => {
    if (credential.kind !== "token") return credential.kind;
    if (credential.token === last.token) return last.mark;
    last = {
      token: credential.token,
      mark: createHash("sha256").update(credential.token).digest("base64url").slice(0, 16),
    };
    return last.mark;
  };
}

/** A catalogue does not change while the process runs; taking its paths apart once is enough for all connections. */
const finderOf = oncePer((connector: Pick<Connector<never>, "operations">) => callFinder(connector.operations ?? []));

function mintOf<Settings>(
  { connector, connection, agencyAccess, clock }: OpenConnectionOptions<Settings>,
  settings: Settings,
  addresses: Readonly<Record<string, Address>>,
  dispatcher: Dispatcher,
): { readonly mint?: Mint } {
  const agency = connector.oauth?.agency?.(settings);
  if (agency === undefined || agencyAccess === undefined) return {};
  const who = { connectionId: connection.id, partner: connector.name };
  const { classify } = connector;
  return {
    mint: createMint({ ...who, ...(classify && { classify }), agency, addresses, agencyAccess, clock, dispatcher }),
  };
}

/** The partner's database, opened by the first statement with the credential as it is then. */
function sqlOf<Settings>(
  { connector, openSql, connection }: OpenConnectionOptions<Settings>,
  settings: Settings,
  current: () => Promise<Credential>,
): (() => SqlClient) | undefined {
  const target = connector.database?.(settings);
  if (target === undefined || openSql === undefined) return undefined;
  let opened: SqlClient | undefined;
  const client: SqlClient = {
    query: async (statement, values, doing) => {
      const credential = await current();
      const pair = credential.kind === "token" ? credential.token : "";
      const colon = pair.indexOf(":");
      if (colon < 1) {
        throw new Failure(
          "unauthorized",
          `Connection "${connection.id}" needs user and password, written user:password.`,
        );
      }
      opened ??= openSql({ ...target, user: pair.slice(0, colon), password: pair.slice(colon + 1) }, connector.name);
      return opened.query(statement, values, doing);
    },
    close: async () => opened?.close(),
  };
  return () => client;
}

function ownGrantOf<Settings>(
  connector: Connector<Settings>,
  addresses: Readonly<Record<string, Address>>,
  settings: Settings,
): { readonly ownGrant?: { readonly tokenUrl: string; readonly scopes: readonly string[] } } {
  const grant = connector.ownGrant?.(settings);
  const address = grant && addresses[grant.base];
  if (grant === undefined || address === undefined) return {};
  return { ownGrant: { tokenUrl: address.origin + address.prefix + grant.path, scopes: grant.scopes } };
}

function budgetOf<Settings>(options: OpenConnectionOptions<Settings>, settings: Settings): Budget {
  const { connector, clock, kept, keep } = options;
  const passed = resumed(kept, clock.now());
  return createBudget({ limits: connector.limits(settings), clock, passed, ...(keep && { keep }) });
}

/**
 * Checks a connection's settings against its connector's shape; fills in defaults.
 * @throws Failure `misconfigured` with one issue per wrong setting.
 */
export function checkedSettings<Settings>(connector: Connector<Settings>, connection: ConnectionRow): Settings {
  const parsed = connector.settings.safeParse(connection.settings ?? {});
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(settingIssue);
  throw new Failure(
    "misconfigured",
    `Connection "${connection.id}" (${connector.name}) has settings that are wrong: ${issues.join("; ")}. Correct them in its configuration.`,
    { issues },
  );
}

/** Whether a connection with these settings, not yet checked, signs in by its app's own id and secret: nobody need agree. */
export function signsInByItself(connector: Connector, settings: unknown): boolean {
  const parsed = connector.settings.safeParse(settings ?? {});
  return parsed.success && connector.ownGrant?.(parsed.data) !== undefined;
}

/** Whether a connection with these settings, not yet checked, may change anything at its partner. */
export function mayWrite(connector: Connector, settings: unknown): boolean {
  const parsed = connector.settings.safeParse(settings ?? {});
  return !parsed.success || (connector.canWrite?.(parsed.data) ?? true);
}

function settingIssue(issue: z.core.$ZodIssue): string {
  const name = issue.path.join(".");
  return name === "" ? issue.message : `${name}: ${issue.message}`;
}

/** The connector's base addresses, with those that the connection sets instead. @throws Failure `misconfigured` */
export function addressesOf<Settings>(
  connector: Connector<Settings>,
  connection: ConnectionRow,
  settings: Settings,
): Record<string, Address> {
  const known = connector.baseUrls(settings);
  const unknown = Object.keys(connection.baseUrls ?? {}).filter((name) => !(name in known));
  if (unknown.length > 0) {
    const names = Object.keys(known).join(", ");
    throw new Failure(
      "misconfigured",
      `Connection "${connection.id}" sets base addresses that ${connector.name} does not have: ${unknown.join(", ")}. It has: ${names}.`,
    );
  }
  const wanted = Object.entries({ ...known, ...connection.baseUrls });
  return Object.fromEntries(
    wanted.map(([name, url]) => [name, parseAddress(url, `base address "${name}" of connection "${connection.id}"`)]),
  );
}

/**
 * One resource of one connection with the calling context as first argument; the shape the engine calls a partner. See
 * `ResourceAdapter` for what each of its acts promises.
 */
export interface ResourcePartner {
  readonly connectionId: string;
  /** What people call the connection. */
  readonly name: string;
  readonly listing: Listing;
  readonly canDelete: boolean;
  /** The field that is the record's id there, where it is one; see `ResourceAdapter`. */
  readonly keyedBy?: MatchRule;
  /** Set where the hub keeps these records itself. */
  readonly keptBy?: "hub";
  /** For reading phones without a country code. */
  readonly country: string;
  /** The country that the account says, where the settings leave it open; `country` counts where this is absent. */
  readonly readCountry?: (context: CallContext) => Promise<string>;
  /** Fields whose values are ids of people or things, and what those are called, by id; only for showing them. */
  readonly named?: {
    readonly keys: readonly string[];
    readonly read: (context: CallContext) => Promise<Readonly<Record<string, string>>>;
  };
  /** The longest that a call can be on its way, from asking for its turn to giving its answer up, ms. */
  readonly longestCallMs: number;
  /** The field catalogue; where `asOf` is given, nothing that was remembered before that moment counts, epoch ms. */
  readonly describe: (context: CallContext, asOf?: number) => Promise<readonly FieldDefinition[]>;
  readonly list: (context: CallContext, query: ListQuery) => Promise<ListPage>;
  readonly read: (context: CallContext, externalId: string, parentId?: string) => Promise<Snapshot | "gone">;
  readonly create: (context: CallContext, fields: Fields, parentId?: string) => Promise<CreateAnswer>;
  readonly update: (
    context: CallContext,
    externalId: string,
    changes: Changes,
    known: Fields,
    parentId?: string,
  ) => Promise<Snapshot | undefined>;
  readonly delete: (context: CallContext, externalId: string, parentId?: string) => Promise<void>;
  readonly find: (context: CallContext, rule: MatchRule, value: string) => Promise<readonly string[]>;
}

/**
 * A resource of an open connection, as the engine wants it.
 * @throws Failure `misconfigured` when the connector does not have the resource.
 */
export function partnerOf<Settings>(open: OpenConnection<Settings>, resource: Resource): ResourcePartner {
  const { connector, settings, session } = open;
  const adapter = adapterOf(open, resource);
  const listing = typeof adapter.listing === "function" ? adapter.listing(settings) : adapter.listing;
  const remove = adapter.delete;
  const { accountCountry } = connector;
  const { named } = adapter;
  return {
    connectionId: open.id,
    name: open.name,
    listing,
    canDelete: remove !== "unsupported",
    ...(adapter.keyedBy !== undefined && { keyedBy: adapter.keyedBy }),
    ...(adapter.keptBy !== undefined && { keptBy: adapter.keptBy }),
    country: connector.country(settings),
    ...(named && { named: { keys: named.keys, read: (context: CallContext) => named.read(session(context)) } }),
    ...(accountCountry && adapter.parent === undefined
      ? { readCountry: (context: CallContext) => accountCountry(session(context)) }
      : {}),
    longestCallMs: MAX_WAIT_MS + TIMEOUT_MS,
    describe: (context, asOf) => {
      const own = session(context);
      const remember: typeof own.remember = (key, forMs, load) => own.remember(key, forMs, load, asOf);
      return adapter.describe({ ...own, remember });
    },
    list: async (context, query) =>
      assertAdvances(
        query.cursor,
        await adapter.list(session(context), query),
        `${connector.name} ${PLURALS[resource]}`,
      ),
    read: (context, id, parentId) => adapter.read(session(context), id, parentId),
    create: (context, fields, parentId) => adapter.create(session(context), fields, parentId),
    update: (context, id, changes, known, parentId) => adapter.update(session(context), id, changes, known, parentId),
    delete: async (context, id, parentId) => {
      if (remove === "unsupported") throw new Failure("bug", `${connector.name} cannot delete a ${resource}.`);
      await remove(session(context), id, parentId);
    },
    find: (context, rule, value) => adapter.find(session(context), rule, value),
  };
}

function adapterOf<Settings>(open: OpenConnection<Settings>, resource: Resource): ResourceAdapter<Settings> {
  const adapter = open.connector.resources[resource];
  if (adapter !== undefined) return adapter;
  throw new Failure(
    "misconfigured",
    `Connection "${open.id}" is asked for ${PLURALS[resource]}, which ${open.connector.name} does not have. Choose another connection.`,
  );
}
