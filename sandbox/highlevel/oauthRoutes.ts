import type { EmulatorApp } from "../control/app.ts";
import type { Endpoint } from "../control/door.ts";
import type { Access } from "./access.ts";
import { ACCESS_TOKEN_SECONDS, type Grant } from "./grants.ts";
import { INSTALLER_ID } from "./installations.ts";
import type { Refusals } from "./wording.ts";

/** The marketplace app that may ask for tokens. The first part of its id is the id of the app. */
export type OAuthClient = { readonly clientId: string; readonly clientSecret: string };

/** What the token endpoint works with. */
export type OAuthParts = {
  readonly access: Access;
  readonly client: OAuthClient;
  readonly planId: () => string;
  readonly refusals: Refusals;
};

/** Registers the token endpoint, in the dated spelling and in that of v3. */
export function oauthRoutes(open: EmulatorApp["open"], parts: OAuthParts): void {
  const handler: Endpoint["handler"] = (request, _params, reply) => {
    const isV3 = request.headers.version === "v3";
    const granted = answerOf(grantFor(asTexts(request.body), isV3, parts), parts);
    return reply.send(isV3 ? camelCased(granted) : granted);
  };
  open({ method: "POST", url: "/oauth/token", handler });
}

/** Fields of a form or of a query, by name. */
export type Texts = Readonly<Record<string, string | undefined>>;

/** Reads fields as texts. What is no object has none. */
export function asTexts(value: unknown): Texts {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]));
}

/** A code is looked at before the client's secret, as was measured at the real product. */
function grantFor(sent: Texts, isV3: boolean, parts: OAuthParts): Grant {
  const { grants } = parts.access;
  const refused = parts.refusals.oauth;
  const value = (name: string) => sent[isV3 ? camel(name) : name] ?? sent[name] ?? "";
  switch (value("grant_type")) {
    case "authorization_code": {
      const code = value("code");
      const right = grants.peekCode(code);
      if (right === undefined) throw refused(401, "UnAuthorized!", "Authorization code not found");
      demandClient(value, parts);
      const back = value("redirect_uri");
      const isElsewhere = back !== "" && right.redirectUri !== undefined && right.redirectUri !== back;
      if (isElsewhere)
        throw refused(400, "invalid_grant", "Invalid grant: redirect_uri is not the one the code went to");
      return demandGrant(grants.exchangeCode(code), "authorization code is invalid", parts);
    }
    case "refresh_token":
      demandClient(value, parts);
      return demandGrant(grants.refresh(value("refresh_token")), "refresh token is invalid", parts);
    default:
      throw refused(400, "unsupported_grant_type", "Unsupported grant type: `grant_type` is invalid");
  }
}

function demandGrant(granted: Grant | undefined, problem: string, parts: OAuthParts): Grant {
  if (granted === undefined) throw parts.refusals.oauth(400, "invalid_grant", `Invalid grant: ${problem}`);
  return granted;
}

function demandClient(value: (name: string) => string, parts: OAuthParts): void {
  const { clientId, clientSecret } = parts.client;
  if (value("client_id") === clientId && value("client_secret") === clientSecret) return;
  throw parts.refusals.oauth(401, "UnAuthorized!", "Invalid client credentials!");
}

function answerOf({ access, refreshToken, right }: Grant, { planId }: OAuthParts) {
  return {
    access_token: access.value,
    token_type: "Bearer",
    expires_in: ACCESS_TOKEN_SECONDS,
    refresh_token: refreshToken,
    refreshTokenId: refreshToken.slice(0, 24).toLowerCase(),
    scope: access.scopes.join(" "),
    userType: access.userType,
    companyId: access.companyId,
    ...(access.userType === "Location"
      ? { locationId: access.locationId }
      : {
          isBulkInstallation: true,
          approvedLocations: right.approvedLocations ?? [],
          approveAllLocations: right.installToFuture ?? false,
          installToFutureLocations: right.installToFuture ?? false,
        }),
    ...(planId() !== "" && { planId: planId() }),
    userId: INSTALLER_ID,
  };
}

/** The same answer in the spelling of v3. */
export function camelCased(answer: object): object {
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [camel(key), value]));
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
