import type { Refusal } from "../control/refusal.ts";
import type { Random } from "../random.ts";
import type { Agency } from "./agency.ts";
import { createGrants, type Grant, type Grants, type Right } from "./grants.ts";
import { createIntegrations, type Integrations } from "./integrations.ts";
import { SCOPES, type Scope } from "./scopes.ts";
import type { Refusals } from "./wording.ts";

export type { Scope } from "./scopes.ts";

/**
 * Which kinds of token an operation takes, in the words of the product's documents: of a location or of the agency, and
 * with `Only` no private integration tokens.
 */
export type TokenClass = "Location-Access" | "Location-Access-Only" | "Agency-Access" | "Agency-Access-Only";

/** A bearer of rights. Access tokens expire; private tokens only once they are replaced. */
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

/** The tokens of one emulator: who may do what, until when. */
export type Access = {
  /** Registers a private token of its own integration and returns it. */
  readonly issuePrivate: (
    scopes?: readonly string[],
    userType?: Token["userType"],
    value?: string,
    locationId?: string,
  ) => Token;
  /** Makes a code, as the consent page would. It works once. */
  readonly issueCode: (scopes?: readonly string[], userType?: Token["userType"], locationId?: string) => string;
  /** A person agrees: the app is installed, and the code for its tokens is answered. */
  readonly consent: (right: Right) => string;
  readonly exchangeCode: (code: string) => Grant | undefined;
  /** Exchanges a refresh token, which then is dead. */
  readonly refresh: (refreshToken: string) => Grant | undefined;
  readonly grants: Grants;
  readonly integrations: Integrations;
  readonly revoke: (value: string) => void;
  /** Kills all that the app was granted for a location, or everywhere when none is named. */
  readonly end: (locationId: string | undefined) => void;
  /** @throws Refusal 401 when the header is missing, or its token is not of these classes or lacks the scope. */
  readonly admit: (authorization: string | undefined, scope: Scope, classes: readonly TokenClass[]) => Token;
};

/** What the tokens depend on. */
export type AccessParts = {
  readonly now: () => number;
  readonly random: Random;
  readonly agency: Agency;
  readonly clientId: string;
  readonly refusals: Refusals;
  /** How long a private token lives that nobody uses; for ever when 0. */
  readonly idleMs: () => number;
  /** Installs the app as it was agreed. */
  readonly onConsent: (right: Right) => void;
};

/** Makes an emulator's tokens. None is valid at first. */
export function createAccess(parts: AccessParts): Access {
  const { agency, refusals } = parts;
  const grants = createGrants(parts);
  const integrations = createIntegrations(parts);

  const rightOf = (scopes: readonly string[], userType: Token["userType"], locationId = agency.first.id): Right => ({
    scopes,
    userType,
    companyId: agency.companyId,
    ...(userType === "Location" ? { locationId } : { approvedLocations: agency.locations().map(({ id }) => id) }),
  });

  const consent = (right: Right): string => {
    parts.onConsent(right);
    return grants.issueCode(right);
  };

  const tokenOf = (authorization: string | undefined): Token => {
    const value = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1] ?? "";
    const token = value.startsWith("pit-") ? integrations.find(value) : grants.find(value);
    if (token !== undefined && token.expiresAt > parts.now()) return token;
    if (value.startsWith("pit-")) throw refusals.unauthenticated("Invalid Private Integration token");
    throw refusals.unauthenticated(isJwtLike(value) ? "Invalid token: access token is invalid" : "Invalid JWT");
  };

  return {
    issuePrivate: (scopes = SCOPES, userType = "Location", value = undefined, locationId = undefined) => {
      const { approvedLocations, ...right } = rightOf(scopes, userType, locationId);
      return integrations.create({ ...right, name: "Private integration" }, value);
    },
    issueCode: (scopes = SCOPES, userType = "Location", locationId = undefined) =>
      consent(rightOf(scopes, userType, locationId)),
    consent,
    exchangeCode: grants.exchangeCode,
    refresh: grants.refresh,
    grants,
    integrations,
    revoke: (value) => {
      integrations.revoke(value);
      grants.revoke(value);
    },
    end: (locationId) => grants.revokeAll((right) => locationId === undefined || right.locationId === locationId),
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

function isJwtLike(value: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value);
}
