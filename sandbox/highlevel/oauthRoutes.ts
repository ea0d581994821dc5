import type { FastifyInstance } from "fastify";
import { Refusal } from "../control/refusal.ts";
import { ACCESS_TOKEN_SECONDS, type Access, type Grant } from "./access.ts";
import type { Location } from "./locationRoutes.ts";

/** The marketplace app that may ask for tokens. */
export type OAuthClient = { readonly clientId: string; readonly clientSecret: string };

/** What the token endpoint works with. */
export type OAuthParts = {
  readonly access: Access;
  readonly client: OAuthClient;
  readonly location: Location;
};

/**
 * Registers the token endpoint, in the dated spelling and in that of v3, and the page that sends a browser back with a
 * code (it consents at once, as there is nobody to ask).
 */
export function oauthRoutes(app: FastifyInstance, parts: OAuthParts): void {
  app.post("/oauth/token", (request, reply) => {
    const isV3 = request.headers.version === "v3";
    const granted = grantFor(asTexts(request.body), isV3, parts);
    return reply.send(isV3 ? camelCased(granted) : granted);
  });
  app.get("/oauth/chooselocation", (request, reply) => {
    const { redirect_uri: back, scope, state } = asTexts(request.query);
    if (!back) throw refused(400, "invalid_request", "redirect_uri is missing");
    const address = new URL(back);
    address.searchParams.set("code", parts.access.issueCode(scope?.split(" ")));
    if (state) address.searchParams.set("state", state);
    return reply.redirect(address.toString());
  });
}

type Texts = Readonly<Record<string, string | undefined>>;

function asTexts(value: unknown): Texts {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]));
}

/** A code is looked at before the client's secret, as was measured at the real product. */
function grantFor(sent: Texts, isV3: boolean, parts: OAuthParts) {
  const value = (name: string) => sent[isV3 ? camel(name) : name] ?? sent[name] ?? "";
  switch (value("grant_type")) {
    case "authorization_code": {
      const granted = parts.access.exchangeCode(value("code"));
      if (granted === undefined) throw refused(401, "UnAuthorized!", "Authorization code not found");
      demandClient(value, parts.client);
      return answerOf(granted, parts.location);
    }
    case "refresh_token": {
      demandClient(value, parts.client);
      const granted = parts.access.refresh(value("refresh_token"));
      if (granted === undefined) throw refused(400, "invalid_grant", "Invalid grant: refresh token is invalid");
      return answerOf(granted, parts.location);
    }
    default:
      throw refused(400, "unsupported_grant_type", "Unsupported grant type: `grant_type` is invalid");
  }
}

function demandClient(value: (name: string) => string, client: OAuthClient): void {
  if (value("client_id") === client.clientId && value("client_secret") === client.clientSecret) return;
  throw refused(401, "UnAuthorized!", "Invalid client credentials!");
}

function refused(status: number, error: string, description: string): Refusal {
  return new Refusal(status, { error, error_description: description });
}

function answerOf({ access, refreshToken }: Grant, location: Location) {
  return {
    access_token: access.value,
    token_type: "Bearer",
    expires_in: ACCESS_TOKEN_SECONDS,
    refresh_token: refreshToken,
    scope: access.scopes.join(" "),
    userType: access.userType,
    companyId: location.companyId,
    ...(access.userType === "Location" ? { locationId: location.id } : { isBulkInstallation: true }),
    userId: "usr00000000000000001",
  };
}

function camelCased(answer: object): object {
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [camel(key), value]));
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
