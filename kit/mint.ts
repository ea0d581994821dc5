import type { Dispatcher } from "undici";
import { Failure } from "../model/errors.ts";
import type { Address } from "./addresses.ts";
import type { Clock } from "./clock.ts";
import type { AgencyDeclaration, Connector, Credential } from "./connector.ts";
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
  return async ({ agencyId, account }) => {
    const keeper = keeperOf(agencyId);
    const first = await keeper.current();
    const received = await ask(options, agencyId, account, first);
    if (judged(options, received, account) !== "unauthorized") return received;
    const second = await ask(options, agencyId, account, await keeper.renew(first));
    judged(options, second, account);
    return second;
  };
}

function agencyKeeper(options: MintOptions, agencyId: string): CredentialKeeper {
  const { connectionId, partner, clock, dispatcher, agency } = options;
  return credentialKeeper({
    ...{ connectionId, partner, clock, dispatcher },
    access: options.agencyAccess(agencyId),
    parameters: agency.refreshParameters,
  });
}

/**
 * Whether the agency's token was refused, which alone starts a refresh.
 * @throws Failure for what else may be wrong: a missing permission, or an account that the agency has not let in
 */
function judged({ partner, connectionId, agency, classify }: MintOptions, received: Received, account: string) {
  const { status, headers, body } = received;
  if (status < 400 || status >= 500 || status === 429) return "answered";
  const known = classify?.({ method: "POST", path: agency.mint.path, status, headers, body });
  const kind = known?.kind ?? kindOfStatus(status);
  if (kind === "unauthorized") return kind;
  const said = known === undefined || known.message === "" ? `answered ${status}` : `said: ${tidy(known.message, [])}`;
  throw new Failure(
    kind,
    `${partner} gave connection "${connectionId}" no token of ${account} by its agency; it ${said} See that the app is installed there, and connect again.`,
    { status, ...(known?.scope !== undefined && { scope: known.scope }) },
  );
}

function ask(options: MintOptions, agencyId: string, account: string, credential: Credential): Promise<Received> {
  const { mint } = options.agency;
  const address = options.addresses[mint.base];
  if (address === undefined) throw new Failure("bug", `The connector has no base address "${mint.base}".`);
  const token = credential.kind === "token" ? credential.token : credential.accessToken;
  return exchange({
    dispatcher: options.dispatcher,
    clock: options.clock,
    target: { origin: address.origin, path: address.prefix + mint.path },
    method: "POST",
    headers: {
      accept: "application/json",
      authorization: `Bearer ${token}`,
      "content-type": "application/x-www-form-urlencoded",
      "user-agent": "kith",
      ...mint.headers,
    },
    body: new URLSearchParams(mint.form(agencyId, account)).toString(),
    timeoutMs: TIMEOUT_MS,
    onSilence: (how) =>
      new Failure(
        "unavailable",
        `Could not get a token for connection "${options.connectionId}" from its agency at ${options.partner}: it ${how}. It is tried again by itself.`,
      ),
  });
}
