import type { Connector, Credential, CredentialKind, OAuthDeclaration } from "../../kit/index.ts";
import type { AppDeclaration, SignIn } from "../../model/declaration.ts";
import type { Settings } from "./settings.ts";

/** The ways of signing in to an app, from its declaration. */

const TOKEN: Readonly<Record<Exclude<SignIn["kind"], "oauth" | "clientCredentials">, Omit<CredentialKind, "kind">>> = {
  none: { label: "None needed", help: "The app lets everybody in: write anything." },
  apiKey: { label: "API key", help: "The app's settings or its maker give it." },
  bearer: { label: "Access token", help: "The app's settings or its maker give it." },
  basic: { label: "User and password", help: "Written in one, with a colon between: user:password." },
};

/** What a person may give to sign in. */
export function credentialsOf({ signIn }: AppDeclaration): readonly CredentialKind[] {
  switch (signIn.kind) {
    case "oauth":
      return [
        {
          kind: "consent",
          label: "OAuth",
          help: "Register the hub at the app, and give the client id and its secret.",
        },
        { kind: "oauth", label: "OAuth tokens", help: "A pair of tokens that the app has given already." },
      ];
    case "clientCredentials":
      return [{ kind: "consent", label: "Client credentials", help: "The client id and its secret, from the app." }];
    case "none":
    case "apiKey":
    case "bearer":
    case "basic":
      return [{ kind: "token", ...TOKEN[signIn.kind] }];
    default:
      return signIn satisfies never;
  }
}

/** Every way that some app may have, for a connection of which no declaration is known. */
export const ALL_CREDENTIALS: readonly CredentialKind[] = [
  { kind: "token", label: "Key or token", help: "As the app's declaration says." },
  { kind: "consent", label: "Client id and secret", help: "For apps with OAuth 2." },
  { kind: "oauth", label: "OAuth tokens", help: "A pair of tokens that the app has given already." },
];

/** The headers that carry the credential. */
export function signedHeaders(credential: Credential, { app: { signIn } }: Settings): Record<string, string> {
  const secret = secretOf(credential);
  switch (signIn.kind) {
    case "none":
      return {};
    case "apiKey":
      return signIn.in === "header" ? { [signIn.name.toLowerCase()]: signIn.prefix + secret } : {};
    case "basic":
      return { authorization: `Basic ${Buffer.from(secret, "utf8").toString("base64")}` };
    case "bearer":
    case "oauth":
    case "clientCredentials":
      return { authorization: `Bearer ${secret}` };
    default:
      return signIn satisfies never;
  }
}

/** The query parameters that carry the credential. */
export function signedQuery(credential: Credential, { app: { signIn } }: Settings): Record<string, string> {
  return signIn.kind === "apiKey" && signIn.in === "query"
    ? { [signIn.name]: signIn.prefix + secretOf(credential) }
    : {};
}

/** The base addresses: that of the API, and those of the pages and tokens of OAuth. */
export function baseUrlsOf({ baseUrl, signIn }: AppDeclaration): Readonly<Record<string, string>> {
  switch (signIn.kind) {
    case "oauth":
      return { api: baseUrl, consent: originOf(signIn.authorizeUrl), token: originOf(signIn.tokenUrl) };
    case "clientCredentials":
      return { api: baseUrl, token: originOf(signIn.tokenUrl) };
    case "none":
    case "apiKey":
    case "bearer":
    case "basic":
      return { api: baseUrl };
    default:
      return signIn satisfies never;
  }
}

/** The parts of a connector that only apps with OAuth have. */
export function grantsOf(app: AppDeclaration): Pick<Connector<Settings>, "oauth" | "ownGrant"> {
  const { signIn } = app;
  if (signIn.kind === "oauth") return { oauth: consentOf(app, signIn) };
  if (signIn.kind !== "clientCredentials") return {};
  return { ownGrant: () => ({ base: "token", path: pathOf(signIn.tokenUrl), scopes: signIn.scopes }) };
}

/** An app has one account: the one that its address leads to. */
export function accountOf({ baseUrl, database }: Pick<AppDeclaration, "baseUrl" | "database">): string {
  if (database !== undefined) return `${database.kind}://${database.host}:${database.port}/${database.database}`;
  return baseUrl.replace(/\/+$/, "").toLowerCase();
}

function consentOf(app: AppDeclaration, signIn: Extract<SignIn, { kind: "oauth" }>): OAuthDeclaration<Settings> {
  return {
    authorize: { base: "consent", path: pathOf(signIn.authorizeUrl) },
    token: { base: "token", path: pathOf(signIn.tokenUrl) },
    scopes: () => signIn.scopes,
    parameters: () => ({}),
    pkce: false,
    accountSetting: "app",
    // Whose account it is, the app's own address has said.
    accountOf: () => accountOf(app),
  };
}

function secretOf(credential: Credential): string {
  return credential.kind === "token" ? credential.token : credential.accessToken;
}

function originOf(address: string): string {
  return new URL(address).origin;
}

function pathOf(address: string): string {
  return new URL(address).pathname;
}
