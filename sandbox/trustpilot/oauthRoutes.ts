import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { EmulatorApp } from "../control/app.ts";
import type { Asked } from "../control/door.ts";
import { escaped, page, pageHeaders, problemPage } from "../control/page.ts";
import type { Quirks } from "./quirks.ts";
import type { BusinessUnit } from "./review.ts";
import { ACCESS_SECONDS, type Pair, type Tokens } from "./tokens.ts";
import type { Refusals } from "./wording.ts";

/** A user of the business. */
export type BusinessUser = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
};

/** What signing in works with. */
export type OAuthParts = {
  readonly tokens: Tokens;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly users: readonly BusinessUser[];
  readonly unit: BusinessUnit;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly now: () => number;
};

type Texts = Readonly<Record<string, string | undefined>>;

const AT = "/v1/oauth/oauth-business-users-for-applications";

/** Registers the endpoints that give, renew and take back tokens. */
export function tokenRoutes(open: EmulatorApp["open"], parts: OAuthParts): void {
  const route = (url: string, answer: (sent: Texts) => unknown): void => {
    open({
      method: "POST",
      url: `${AT}/${url}`,
      handler: (request, _params, reply) => {
        const sent = textsOf(request.body);
        demandClient(request, sent, parts);
        return reply.send(answer(sent));
      },
    });
  };
  route("accesstoken", (sent) => shownPair(pairFor(sent, parts), parts));
  route("refresh", (sent) => {
    if (sent.grant_type !== "refresh_token") throw parts.refusals.oauth(400, "unsupported_grant_type");
    return shownPair(demandPair(parts.tokens.refresh(sent.refresh_token ?? ""), parts), parts);
  });
  route("revoke", (sent) => {
    parts.tokens.revoke(sent.token ?? "");
    return {};
  });
}

function pairFor(sent: Texts, parts: OAuthParts): Pair {
  const { tokens, users, refusals } = parts;
  switch (sent.grant_type) {
    case "client_credentials":
      return tokens.grant({ userId: undefined });
    case "authorization_code":
      return demandPair(tokens.exchange(sent.code ?? "", sent.redirect_uri ?? ""), parts);
    case "password": {
      const user = users.find(({ email, password }) => email === sent.username && password === sent.password);
      return demandPair(user && tokens.grant({ userId: user.id }), parts);
    }
    default:
      throw refusals.oauth(400, "unsupported_grant_type");
  }
}

function demandPair(pair: Pair | undefined, { refusals }: OAuthParts): Pair {
  if (pair === undefined) throw refusals.oauth(400, "invalid_grant");
  return pair;
}

/** The key and secret come in the header, or in the body. */
function demandClient(request: Asked, sent: Texts, { apiKey, apiSecret, refusals }: OAuthParts): void {
  const [scheme, code = ""] = String(request.headers.authorization ?? "").split(" ");
  const given =
    scheme === "Basic" ? Buffer.from(code, "base64").toString() : `${sent.client_id ?? ""}:${sent.client_secret ?? ""}`;
  if (given !== `${apiKey}:${apiSecret}`) throw refusals.oauth(401, "invalid_client");
}

function shownPair({ access, refresh }: Pair, { quirks, apiKey, now }: OAuthParts): Record<string, unknown> {
  return {
    access_token: access,
    token_type: "BearerToken",
    expires_in: quirks().expiresInAs === "text" ? String(ACCESS_SECONDS) : ACCESS_SECONDS,
    issued_at: String(now()),
    client_id: apiKey,
    status: "approved",
    ...(refresh !== undefined && {
      refresh_token: refresh,
      refresh_token_expires_in: "2591999",
      refresh_token_issued_at: String(now()),
      refresh_token_status: "approved",
    }),
  };
}

/** Registers the page where a user of the business agrees, and what follows the answer. It takes no scopes. */
export function consentRoutes(app: FastifyInstance, parts: OAuthParts): void {
  app.get("/authenticate", (request, reply) => ask(request, reply, parts));
  app.post("/authenticate", (request, reply) => answer(request, reply, parts));
}

function ask(request: FastifyRequest, reply: FastifyReply, parts: OAuthParts): FastifyReply {
  const asked = askedFor(textsOf(request.query), parts);
  if (asked === undefined) return tellProblem(reply);
  const choices = parts.users.map(
    ({ id, name }, place) =>
      `<label><input type="radio" name="user" value="${escaped(id)}"${place === 0 ? " checked" : ""}> ${escaped(name)}</label>`,
  );
  const html = page(
    "Sign in to Trustpilot",
    `<h1>Let this application use ${escaped(parts.unit.displayName)}?</h1>
<p>It will read reviews with the addresses that were invited, answer and label them, and send invitations.</p>
<form method="post"><fieldset><legend>Sign in as</legend>
${choices.join("\n")}
</fieldset>
<div class="answers"><button class="main" name="decision" value="grant">Allow</button>
<button name="decision" value="deny">Deny</button></div></form>`,
  );
  return reply.headers(pageHeaders(asked.redirectUri)).send(html);
}

function answer(request: FastifyRequest, reply: FastifyReply, parts: OAuthParts): FastifyReply {
  const sent = { ...textsOf(request.query), ...textsOf(request.body) };
  const asked = askedFor(sent, parts);
  if (asked === undefined) return tellProblem(reply);
  const address = new URL(asked.redirectUri);
  const user = parts.users.find(({ id }) => id === sent.user);
  if (sent.decision === "deny") address.searchParams.set("error", "access_denied");
  else if (user === undefined) return tellProblem(reply);
  else address.searchParams.set("code", parts.tokens.issueCode(user.id, asked.redirectUri));
  if (sent.state !== undefined && parts.quirks().echoesState) address.searchParams.set("state", sent.state);
  return reply.redirect(address.toString(), 303);
}

function askedFor(sent: Texts, { apiKey }: OAuthParts): { readonly redirectUri: string } | undefined {
  const { client_id, redirect_uri = "", response_type } = sent;
  const isGood = client_id === apiKey && response_type === "code" && URL.canParse(redirect_uri);
  return isGood ? { redirectUri: redirect_uri } : undefined;
}

function tellProblem(reply: FastifyReply): FastifyReply {
  const words =
    "client_id must be the key of the application, response_type must be code, and redirect_uri an address.";
  return reply.code(400).headers(pageHeaders()).send(problemPage("Something is missing", words));
}

function textsOf(value: unknown): Texts {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]));
}
