import ipaddr from "ipaddr.js";
import { Agent, buildConnector, type Dispatcher } from "undici";
import { Failure } from "../model/errors.ts";
import { type AllowedAddresses, mayReach } from "./allowed.ts";

/**
 * Keeps requests to addresses that somebody typed in away from this machine, its network and its cloud's metadata. What
 * counts is where a connection really leads: names are resolved here and every address of the answer is looked at in the
 * moment of connecting, so that neither a redirect nor a name that changes its mind gets around it.
 */

/** One address of a name. */
export interface Resolved {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly Resolved[]>;

/**
 * The addresses that a host may be reached at.
 * @throws Failure `misconfigured` when one of them is not allowed: a name that leads to several places is refused whole
 */
export async function reachable(
  host: string,
  resolve: Resolve,
  allowed: AllowedAddresses,
): Promise<readonly Resolved[]> {
  const bare = host.replace(/^\[|\]$/g, "");
  const found = ipaddr.isValid(bare) ? [literal(bare)] : await resolve(bare);
  const refused = found.find(({ address }) => !mayReach(address, bare, allowed));
  if (refused === undefined) return found;
  throw new Failure(
    "misconfigured",
    `${bare} leads to an address of this machine's own network, which may not be called. The hub's operator can allow it with KITH_ALLOWED_ADDRESSES.`,
  );
}

function literal(address: string): Resolved {
  return { address, family: ipaddr.parse(address).kind() === "ipv4" ? 4 : 6 };
}

/** What a guarded way out is made of. */
export interface GuardOptions {
  readonly resolve: Resolve;
  readonly allowed: AllowedAddresses;
  /** How a connection is made to an address that was looked at; a socket of the operating system when absent. */
  readonly connect?: buildConnector.connector;
  /** Connections per origin. */
  readonly connections?: number;
}

/** A way out like `partnerAgent`, whose every connection is looked at. It follows no redirect. */
export function guardedAgent({ resolve, allowed, connect, connections = 16 }: GuardOptions): Dispatcher {
  const dial = connect ?? buildConnector({ timeout: CONNECT_MS });
  return new Agent({
    connections,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    connect: (options, callback) => {
      reachable(options.hostname, resolve, allowed).then(
        ([first]) => {
          if (first === undefined) return callback(new Error("the name has no address"), null);
          // The socket goes to the very address that was looked at; the certificate is still checked for the name.
          const servername = options.servername ?? (ipaddr.isValid(options.hostname) ? undefined : options.hostname);
          dial({ ...options, hostname: first.address, ...(servername !== undefined && { servername }) }, callback);
        },
        (thrown: unknown) => callback(thrown instanceof Error ? thrown : new Error(String(thrown)), null),
      );
    },
  });
}

const CONNECT_MS = 10_000;
