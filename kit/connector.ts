import type { z } from "zod";
import type { ErrorKind } from "../model/errors.ts";
import type { FieldDefinition, FieldType } from "../model/field.ts";
import type { Resource, Snapshot } from "../model/record.ts";
import type { MatchRule } from "../model/sync.ts";
import type { TranscriptExport, TranscriptRow, TranscriptView } from "../model/transcript.ts";
import type { Changes, Fields } from "../model/value.ts";
import type { HubBook } from "./book.ts";
import type { HttpClient } from "./http.ts";
import type { Operation } from "./operation.ts";
import type { SqlClient, SqlTarget } from "./sql.ts";

/**
 * What a connector is. One folder declares one of these with `defineConnector`; sign-in forms, field catalogues,
 * webhook routes, documentation and conformance tests are all derived from the declaration.
 *
 * Everything a connector does to the world goes through the `Session` it is handed.
 */
export interface Connector<Settings = unknown> {
  /** Folder name and id, for instance `highlevel`. */
  readonly id: string;
  /** The name people know it by. */
  readonly name: string;
  /** Base addresses by name; a connection may override each (`baseUrls` in its configuration). */
  readonly baseUrls: (settings: Settings) => Readonly<Record<string, string>>;
  /**
   * Base addresses under which an account may be reached by a page of its own, such as that of a white label, each with a
   * sentence for the form that asks for it. None to which credentials or records are sent: those are set in files only.
   */
  readonly ownHosts?: Readonly<Record<string, string>>;
  /**
   * Set where the base addresses are what somebody typed in, and not the partner's own: calls then leave by the guarded
   * way, which leads to no machine of the hub's own network (see `guardedAgent`).
   */
  readonly hasGivenAddresses?: true;
  /** Settings that are not secret; unknown keys are refused. Each key has a `.describe()` for forms and messages. */
  readonly settings: z.ZodType<Settings>;
  /**
   * Names the account at the partner that these settings lead to. Records belong to their account, so a connection
   * keeps it for life: settings with another one are refused when they are applied.
   */
  readonly account: (settings: Settings) => string;
  /** Whether a connection with these settings may change anything at the partner; it may where this is absent. */
  readonly canWrite?: (settings: Settings) => boolean;
  /** Ways of signing in, in the order they are offered. */
  readonly credentials: readonly CredentialKind[];
  /** Puts the credential on a request. */
  readonly authorize: (credential: Credential, settings: Settings) => Readonly<Record<string, string>>;
  /** Puts it into a request's query, where a partner wants it there. */
  readonly authorizeQuery?: (credential: Credential, settings: Settings) => Readonly<Record<string, string>>;
  /** The partner's published limits per connection, with where each is published. */
  readonly limits: (settings: Settings) => readonly RateLimit[];
  /** Reads the limits that the partner reports in its answers, when it does. */
  readonly limitsFrom?: (headers: Readonly<Record<string, string>>) => LimitReport | undefined;
  /** Turns the partner's error answer into a failure kind; the kit supplies the default by status. */
  readonly classify?: (answer: ErrorAnswer) => Classification | undefined;
  /** Whether an answer with a success status is a refusal all the same (Salesmate says so in its envelope). */
  readonly isRefusal?: (body: unknown) => boolean;
  /** Parameters that the partner's token endpoint wants beside the standard ones when an OAuth token is refreshed. */
  readonly refreshParameters?: (settings: Settings) => Readonly<Record<string, string>>;
  /** Where tokens are had for the app's own id and secret, so that nobody need agree; absent where the partner has none. */
  readonly ownGrant?: (settings: Settings) => OwnGrant | undefined;
  /** How a person agrees at the partner's own page; absent where the partner has none. */
  readonly oauth?: OAuthDeclaration<Settings>;
  /** The database that is the partner, where it is one; `session.sql` opens it. */
  readonly database?: (settings: Settings) => Omit<SqlTarget, "user" | "password">;
  /** Country used to read phones without a country code, ISO 3166-1 alpha-2. */
  readonly country: (settings: Settings) => string;
  /** The same as the account itself says, where the settings leave it open; absent where it can not be asked. */
  readonly accountCountry?: (session: Session<Settings>) => Promise<string>;
  /** Where people look at a record of this resource in the product's own pages; absent where that is not known. */
  readonly pageOf?: (settings: Settings, resource: Resource, externalId: string) => string | undefined;
  /** The cheapest call that proves that the credential and settings work; throws a `Failure` otherwise. */
  readonly check: (session: Session<Settings>) => Promise<void>;
  readonly resources: Readonly<Partial<Record<Resource, ResourceAdapter<Settings>>>>;
  /** The catalogue, in the order it is numbered and shown; absent until the connector declares one. */
  readonly operations?: readonly Operation<Settings>[];
  /** Of a product that transcribes what is said. */
  readonly transcripts?: TranscriptAdapter<Settings>;
  /** Absent for partners that send none. */
  readonly webhooks?: WebhookAdapter<Settings>;
  /**
   * Given where the settings of a connection say what the connector is, as those of an app of the user's own do: the
   * connector that they describe, of the same id. See `connectorFor`.
   */
  readonly describedBy?: (settings: Settings) => Connector<Settings>;
}

/** The address under one of the base addresses where an app exchanges its id and secret for a token (RFC 6749, 4.4). */
export interface OwnGrant {
  readonly base: string;
  readonly path: string;
  readonly scopes: readonly string[];
}

/**
 * The connector of a connection, whose settings are not yet checked: the one that they describe, where the connector leaves
 * that to them. Settings that are wrong describe nothing, and the general connector says what is wrong with them.
 * @returns `undefined` when there is no connector of that id
 */
export function connectorFor(
  connectors: ReadonlyMap<string, Connector>,
  connection: { readonly connectorId: string; readonly settings: unknown },
): Connector | undefined {
  const connector = connectors.get(connection.connectorId);
  if (connector?.describedBy === undefined) return connector;
  const parsed = connector.settings.safeParse(connection.settings ?? {});
  return parsed.success ? connector.describedBy(parsed.data) : connector;
}

/** Hands back the declaration, with its settings type inferred. */
export function defineConnector<Settings>(declaration: Connector<Settings>): Connector<Settings> {
  return declaration;
}

/**
 * Forgets the settings type, so that connectors of different partners fit in one registry.
 * Sound because settings only ever reach a connector through its own `settings` shape (see `openConnection`).
 */
export function anyConnector<Settings>(connector: Connector<Settings>): Connector {
  // The type is used both as input and as output, so it can only be dropped by a cast; the line above says why it may.
  return connector as unknown as Connector;
}

/** A partner's consent page, and where its tokens are fetched: each under one of the base addresses. */
export interface OAuthDeclaration<Settings = unknown> {
  readonly authorize: { readonly base: string; readonly path: string };
  readonly token: { readonly base: string; readonly path: string };
  /** Where a pair is exchanged for the next, where that is another address. */
  readonly refresh?: { readonly base: string; readonly path: string };
  /** The permissions to ask for: no more than a connection with these settings needs. */
  readonly scopes: (settings: Settings) => readonly string[];
  /** Sent to the consent page beside the standard parameters. */
  readonly parameters: (settings: Settings) => Readonly<Record<string, string>>;
  /** Whether codes are bound to a proof of whoever asked. No partner here takes one. */
  readonly pkce: false;
  /** The setting that names the account, which a person chooses at the consent page where no connection has it yet. */
  readonly accountSetting: string;
  /** The account that tokens were granted for, by what the partner said of them; absent where it did not say. */
  readonly accountOf: (answer: Readonly<Record<string, unknown>>) => string | undefined;
  /** Given where one consent can stand for many accounts of an agency; by the settings, as APIs have generations. */
  readonly agency?: (settings: Settings) => AgencyDeclaration;
}

/** An agency's pair of tokens, from which tokens of its accounts are made. */
export interface AgencyDeclaration {
  /** The agency that tokens were granted for, with the accounts that it let in; absent where they are of one account. */
  readonly grantedBy: (
    answer: Readonly<Record<string, unknown>>,
  ) => { readonly id: string; readonly accounts: readonly string[] } | undefined;
  /** The permissions without which no token of an account can be made, and how to have them asked for. */
  readonly needs: { readonly scopes: readonly string[]; readonly advice: string };
  /** Sent beside the standard parameters when the agency's pair is refreshed. */
  readonly refreshParameters: Readonly<Record<string, string>>;
  /** The request that makes a token of one account. */
  readonly mint: AgencyRequest & {
    readonly form: (agencyId: string, account: string) => Readonly<Record<string, string>>;
  };
  /** The request that lists the accounts at which the app is installed, page by page. */
  readonly installed: AgencyRequest & {
    /** @param of.after the `next` of the page before; absent for the first */
    readonly query: (of: {
      readonly agencyId: string;
      readonly clientId: string;
      readonly after?: string;
    }) => Readonly<Record<string, string>>;
    /** @throws for what is no such list */
    readonly read: (
      body: unknown,
      after: string | undefined,
    ) => {
      readonly accounts: readonly { readonly account: string; readonly name: string }[];
      readonly next?: string;
    };
  };
}

/** Where a request is sent that is made with an agency's own token. */
export interface AgencyRequest {
  readonly base: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One way of signing in. */
export interface CredentialKind {
  readonly kind: StoredCredential["kind"];
  readonly label: string;
  /** How a person obtains it, one sentence. */
  readonly help: string;
  /** Why the partner sends no messages where this one is used, and what to do, one sentence; absent where it does. */
  readonly noMessages?: string;
}

/** The secret part of a connection. Lives in the vault and in memory while a request is made, nowhere else. */
export type Credential =
  | { readonly kind: "token"; readonly token: string }
  | {
      readonly kind: "oauth";
      readonly accessToken: string;
      readonly refreshToken: string;
      /** Epoch ms. */
      readonly expiresAt: number;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly tokenUrl: string;
      /** The permissions that the partner said it gave; absent where it did not say. */
      readonly scopes?: readonly string[] | undefined;
    }
  | {
      /** Made from the pair of an agency, and made anew from it before it ends. */
      readonly kind: "minted";
      readonly agencyId: string;
      readonly account: string;
      /** Empty until the first is made. */
      readonly accessToken: string;
      /** Epoch ms. */
      readonly expiresAt: number;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly scopes?: readonly string[] | undefined;
    };

/** What is stored for a connection: its credential, or the app by which a person is still to agree. */
export type StoredCredential =
  | Credential
  | { readonly kind: "consent"; readonly clientId: string; readonly clientSecret: string };

/** At most `requests` calls in any `perMs` milliseconds, or in a day of the calendar. */
export interface RateLimit {
  readonly name: string;
  readonly requests: number;
  readonly perMs: number;
  /** Given where the partner begins to count anew each day at midnight UTC. */
  readonly renews?: "daily";
  /** Where the partner publishes it. */
  readonly source: string;
}

/** What one answer said of the allowance, by limit name. */
export type LimitReport = Readonly<
  Record<string, { readonly requests?: number; readonly perMs?: number; readonly remaining?: number }>
>;

/** An answer that is not a success, as the classifier sees it. */
export interface ErrorAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or the text. */
  readonly body: unknown;
}

/** A failure kind with what a person should read. */
export interface Classification {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly scope?: string;
  readonly issues?: readonly string[];
  /** Of a value that only one record may hold: the one that does, by its external id. */
  readonly heldBy?: string;
}

/** What a connector's functions are handed: one connection, ready to call. */
export interface Session<Settings = unknown> {
  readonly settings: Settings;
  readonly http: HttpClient;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /**
   * Remembers the outcome of `load` for this connection under `key` for `forMs`. For field definitions and the like;
   * concurrent callers share one load, and a load that fails is not remembered. What was loaded before `asOf`, epoch ms,
   * is loaded again.
   */
  readonly remember: <T>(key: string, forMs: number, load: () => Promise<T>, asOf?: number) => Promise<T>;
  /** Drops what `remember` holds under `key`. */
  readonly forget: (key: string) => void;
  /** What the hub itself keeps for this connection, beside the partner's records. */
  readonly book: HubBook;
  /** The partner's database, where the partner is one and the hub opens databases. */
  readonly sql?: () => SqlClient;
}

/** Reads and writes one resource of one partner, in model form. */
export interface ResourceAdapter<Settings = unknown> {
  /**
   * The field that is the record's id at this partner, where it is one (Trustmary knows people by their e-mail): when it
   * is changed there the record goes on under another external id, which is no deletion.
   */
  readonly keyedBy?: MatchRule;
  /** Of children: the resource they belong to. Their snapshots then carry `parentId`, and calls are handed it. */
  readonly parent?: Resource;
  /** Set where the hub keeps these records itself, since the partner has no place for them; see `hubKept`. */
  readonly keptBy?: "hub";
  /** What its records are called in sentences, where the resource's name would mislead: `person`. */
  readonly noun?: string;
  /** Of what the hub keeps: the fields that it adds to records which the partner's own doing made. */
  readonly addedFields?: readonly string[];
  /** The fields of the resource at this connection, custom fields included. */
  readonly describe: (session: Session<Settings>) => Promise<readonly FieldDefinition[]>;
  /** Fields whose values are ids of people or things, and what those are called, by id; only for showing them. */
  readonly named?: {
    readonly keys: readonly string[];
    readonly read: (session: Session<Settings>) => Promise<Readonly<Record<string, string>>>;
  };
  /** What may be believed of its lists; a function where that depends on the connection's settings. */
  readonly listing: Listing | ((settings: Settings) => Listing);
  /** One page. Pages are followed until `next` is absent; the kit refuses a cursor that does not advance. */
  readonly list: (session: Session<Settings>, query: ListQuery) => Promise<ListPage>;
  /** The record itself, by direct read. `"gone"` only when the partner says that there is no such record. */
  readonly read: (session: Session<Settings>, externalId: string, parentId?: string) => Promise<Snapshot | "gone">;
  readonly create: (session: Session<Settings>, fields: Fields, parentId?: string) => Promise<CreateAnswer>;
  /**
   * Applies changes. `known` is the record as last read directly, for partners that need whole values.
   * @returns the record as the partner answered it, or `undefined` where the answer does not show it.
   * @throws Failure `not_found` when the record is gone.
   */
  readonly update: (
    session: Session<Settings>,
    externalId: string,
    changes: Changes,
    known: Fields,
    parentId?: string,
  ) => Promise<Snapshot | undefined>;
  /** Deletes; deleting what is already gone succeeds. */
  readonly delete:
    | ((session: Session<Settings>, externalId: string, parentId?: string) => Promise<void>)
    | "unsupported";
  /** Makes a custom field of this name, which its owner finds there from then on; absent where none can be made. */
  readonly makeField?: (session: Session<Settings>, wanted: WantedField) => Promise<void>;
  /** Ids of records that carry this key, by the most direct look-up the partner has. May lag writes. */
  readonly find: (session: Session<Settings>, rule: MatchRule, value: string) => Promise<readonly string[]>;
}

/** A custom field that is to be made. */
export interface WantedField {
  readonly name: string;
  readonly type: FieldType;
}

/** What may be believed of a partner's list pages. */
export interface Listing {
  /** Whether a row carries every field as a direct read would; otherwise rows are hints and records are re-read. */
  readonly isComplete: boolean;
  /** How long after a write a list may still show the old value, ms; 0 when lists are current. */
  readonly lagMs: number;
  /** How far back of the last seen change a poll starts, to catch rows that came late or with coarse times, ms. */
  readonly overlapMs: number;
  /**
   * Of children: whether they can be listed for one parent at a time only. Such children are found when their parent
   * shows activity, when a webhook tells of them, and by a slow turn over all parents.
   */
  readonly isByParent?: boolean;
  /**
   * Of children listed by parent: whether a listing that names no parent shows all of them beside, each with its parent and
   * without change times. The slow turn then reads that listing, whose rows are hints.
   */
  readonly isListedWhole?: boolean;
}

/** Transcripts, which belong to the partner, with what the hub keeps beside each of them. */
export interface TranscriptAdapter<Settings = unknown> {
  /** Newest first; those of which the title or the metadata holds the text. */
  readonly list: (
    session: Session<Settings>,
    query: { readonly text: string; readonly offset: number; readonly limit: number },
  ) => Promise<{ readonly transcripts: readonly TranscriptRow[]; readonly total: number }>;
  /** @throws Failure `not_found` */
  readonly read: (session: Session<Settings>, id: string) => Promise<TranscriptView>;
  /** With its words. @throws Failure `not_found`, or `rejected` while there are no words yet */
  readonly export: (session: Session<Settings>, id: string) => Promise<TranscriptExport>;
  /** Says by hand that a transcript is with a person. @throws Failure `not_found` for either */
  readonly tie: (session: Session<Settings>, id: string, personId: string) => Promise<TranscriptView>;
  /** Says that it is not, whatever any rule finds. @throws Failure `not_found` */
  readonly untie: (session: Session<Settings>, id: string, personId: string) => Promise<TranscriptView>;
}

/** Which page is wanted. */
export interface ListQuery {
  /** Of children: only those of this parent, whatever their change time. */
  readonly parentId?: string;
  /** Only records changed at or after, epoch ms; absent for all. */
  readonly since?: number;
  /** The `next` of the page before; absent for the first page. */
  readonly cursor?: string;
}

/** One page of a listing. */
export interface ListPage {
  readonly records: readonly Snapshot[];
  /** Opaque position of the next page; absent on the last. */
  readonly next?: string;
  /** How many records the whole listing holds, when the partner says. */
  readonly total?: number;
  /** Why the partner refuses this listing, in its words, where there is another way to what it would show; then it is empty. */
  readonly refused?: string;
}

/** What came of a create: made, or refused because the record is already there under this id. */
export type CreateAnswer =
  | { readonly kind: "created"; readonly externalId: string; readonly snapshot?: Snapshot }
  | { readonly kind: "found"; readonly externalId: string };

/** How a partner's webhooks are proved and read. */
export interface WebhookAdapter<Settings = unknown> {
  /** Verifies the raw bytes; compares in constant time. Pure. */
  readonly verify: (request: WebhookRequest, settings: Settings) => WebhookVerdict;
  /**
   * What a body is about. The payload is a rumour: only identity is taken from it.
   * @param headers for partners that name the delivery there
   * @throws Failure `rejected` when the body is not one of this partner's.
   */
  readonly parse: (body: unknown, headers?: WebhookRequest["headers"]) => WebhookNotice;
  /** Whether the notice is for the connection with these settings (one stream may serve many accounts). */
  readonly isFor: (notice: WebhookNotice, settings: Settings) => boolean;
}

/** A webhook as it arrived. Header names in lower case. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Uint8Array;
  /** The last part of the address it came to, where partners that sign nothing are given a secret to send. */
  readonly addressSecret?: string;
}

export type WebhookVerdict =
  | {
      readonly kind: "verified";
      readonly scheme: string;
      /**
       * Set where the proof is a secret that the account's owner gave to a program of their own, and not the partner's
       * signature: enough to have a record looked at again, and for nothing else.
       */
      readonly isByOwner?: true;
    }
  | { readonly kind: "unsigned" }
  | { readonly kind: "forged"; readonly scheme: string };

/** What a webhook is about. */
export interface WebhookNotice {
  /** The partner's event name. */
  readonly type: string;
  /**
   * The account at the partner, for instance a HighLevel location id; empty where the notice names none, so that only a
   * connection's own address tells whose it is.
   */
  readonly account: string;
  /** The partner's id of this delivery, the same when it is sent again; empty where it gives none. */
  readonly deliveryId: string;
  /** When the partner says it happened, epoch ms. */
  readonly occurredAt?: number;
  /** The records it concerns; empty for events that the hub does not follow. */
  readonly refs: readonly NoticeRef[];
  /** Records that the notice names by what they carry, where it does not know their ids. */
  readonly keys?: readonly NoticeKey[];
  /** Records that it tells whole, of a partner that can not be asked for them: the connection's book takes them in. */
  readonly told?: readonly ToldRecord[];
  /** The message, kept as the newest of its kind so that a person can map from it; only where the partner's own words say. */
  readonly sample?: { readonly type: string; readonly text: string };
  /** That the hub's app was installed somewhere, or removed. */
  readonly installation?: Installation;
}

/** A record as a webhook told it, or that it is deleted. Fields that are not named stay as they are. */
export type ToldRecord = {
  readonly resource: Resource;
  readonly externalId: string;
  /** When it happened, epoch ms: what is older than what was told before changes nothing. */
  readonly occurredAt?: number;
} & (
  | { readonly parentId?: string; readonly fields: Fields; readonly isDeleted?: never }
  | { readonly isDeleted: true }
);

/** A record that a webhook names by its e-mail or phone. */
export interface NoticeKey {
  readonly resource: Resource;
  readonly rule: MatchRule;
  /** As the partner wrote it. */
  readonly value: string;
}

/** The hub's app came to an account of the partner, or went from it. */
export interface Installation {
  readonly kind: "installed" | "removed";
  /** The partner's id of the app. */
  readonly appId: string;
  /** The agency, and the one location of it; an installation for a whole agency names no location. */
  readonly companyId?: string;
  readonly locationId?: string;
}

/** One record that a webhook is about. */
export interface NoticeRef {
  /** A `Resource`, or the partner's word for a kind of record that nothing is kept in step with. */
  readonly resource: string;
  readonly externalId: string;
  /** Of children: the contact they belong to, where the notice tells. */
  readonly parentId?: string;
}
