import type { Refusal } from "../control/refusal.ts";
import { below, opaqueId, type Random } from "../random.ts";
import type { Agency } from "./agency.ts";
import { SCOPES, type Scope } from "./scopes.ts";
import type { Refusals } from "./wording.ts";

export type { Scope } from "./scopes.ts";

/**
 * Which kinds of token an operation takes, in the words of the product's documents: of a location or of the agency, and
 * with `Only` no private integration tokens.
 */
export type TokenClass = "Location-Access" | "Location-Access-Only" | "Agency-Access" | "Agency-Access-Only";

/** A bearer of rights. Private tokens never expire; access tokens do. */
export type Token = {
  readonly value: string;
  readonly isPrivate: boolean;
  readonly userType: "Location" | "Company";
  /** Missing for a token of the agency. */
  readonly locationId?: string;
  readonly companyId: string;
  /** The app (or private integration) that the rate limit counts for. */
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
};

/** An answer of the token endpoint. */
export type Grant = { readonly access: Token; readonly refreshToken: string };

/** The tokens of one emulator: who may do what, until when. */
export type Access = {
  /** Registers a private token and returns it. */
  readonly issuePrivate: (
    scopes?: readonly string[],
    userType?: Token["userType"],
    value?: string,
    locationId?: string,
  ) => Token;
  /** Makes a code, as the consent page would. It works once. */
  readonly issueCode: (scopes?: readonly string[], userType?: Token["userType"], locationId?: string) => string;
  readonly exchangeCode: (code: string) => Grant | undefined;
  /** Exchanges a refresh token, which then is dead. */
  readonly refresh: (refreshToken: string) => Grant | undefined;
  readonly revoke: (value: string) => void;
  /** @throws Refusal 401 when the header is missing, or its token is not of these classes or lacks the scope. */
  readonly admit: (authorization: string | undefined, scope: Scope, classes: readonly TokenClass[]) => Token;
};

/** Lifetime of an access token: `expires_in` of the contract sheet. */
export const ACCESS_TOKEN_SECONDS = 86_399;

type Right = Pick<Token, "scopes" | "userType" | "locationId" | "companyId">;

/** What the tokens depend on. */
export type AccessParts = {
  readonly now: () => number;
  readonly random: Random;
  readonly agency: Agency;
  readonly clientId: string;
  readonly refusals: Refusals;
};

/** Makes an emulator's tokens. None is valid at first. */
export function createAccess({ now, random, agency, clientId, refusals }: AccessParts): Access {
  const tokens = new Map<string, Token>();
  const codes = new Map<string, Right>();
  const refreshes = new Map<string, Right>();

  const rightOf = (scopes: readonly string[], userType: Token["userType"], locationId = agency.first.id): Right => ({
    scopes,
    userType,
    companyId: agency.companyId,
    ...(userType === "Location" && { locationId }),
  });

  const register = (token: Token): Token => {
    tokens.set(token.value, token);
    return token;
  };

  const grant = (right: Right): Grant => {
    const expiresAt = now() + ACCESS_TOKEN_SECONDS * 1_000;
    const access = register({ ...right, value: jwtLike(random), isPrivate: false, clientId, expiresAt });
    const refreshToken = opaqueId(random, 64);
    refreshes.set(refreshToken, right);
    return { access, refreshToken };
  };

  const spend = (from: Map<string, Right>, key: string): Grant | undefined => {
    const right = from.get(key);
    from.delete(key);
    return right === undefined ? undefined : grant(right);
  };

  const tokenOf = (authorization: string | undefined): Token => {
    const value = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1] ?? "";
    const token = tokens.get(value);
    if (token !== undefined && token.expiresAt > now()) return token;
    if (value.startsWith("pit-")) throw refusals.unauthenticated("Invalid Private Integration token");
    throw refusals.unauthenticated(isJwtLike(value) ? "Invalid token: access token is invalid" : "Invalid JWT");
  };

  return {
    issuePrivate: (scopes = SCOPES, userType = "Location", value = privateToken(random), locationId = undefined) =>
      register({
        ...rightOf(scopes, userType, locationId),
        value,
        isPrivate: true,
        clientId: value,
        expiresAt: Number.POSITIVE_INFINITY,
      }),
    issueCode: (scopes = SCOPES, userType = "Location", locationId = undefined) => {
      const code = opaqueId(random, 40);
      codes.set(code, rightOf(scopes, userType, locationId));
      return code;
    },
    exchangeCode: (code) => spend(codes, code),
    refresh: (refreshToken) => spend(refreshes, refreshToken),
    revoke: (value) => {
      tokens.delete(value);
      refreshes.delete(value);
    },
    admit: (authorization, scope, classes) => {
      const token = tokenOf(authorization);
      if (!classes.some((allowed) => isOfClass(token, allowed))) throw wrongClass(token, refusals);
      if (!token.scopes.includes(scope)) throw refusals.unauthenticated("The token is not authorized for this scope.");
      return token;
    },
  };
}

function isOfClass({ userType, isPrivate }: Token, allowed: TokenClass): boolean {
  switch (allowed) {
    case "Location-Access":
      return userType === "Location";
    case "Location-Access-Only":
      return userType === "Location" && !isPrivate;
    case "Agency-Access":
      return userType === "Company";
    case "Agency-Access-Only":
      return userType === "Company" && !isPrivate;
    default:
      return allowed satisfies never;
  }
}

function wrongClass(token: Token, refusals: Refusals): Refusal {
  if (!token.isPrivate) return refusals.unauthenticated("Token's user type mismatch!");
  return refusals.unauthenticated(
    "This authClass type is not allowed to access this scope. Please verify your IAM configuration if this is not the case.",
  );
}

function privateToken(random: Random): string {
  const hex = (length: number) => Array.from({ length }, () => below(random, 16).toString(16)).join("");
  return `pit-${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
}

function jwtLike(random: Random): string {
  return `eyJ${opaqueId(random, 33)}.${opaqueId(random, 120)}.${opaqueId(random, 43)}`;
}

function isJwtLike(value: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value);
}
