import type { Dispatcher } from "undici";
import { Failure } from "../model/errors.ts";
import type { Address } from "./addresses.ts";
import type { Clock } from "./clock.ts";
import type { AgencyDeclaration, AgencyRequest, Connector, Credential } from "./connector.ts";
import { kindOfStatus } from "./failures.ts";
import { type CredentialAccess, type CredentialKeeper, credentialKeeper, type Mint } from "./oauth.ts";
import { exchange, type Received } from "./transport.ts";
import { tidy } from "./words.ts";

/** What making tokens from an agency's pair needs. */
export interface MintOptions {
  readonly connectionId: string;
  readonly partner: string;
  readonly agency: AgencyDeclaration;
  /** What the partner's refusals mean, where their status alone does not say it. */
  readonly classify?: Connector["classify"];
  readonly addresses: Readonly<Record<string, Address>>;
  /** The pair of an agency, which all of its connections share. */
  readonly agencyAccess: (agencyId: string) => CredentialAccess;
  readonly clock: Clock;
  readonly dispatcher: Dispatcher;
}

const TIMEOUT_MS = 20_000;

/** Makes tokens of single accounts. The agency's own pair is kept fresh as any other, by one process at a time. */
export function createMint(options: MintOptions): Mint {
  const keepers = new Map<string, CredentialKeeper>();
  const keeperOf = (agencyId: string): CredentialKeeper => {
    const known = keepers.get(agencyId) ?? agencyKeeper(options, agencyId);
    keepers.set(agencyId, known);
    return known;
  };
  const { base, path, headers, form } = options.agency.mint;
  return async ({ agencyId, account }) => {
    const doing = `get a token of ${account} for connection "${options.connectionId}" from its agency`;
    const body = new URLSearchParams(form(agencyId, account)).toString();
    return askAgency(options, keeperOf(agencyId), { method: "POST", base, path, headers, body, doing });
  };
}

/** Keeps the pair of an agency usable. */
export function agencyKeeper(options: MintOptions, agencyId: string): CredentialKeeper {
  const { connectionId, partner, clock, dispatcher, agency } = options;
  return credentialKeeper({
    ...{ connectionId, partner, clock, dispatcher },
    access: options.agencyAccess(agencyId),
    parameters: agency.refreshParameters,
  });
}

/** A request that is made with an agency's own token. */
export interface AskedOfAgency extends AgencyRequest {
  readonly method: "GET" | "POST";
  /** A form. */
  readonly body?: string;
  /** What is being done, for messages: `get a token of abc`. */
  readonly doing: string;
}

/** Asks with the agency's token, and once more with a fresh one where it was refused. @throws Failure */
export async function askAgency(
  options: MintOptions,
  keeper: CredentialKeeper,
  asked: AskedOfAgency,
): Promise<Received> {
  const first = await keeper.current();
  const received = await ask(options, asked, first);
  if (judged(options, received, asked) !== "unauthorized") return received;
  const second = await ask(options, asked, await keeper.renew(first));
  judged(options, second, asked);
  return second;
}

/**
 * Whether the agency's token was refused, which alone starts a refresh.
 * @throws Failure for what else may be wrong: a missing permission, or an account that the agency has not let in
 */
function judged({ partner, classify }: MintOptions, received: Received, { method, path, doing }: AskedOfAgency) {
  const { status, headers, body } = received;
  if (status < 400 || status >= 500 || status === 429) return "answered";
  const known = classify?.({ method, path, status, headers, body });
  const kind = known?.kind ?? kindOfStatus(status);
  if (kind === "unauthorized") return kind;
  const said = known === undefined || known.message === "" ? `answered ${status}` : `said: ${tidy(known.message, [])}`;
  throw new Failure(
    kind,
    `Could not ${doing} at ${partner}: it ${said} See that the app is installed there, and connect again.`,
    { status, ...(known?.scope !== undefined && { scope: known.scope }) },
  );
}

function ask(options: MintOptions, asked: AskedOfAgency, credential: Credential): Promise<Received> {
  const address = options.addresses[asked.base];
  if (address === undefined) throw new Failure("bug", `The connector has no base address "${asked.base}".`);
  const token = credential.kind === "token" ? credential.token : credential.accessToken;
  const { method, doing, headers, body } = asked;
  return exchange({
    dispatcher: options.dispatcher,
    clock: options.clock,
    target: { origin: address.origin, path: address.prefix + asked.path },
    method,
    headers: {
      accept: "application/json",
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
      "user-agent": "kith",
      ...headers,
    },
    ...(body !== undefined && { body }),
    timeoutMs: TIMEOUT_MS,
    onSilence: (how) =>
      new Failure("unavailable", `Could not ${doing} at ${options.partner}: it ${how}. Try again in a while.`),
  });
}
