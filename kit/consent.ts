import {
  AuthorizationResponseError,
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  ClientSecretPost,
  customFetch,
  nopkce,
  processAuthorizationCodeResponse,
  skipStateCheck,
  validateAuthResponse,
} from "oauth4webapi";
import type { Dispatcher } from "undici";
import { Failure } from "../model/errors.ts";
import { parseAddress } from "./addresses.ts";
import type { Clock } from "./clock.ts";
import type { Connector } from "./connector.ts";
import { type OAuthCredential, scopesOf } from "./oauth.ts";
import { addressesOf, type ConnectionRow, checkedSettings } from "./session.ts";
import { exchange } from "./transport.ts";
import { isSameSecret } from "./webhooks.ts";

/** An app as it is registered at a partner. */
export interface AppRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What is asked for at a partner's consent page, and where the pair of tokens is fetched. */
export interface Consent {
  readonly connectionId: string;
  readonly partner: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** Where a pair is exchanged for the next. */
  readonly refreshUrl: string;
  readonly scopes: readonly string[];
  /** Sent to the consent page beside the standard parameters. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * What a connection asks for; `undefined` where its partner has no consent page.
 * @throws Failure `misconfigured` for settings or addresses that are wrong
 */
export function consentOf(connector: Connector, connection: ConnectionRow): Consent | undefined {
  const { oauth } = connector;
  if (oauth === undefined) return undefined;
  const settings = checkedSettings(connector, connection);
  const addresses = addressesOf(connector, connection, settings);
  const at = ({ base, path }: { readonly base: string; readonly path: string }) => {
    const address = addresses[base];
    if (address === undefined) throw new Failure("bug", `The connector has no base address "${base}".`);
    return address.origin + address.prefix + path;
  };
  return {
    connectionId: connection.id,
    partner: connector.name,
    authorizeUrl: at(oauth.authorize),
    tokenUrl: at(oauth.token),
    refreshUrl: at(oauth.refresh ?? oauth.token),
    scopes: oauth.scopes(settings),
    parameters: oauth.parameters(settings),
  };
}

/** The address of the consent page that a browser is sent to. */
export function consentAddress(
  consent: Consent,
  asked: { readonly clientId: string; readonly redirectUri: string; readonly state: string },
): string {
  const address = new URL(consent.authorizeUrl);
  const parameters = {
    response_type: "code",
    client_id: asked.clientId,
    redirect_uri: asked.redirectUri,
    ...(consent.scopes.length > 0 && { scope: consent.scopes.join(" ") }),
    state: asked.state,
    ...consent.parameters,
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

/** What a browser brought back from a consent page, and what it was sent there with. */
export interface BroughtBack {
  readonly parameters: URLSearchParams;
  readonly app: AppRegistration;
  readonly redirectUri: string;
  readonly state: string;
}

/** A pair of tokens that was granted, with all that the partner said of it. */
export interface Granted {
  readonly credential: OAuthCredential;
  readonly answer: Readonly<Record<string, unknown>>;
}

/** Names that partners have for a plain bearer token beside the standard one. */
const BEARER_NAMES = { bearertoken: () => {} } as const;

/** How long the partner may take to answer for a code, ms. */
const TIMEOUT_MS = 20_000;
const DEFAULT_SECONDS = 3_600;

/**
 * Fetches the tokens for what a browser brought back. A partner need not send the state back, but where it does the state
 * must be the one that was sent. No failure repeats a code, a token or the app's secret.
 * @returns `"denied"` when the person did not agree
 * @throws Failure `rejected` for what was not asked for or is not good any more, `unavailable` when no answer came
 */
export async function grantOf(
  consent: Consent,
  back: BroughtBack,
  ways: { readonly clock: Clock; readonly dispatcher: Dispatcher },
): Promise<Granted | "denied"> {
  const said = back.parameters.get("state");
  if (said !== null && !isSameSecret(said, back.state)) throw notOurs(consent);
  const server = serverOf(consent);
  const client = { client_id: back.app.clientId };
  let code: URLSearchParams;
  try {
    code = validateAuthResponse(server, client, back.parameters, skipStateCheck);
  } catch (thrown) {
    if (thrown instanceof AuthorizationResponseError && thrown.error === "access_denied") return "denied";
    throw notOurs(consent);
  }
  const answer = await authorizationCodeGrantRequest(
    server,
    client,
    ClientSecretPost(back.app.clientSecret),
    code,
    back.redirectUri,
    nopkce,
    // Which addresses may do without https is decided where they are parsed, and by nobody else.
    { [allowInsecureRequests]: true, [customFetch]: fetchOver(consent, ways) },
  );
  const granted = await processAuthorizationCodeResponse(server, client, answer, {
    recognizedTokenTypes: BEARER_NAMES,
  }).catch(() => {
    throw refused(consent, answer.status);
  });
  if (granted.refresh_token === undefined) throw refused(consent, answer.status);
  return {
    answer: granted,
    credential: {
      kind: "oauth",
      accessToken: granted.access_token,
      refreshToken: granted.refresh_token,
      expiresAt: ways.clock.now() + (granted.expires_in ?? DEFAULT_SECONDS) * 1_000,
      ...back.app,
      tokenUrl: consent.refreshUrl,
      ...scopesOf(granted.scope),
    },
  };
}

function serverOf({ authorizeUrl, tokenUrl }: Consent): AuthorizationServer {
  return {
    issuer: new URL(authorizeUrl).origin,
    authorization_endpoint: authorizeUrl,
    token_endpoint: tokenUrl,
  };
}

/** The library's requests leave as all others do: within the time allowed, and without following redirects. */
function fetchOver(
  consent: Consent,
  { clock, dispatcher }: { readonly clock: Clock; readonly dispatcher: Dispatcher },
) {
  return async (url: string, init: { readonly headers: Record<string, string>; readonly body?: unknown }) => {
    const { origin, prefix } = parseAddress(url, `token address of connection "${consent.connectionId}"`);
    const received = await exchange({
      dispatcher,
      clock,
      target: { origin, path: prefix === "" ? "/" : prefix },
      method: "POST",
      headers: { ...init.headers, "user-agent": "kith" },
      body: String(init.body),
      timeoutMs: TIMEOUT_MS,
      onSilence: (how) =>
        new Failure("unavailable", `${consent.partner} did not answer for the consent: it ${how}. Connect again.`),
    });
    return new Response(JSON.stringify(received.body ?? {}), {
      // The library knows success by 200 alone, and some partners answer 201.
      status: received.status === 201 ? 200 : received.status,
      headers: { "content-type": "application/json" },
    });
  };
}

function notOurs({ partner }: Consent): Failure {
  return new Failure("rejected", `What ${partner} sent back does not belong to what was asked. Connect again.`);
}

function refused({ partner }: Consent, status: number): Failure {
  return new Failure(
    "rejected",
    `${partner} gave no tokens for the consent (it answered ${status}). Check the app's client id, secret and redirect address, and connect again.`,
  );
}
