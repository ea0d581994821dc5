import type { Clock, Random } from "../../engine/ports.ts";
import { type CallRecord, PRIORITIES } from "../../kit/http.ts";
import {
  type Connector,
  type CredentialAccess,
  type HttpClientOptions,
  type KeptCalls,
  type KeptScopes,
  type OpenSql,
  openConnection,
  partnerOf,
} from "../../kit/index.ts";
import { asFailure } from "../../model/errors.ts";
import type { ConnectionRow } from "../../store/port.ts";
import type { Books } from "./books.ts";
import { agencyNameOf } from "./credentials.ts";
import type { OpenConnectionWith } from "./registry.ts";

/** What opening connections stands on. */
export interface OpenerOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** The way out to all partners; one per connection when absent. */
  readonly dispatcher?: HttpClientOptions<unknown>["dispatcher"];
  /** The way out to addresses that somebody typed in; `dispatcher` when absent. */
  readonly guarded?: HttpClientOptions<unknown>["dispatcher"];
  /** How databases that are apps are opened. */
  readonly openSql?: OpenSql;
  /** The pair of an agency by the name under which it is kept. */
  readonly agencyOf?: (workspaceId: string, name: string) => CredentialAccess;
  /** What the hub keeps for connections; in memory when absent. */
  readonly books?: Books;
  /** Told of every call, for metrics. */
  readonly onCall: (row: ConnectionRow, call: CallRecord) => void;
  /** Keeps what a connection used of its allowance. */
  readonly keep: (row: ConnectionRow, calls: KeptCalls) => Promise<void>;
  /** Keeps what was learned of a credential's permissions. */
  readonly keepScopes: (row: ConnectionRow, scopes: KeptScopes) => Promise<void>;
}

/** Opens connections with the kit. */
export function openerOf(options: OpenerOptions): OpenConnectionWith {
  return (connector, row, credential, kept, isTrial = false, keptScopes) => {
    const { agencyOf, books } = options;
    const of = { workspaceId: row.workspaceId, connectionId: row.id };
    let heardAt = lastOf(kept);
    const isTypedIn = connector.hasGivenAddresses === true || (!row.isFromFile && Object.keys(row.baseUrls).length > 0);
    const wayOut = (isTypedIn ? options.guarded : undefined) ?? options.dispatcher;
    const open = openConnection({
      connector,
      connection: row,
      credential,
      ...(agencyOf && {
        agencyAccess: (agencyId: string) => agencyOf(row.workspaceId, agencyNameOf(connector.id, agencyId)),
      }),
      clock: options.clock,
      random: options.random,
      ...(wayOut === undefined ? {} : { dispatcher: wayOut }),
      ...(books && { book: books.of(of) }),
      ...(options.openSql && { openSql: options.openSql }),
      ...(kept && { kept }),
      // What a trial uses is little, and must not stand in the place of what the connection itself has used.
      ...(!isTrial && { keep: (calls) => options.keep(row, calls) }),
      ...(!isTrial && { keepScopes: (scopes) => options.keepScopes(row, scopes) }),
      ...(keptScopes && { keptScopes }),
      onCall: (call) => {
        if (call.status > 0) heardAt = options.clock.now();
        options.onCall(row, call);
      },
    });
    const { transcripts } = connector;
    return {
      ...(transcripts && {
        onTranscripts: (work) => work(transcripts, open.session({ priority: PRIORITIES.live, calls: [] })),
      }),
      catalogue: {
        entries: connector.operations ?? [],
        permission: open.scopes.of,
        noMessages: () => noMessagesTo(connector, credential),
        run: (action, input, calls) => action.run(open.session({ priority: PRIORITIES.live, calls }), input),
      },
      partner: (resource) => ({ ...partnerOf(open, resource), name: row.name }),
      byPerson: (resource) => {
        const session: typeof open.session = (context) => ({
          ...open.session(context),
          ...(books && { book: books.byPerson(of) }),
        });
        return { ...partnerOf({ ...open, session }, resource), name: row.name };
      },
      fieldMaker: (resource) => {
        const make = open.connector.resources[resource]?.makeField;
        return make && ((wanted) => make(open.session({ priority: PRIORITIES.live, calls: [] }), wanted));
      },
      check: () => open.check({ priority: PRIORITIES.live, calls: [] }),
      allowances: () =>
        open.budget
          .usage()
          .map(({ name, requests, perMs, used, waiting }) => ({ name, requests, perMs, used, waiting })),
      heardAt: () => heardAt,
      refuseWaiting: open.budget.close,
      close: open.close,
    };
  };
}

/** When the last of the calls that are kept was answered, epoch ms. */
function lastOf(kept: KeptCalls | undefined): number | undefined {
  const times = Object.values(kept?.calls ?? {}).flatMap((calls) => calls.map(({ at }) => at));
  return times.length === 0 ? undefined : Math.max(...times);
}

async function noMessagesTo(connector: Connector, credential: CredentialAccess): Promise<string | undefined> {
  try {
    const { kind } = await credential.load();
    return connector.credentials.find((one) => one.kind === kind)?.noMessages;
  } catch (thrown) {
    // A connection that nobody has signed in says so of itself; of its messages nothing is known.
    if (asFailure(thrown).kind === "bug") throw thrown;
    return undefined;
  }
}
