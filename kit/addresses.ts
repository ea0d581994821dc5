import { Failure } from "../model/errors.ts";
import type { HttpRequest } from "./http.ts";

/** A base address, taken apart once. */
export interface Address {
  /** Scheme, host and port. */
  readonly origin: string;
  /** The path that every request's path is appended to; without a slash at its end. */
  readonly prefix: string;
}

/**
 * Takes an address apart after making sure that a secret may be sent there: https, or http within this machine or to a
 * name without a dot, which only this machine's own network can resolve (a container beside ours).
 *
 * @param what names the setting in the message, for instance `base address "api" of connection "crm"`
 * @throws Failure `misconfigured`
 */
export function parseAddress(text: string, what: string): Address {
  const url = URL.parse(text);
  if (url === null) throw wrong(what, `is not an address such as https://api.example.com`);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isNear(url.hostname))) {
    throw wrong(what, "must begin with https:// (http:// is only for this machine and its own network)");
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw wrong(what, "must hold no user name, password, query or #part");
  }
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, "") };
}

function isNear(host: string): boolean {
  return host === "[::1]" || /^127(\.\d+){3}$/.test(host) || /^[^.:[\]]+$/.test(host);
}

function wrong(what: string, how: string): Failure {
  return new Failure("misconfigured", `The ${what} ${how}. Correct it in the connection's configuration.`);
}

/** Where a request goes; the path with its query. */
export interface Target {
  readonly origin: string;
  readonly path: string;
}

/**
 * Where a request goes. It cannot leave the origin of the base address it names.
 * @throws Failure `bug` for a base that the connector does not have, or a path that is none
 */
export function targetOf(addresses: Readonly<Record<string, Address>>, request: HttpRequest): Target {
  const base = request.base ?? "api";
  const address = addresses[base];
  if (address === undefined) throw new Failure("bug", `The connector has no base address "${base}".`);
  if (!/^\/(?!\/)[^\s?#\\]*$/.test(request.path)) {
    throw new Failure("bug", `A request to ${request.doing} has a path that is not one; build it with \`path\`.`);
  }
  return { origin: address.origin, path: address.prefix + request.path + queryText(request.query) };
}

/**
 * Where an address leads that a partner's answer, or a person, gave: to one of the connection's own origins, or by https to
 * a name that the whole world knows; never to this machine's own network.
 * @throws Failure `unavailable`
 */
export function givenTarget(addresses: Readonly<Record<string, Address>>, text: string): Target {
  const url = URL.parse(text);
  const isOwn = Object.values(addresses).some(({ origin }) => origin === url?.origin);
  if (url === null || url.username !== "" || !(isOwn || (url.protocol === "https:" && isKnownToAll(url.hostname)))) {
    throw new Failure("unavailable", "Did not call an address that was given: it is none that leads out by https.");
  }
  return { origin: url.origin, path: `${url.pathname}${url.search}` };
}

function isKnownToAll(host: string): boolean {
  return /\.[a-z][a-z0-9-]+$/i.test(host) && !/\.(local|localhost|internal|lan|home|arpa)$/i.test(host);
}

function queryText(query: HttpRequest["query"]): string {
  if (query === undefined) return "";
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) parts.append(key, String(value));
  const text = parts.toString();
  return text === "" ? "" : `?${text}`;
}
