import type { Kysely } from "kysely";
import type {
  Delivery,
  DueKey,
  DueMark,
  EngineStore,
  JournalEntry,
  JournalVerdict,
  KeptMapping,
  Link,
  LinkState,
} from "../engine/ports.ts";
import type { BookEntry, BookPage, BookQuery, BookRecord, Origin, PutAnswer } from "../model/book.ts";
import type { SyncConfig } from "../model/sync.ts";
import type { Changes, Value } from "../model/value.ts";
import type { AuthTables } from "./tables.ts";

/** What the hub asks of the store beside what the engine asks: configuration, secrets, webhooks and views. */
export interface HubStore extends EngineStore {
  /** Brings the schema up to date; safe when several processes start at once. @throws Failure `misconfigured` for a foreign database. */
  readonly migrate: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** A trivial read, for readiness. */
  readonly ping: () => Promise<void>;
  /** For better-auth alone: its tables, and the database's type in the words of its `database` option. */
  readonly auth: { readonly db: Kysely<AuthTables>; readonly type: "sqlite" | "postgres" };

  readonly workspaces: () => Promise<readonly Workspace[]>;
  /** Neither pauses nor resumes. */
  readonly putWorkspace: (workspace: Omit<Workspace, "isPaused">) => Promise<void>;
  readonly setWorkspacePaused: (workspaceId: string, isPaused: boolean) => Promise<void>;

  readonly connections: (workspaceId: string) => Promise<readonly ConnectionRow[]>;
  readonly connection: (workspaceId: string, connectionId: string) => Promise<ConnectionRow | undefined>;
  /** All connections of one connector in every workspace; webhook streams that serve many accounts look here. */
  readonly connectionsOf: (connectorId: string) => Promise<readonly ConnectionRow[]>;
  readonly putConnection: (connection: ConnectionRow) => Promise<void>;
  /** Forgets a connection with its secret and what it used of its allowance. */
  readonly dropConnection: (workspaceId: string, connectionId: string, secretName: string) => Promise<void>;
  readonly setConnectionPaused: (workspaceId: string, connectionId: string, isPaused: boolean) => Promise<void>;
  readonly setConnectionHealth: (workspaceId: string, connectionId: string, health: ConnectionHealth) => Promise<void>;

  readonly agencies: (workspaceId: string) => Promise<readonly AgencyRow[]>;
  readonly putAgency: (agency: AgencyRow) => Promise<void>;
  readonly dropAgency: (workspaceId: string, connectorId: string, agencyId: string) => Promise<void>;

  /** Keeps a call made by hand; one of the same id is replaced. */
  readonly putHandCall: (workspaceId: string, call: HandCall) => Promise<void>;
  readonly handCalls: (workspaceId: string, query: HandCallQuery) => Promise<readonly HandCall[]>;

  readonly syncs: (workspaceId: string) => Promise<readonly SyncRow[]>;
  readonly putSync: (sync: SyncRow) => Promise<void>;
  readonly setSyncPaused: (workspaceId: string, syncId: string, isPaused: boolean) => Promise<void>;

  /** Sealed credentials; the store never sees inside. */
  readonly putSecret: (workspaceId: string, name: string, sealed: string) => Promise<void>;
  readonly secret: (workspaceId: string, name: string) => Promise<string | undefined>;
  /** Forgets a sealed credential; one that is not there is forgotten already. */
  readonly dropSecret: (workspaceId: string, name: string) => Promise<void>;
  /** Replaces a sealed credential where it still is `expected`. @returns whether it was. */
  readonly replaceSecret: (workspaceId: string, name: string, sealed: string, expected: string) => Promise<boolean>;
  /**
   * Gives a holder the right to exchange a credential, until a time; epoch ms. @returns whether it has the right, which it
   * has not while another's lasts.
   */
  readonly holdSecret: (workspaceId: string, name: string, hold: SecretHold) => Promise<boolean>;
  /** Gives the right back, if this holder still has it. */
  readonly releaseSecret: (workspaceId: string, name: string, holder: string) => Promise<void>;

  /** Keeps a consent that a browser was sent to ask for, and forgets those that were due back before `now`. */
  readonly putConsent: (consent: Consent, now: number) => Promise<void>;
  /** Hands a consent out once; `undefined` when there is none, or it is over. */
  readonly takeConsent: (id: string, now: number) => Promise<string | undefined>;

  /** What the hub keeps itself for its connections. */
  readonly books: BookStore;

  /** What a connection has used of its partner's limits; `undefined` when it has never called. */
  readonly allowance: (workspaceId: string, connectionId: string) => Promise<KeptAllowance | undefined>;
  readonly putAllowance: (workspaceId: string, connectionId: string, kept: KeptAllowance) => Promise<void>;

  /** What was learned of the permissions of a connection's credential; `undefined` when nothing was. */
  readonly knownScopes: (workspaceId: string, connectionId: string) => Promise<KeptScopes | undefined>;
  readonly putKnownScopes: (workspaceId: string, connectionId: string, kept: KeptScopes) => Promise<void>;

  /**
   * Stores a verified delivery and marks what it concerns, in one transaction shared with others that arrive at the
   * same moment. Needs no lane. @returns whether this delivery id was new for its connection.
   */
  readonly acceptDelivery: (
    workspaceId: string,
    delivery: Delivery,
    marks: readonly DueMark[],
  ) => Promise<"accepted" | "duplicate">;
  readonly deliveries: (workspaceId: string, query: PageQuery) => Promise<readonly Delivery[]>;
  /** When a delivery of one connection last came, of those that are still kept, epoch ms. */
  readonly lastDeliveryAt: (workspaceId: string, connectionId: string) => Promise<number | undefined>;
  /** Marks keys as due on behalf of a person or a connection. Needs no lane. */
  readonly mark: (workspaceId: string, marks: readonly DueMark[]) => Promise<void>;

  readonly dueCounts: (workspaceId: string, at: number) => Promise<DueCounts>;
  /** Dead letters, or keys that failed and wait for another attempt; newest failure first. */
  readonly troubledKeys: (
    workspaceId: string,
    query: PageQuery & { readonly state: DueKey["state"] },
  ) => Promise<readonly DueKey[]>;
  /** Makes dead letters due again (all of them when `keys` is absent). @returns how many. */
  readonly revive: (workspaceId: string, keys: readonly string[] | undefined, at: number) => Promise<number>;

  readonly searchLinks: (workspaceId: string, query: LinkQuery) => Promise<LinkPage>;
  /** The id of the link in which this one goes on, directly or by way of others that joined too; if it has joined any. */
  readonly joinedInto: (workspaceId: string, linkId: string) => Promise<string | undefined>;
  /** How many links of each state, and how many carry conflicts or findings, per sync. */
  readonly linkCounts: (workspaceId: string, syncId: string) => Promise<LinkCounts>;
  readonly journalOfLink: (workspaceId: string, linkId: string, limit: number) => Promise<readonly JournalEntry[]>;
  readonly journal: (workspaceId: string, query: JournalQuery) => Promise<readonly JournalEntry[]>;
  /** The mappings of these versions, as far as they are kept. */
  readonly mappings: (workspaceId: string, versions: readonly string[]) => Promise<readonly KeptMapping[]>;
  /** Number of journal entries per minute and verdict since `since`; minutes without any are left out. */
  readonly activity: (workspaceId: string, since: number) => Promise<readonly ActivityMinute[]>;
  /**
   * Removes journal entries, deliveries and calls by hand older than `before`, the oldest first and at most `limit` of
   * each, and the mappings that only removed entries can have named. @returns how many of the three; fewer than `limit`
   * when none are left.
   */
  readonly prune: (workspaceId: string, before: number, limit: number) => Promise<number>;
  /** Removes tombstones last changed before `before`, at most `limit`. @returns how many. */
  readonly pruneTombstones: (workspaceId: string, before: number, limit: number) => Promise<number>;
}

/** Which book. */
export interface BookOf {
  readonly workspaceId: string;
  readonly connectionId: string;
}

/**
 * The books of all connections; see model/book.ts for what each call does to a record, and kit/book.ts for the book of
 * one connection. What changes anything marks the keys given with it as due, in the same transaction. `at` is the present, epoch ms.
 */
export interface BookStore {
  readonly page: (of: BookOf, resource: string, query: BookQuery) => Promise<BookPage>;
  /** Newest change first; only those in whose fields all words of `text` stand, where it is given. */
  readonly browse: (of: BookOf, resource: string, query: BookBrowse) => Promise<BookFound>;
  readonly record: (of: BookOf, resource: string, externalId: string) => Promise<BookRecord | undefined>;
  readonly deletedBy: (of: BookOf, resource: string, externalId: string) => Promise<Origin | undefined>;
  readonly find: (of: BookOf, resource: string, fieldKey: string, value: Value) => Promise<readonly string[]>;
  readonly put: (
    of: BookOf,
    entry: BookEntry & { readonly externalId: string },
    at: number,
    marks?: readonly DueMark[],
  ) => Promise<PutAnswer>;
  readonly update: (
    of: BookOf,
    resource: string,
    externalId: string,
    changes: Changes,
    at: number,
    marks?: readonly DueMark[],
  ) => Promise<BookRecord | undefined>;
  readonly delete: (
    of: BookOf,
    resource: string,
    externalId: string,
    by: Origin,
    at: number,
    marks?: readonly DueMark[],
  ) => Promise<void>;
  readonly deleteChildren: (
    of: BookOf,
    parentId: string,
    by: Origin,
    at: number,
    marks?: readonly DueMark[],
  ) => Promise<void>;
  readonly moveChildren: (
    of: BookOf,
    fromParentId: string,
    toParentId: string,
    at: number,
    marks?: readonly DueMark[],
  ) => Promise<void>;
  readonly bookmark: (of: BookOf, name: string) => Promise<string | undefined>;
  readonly setBookmark: (of: BookOf, name: string, text: string) => Promise<void>;
  /** How many records of each resource a book holds, the resources in alphabetical order. */
  readonly counts: (of: BookOf) => Promise<readonly { readonly resource: string; readonly count: number }[]>;
  /**
   * Forgets that records were deleted before `before`, at most `limit`. Those whose ids were given with them are not
   * forgotten: the partner may show them at any time. @returns how many
   */
  readonly prune: (workspaceId: string, before: number, limit: number) => Promise<number>;
}

/** Which records of a book a person wants to see. */
export interface BookBrowse {
  readonly parentId?: string;
  readonly text?: string;
  readonly offset: number;
  readonly limit: number;
}

/** A page of what a person looked for, and how many there are in all. */
export interface BookFound {
  readonly records: readonly BookRecord[];
  readonly total: number;
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** Whether all of its work rests. */
  readonly isPaused: boolean;
  readonly createdAt: number;
}

/** Whether a connection works, in words for people. */
export interface ConnectionHealth {
  readonly status: "unknown" | "working" | "waiting" | "broken";
  /** What is wrong and what to do; empty while working. */
  readonly message: string;
  readonly since: number;
}

/** Who may exchange a credential, from when until when, epoch ms. */
export interface SecretHold {
  readonly holder: string;
  readonly at: number;
  readonly until: number;
}

/** A consent that is asked for at a partner's pages, sealed, with when it is given up, epoch ms. */
export interface Consent {
  readonly id: string;
  readonly sealed: string;
  readonly expiresAt: number;
}

/** What was learned of a credential's permissions. */
export interface KeptScopes {
  /** Tells the credential from others, and nothing else. */
  readonly mark: string;
  /** Whether it has a permission, and since when that is known, epoch ms. */
  readonly known: Readonly<Record<string, { readonly has: boolean; readonly at: number }>>;
}

/** Calls that a connection has made and that still count; shared by all processes that use the store. */
export interface KeptAllowance {
  /** By the name of the limit, oldest first: how many calls, and when the last of them was answered, epoch ms. */
  readonly calls: Readonly<Record<string, readonly { readonly at: number; readonly count: number }[]>>;
  /** How many calls may have been made since this was stored. */
  readonly ahead: number;
}

/** A connection without its secret. `settings` and `baseUrls` are checked by its connector. */
export interface ConnectionRow {
  readonly workspaceId: string;
  readonly id: string;
  readonly connectorId: string;
  readonly name: string;
  readonly settings: unknown;
  /** Overrides of the connector's base addresses. */
  readonly baseUrls: Readonly<Record<string, string>>;
  readonly isPaused: boolean;
  readonly health: ConnectionHealth;
  readonly createdAt: number;
  /** Whether a workspace file describes it; else it was made in the dashboard or by a program. */
  readonly isFromFile: boolean;
}

/** An agency that has agreed, by whose pair of tokens its accounts are signed in. */
export interface AgencyRow {
  readonly workspaceId: string;
  readonly connectorId: string;
  readonly agencyId: string;
  /** What was chosen when it was asked: settings of new connections, all but that which names the account. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Overrides of the connector's base addresses. */
  readonly baseUrls: Readonly<Record<string, string>>;
  readonly grantedAt: number;
}

/** One operation of a catalogue that somebody ran. It holds what the journal may hold, and what was answered not at all. */
export interface HandCall {
  readonly id: string;
  readonly connectionId: string;
  readonly operationId: string;
  readonly at: number;
  /** From the dashboard, or by a program or command with a token. */
  readonly by: "dashboard" | "program";
  readonly effect: "reads" | "creates" | "changes" | "deletes";
  /** `underWay` stays where the hub stopped meanwhile: then nobody knows. */
  readonly outcome: "underWay" | "done" | "failed" | "unknown";
  readonly input: Readonly<Record<string, unknown>>;
  readonly calls: readonly {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly ms: number;
  }[];
  readonly error?: { readonly kind: string; readonly message: string };
  readonly ms?: number;
}

/** Calls by hand of one connection, or of one of its operations; newest first. */
export interface HandCallQuery extends PageQuery {
  readonly connectionId: string;
  readonly operationId?: string;
}

export interface SyncRow {
  readonly workspaceId: string;
  readonly config: SyncConfig;
  /** Changes with the configuration; a hash of it. */
  readonly version: string;
  readonly isPaused: boolean;
  readonly createdAt: number;
}

/** Newest first; `before` is the id of the last entry of the page before. */
export interface PageQuery {
  readonly before?: string;
  readonly limit: number;
}

/** A page of the journal; of one link, when that is asked for. */
export interface JournalQuery extends PageQuery {
  readonly linkId?: string;
}

export interface DueCounts {
  /** Due now or later, being worked on included; but for the polls and sweeps, of which each always has a next one. */
  readonly waiting: number;
  /** Failed at least once and waiting for another attempt. */
  readonly retrying: number;
  readonly dead: number;
}

/** Links by text and state; `attention` keeps only those with a conflict, finding or ambiguity. */
export interface LinkQuery {
  readonly syncId?: string;
  /** Matched against title, e-mail and phone of both sides, without regard to case. */
  readonly text?: string;
  readonly states?: readonly LinkState[];
  readonly attention?: boolean;
  /** Sorted by last change, newest first, or by title. */
  readonly sort: "updated" | "title";
  readonly offset: number;
  readonly limit: number;
}

export interface LinkPage {
  readonly links: readonly Link[];
  readonly total: number;
}

export interface LinkCounts {
  readonly byState: Readonly<Record<LinkState, number>>;
  readonly withConflicts: number;
  readonly withFindings: number;
  /** Of those that are `half`: no counterpart is made for them, since the sync was started for new records only. */
  readonly leftAlone: number;
  /** Of those that are `half`: a person keeps them on their one side. */
  readonly keptAlone: number;
}

export interface ActivityMinute {
  /** Start of the minute, epoch ms. */
  readonly minute: number;
  readonly verdict: JournalVerdict;
  readonly count: number;
}
