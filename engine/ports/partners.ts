import type { CreateAnswer, Listing, ListPage, ListQuery } from "../../kit/connector.ts";
import type { CallRecord } from "../../kit/http.ts";
import type { FieldDefinition } from "../../model/field.ts";
import type { Priority } from "../../model/priority.ts";
import type { Resource, Snapshot } from "../../model/record.ts";
import type { MatchRule } from "../../model/sync.ts";
import type { Changes, Fields } from "../../model/value.ts";

/** The partners, as the engine calls them. See `../ports.ts`. */

/** How one reconcile talks to a partner: its urgency, and where its calls are noted down. */
export interface CallContext {
  readonly priority: Priority;
  /** Appended to as calls are made; becomes part of the journal entry. */
  readonly calls: CallRecord[];
}

/** One resource of one connection, ready to call. See `ResourceAdapter` for what each promises. */
export interface Partner {
  readonly connectionId: string;
  /** What people call the connection, for sentences. */
  readonly name: string;
  readonly listing: Listing;
  readonly canDelete: boolean;
  /** The field that is the record's id there, where it is one; see `ResourceAdapter`. */
  readonly keyedBy?: MatchRule;
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
  /** The field catalogue; where `asOf` is given, one that was asked for at that moment or later, epoch ms. */
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

/** Finds the partner behind a connection. @throws Failure `misconfigured` when there is none. */
export type PartnerOf = (workspaceId: string, connectionId: string, resource: Resource) => Partner;
