import { opaqueId, type Random } from "../random.ts";
import type { Token } from "./access.ts";

/** What a person granted to the app. */
export type Right = Pick<Token, "scopes" | "userType" | "locationId" | "companyId"> & {
  /** For the agency: the locations chosen, and whether those it will have later were chosen as well. */
  readonly approvedLocations?: readonly string[];
  readonly installToFuture?: boolean;
  /** Where the code was sent. */
  readonly redirectUri?: string;
};

/** An answer of the token endpoint. */
export type Grant = { readonly access: Token; readonly refreshToken: string; readonly right: Right };

/** The codes and tokens of the marketplace app. */
export type Grants = {
  /** Makes a code, which works once and not for long. */
  readonly issueCode: (right: Right) => string;
  /** What a code would give. Using it is another matter. */
  readonly peekCode: (code: string) => Right | undefined;
  readonly exchangeCode: (code: string) => Grant | undefined;
  /** Exchanges a refresh token, which then is dead. */
  readonly refresh: (refreshToken: string) => Grant | undefined;
  /** Makes a pair of tokens, or an access token alone. */
  readonly grant: (right: Right) => Grant;
  readonly mint: (right: Right) => Token;
  readonly find: (value: string) => Token | undefined;
  readonly revoke: (value: string) => void;
  /** Kills all codes and tokens that stand for such a right. */
  readonly revokeAll: (isMeant: (right: Right) => boolean) => void;
};

/** What the codes and tokens depend on. */
export type GrantsParts = { readonly now: () => number; readonly random: Random; readonly clientId: string };

/** Lifetime of an access token: `expires_in` of the contract sheet. */
export const ACCESS_TOKEN_SECONDS = 86_399;

const REFRESH_TOKEN_MS = 365 * 86_400_000;
/** How long a code waits is not documented; ten minutes is what the standard allows at most. */
const CODE_MS = 600_000;

type Kept = { readonly right: Right; readonly expiresAt: number };

/** Makes the codes and tokens of an app. None is valid at first. */
export function createGrants({ now, random, clientId }: GrantsParts): Grants {
  const tokens = new Map<string, { readonly right: Right; readonly token: Token }>();
  const codes = new Map<string, Kept>();
  const refreshes = new Map<string, Kept>();

  const mint = (right: Right): Token => {
    const { scopes, userType, companyId, locationId } = right;
    const expiresAt = now() + ACCESS_TOKEN_SECONDS * 1_000;
    const reach = { userType, companyId, ...(locationId !== undefined && { locationId }) };
    const token: Token = { ...reach, scopes, value: jwtLike(random), isPrivate: false, clientId, expiresAt };
    tokens.set(token.value, { right, token });
    return token;
  };

  const grant = (right: Right): Grant => {
    const access = mint(right);
    const refreshToken = opaqueId(random, 64);
    refreshes.set(refreshToken, { right, expiresAt: now() + REFRESH_TOKEN_MS });
    return { access, refreshToken, right };
  };

  const peek = (from: Map<string, Kept>, key: string): Right | undefined => {
    const kept = from.get(key);
    return kept !== undefined && kept.expiresAt > now() ? kept.right : undefined;
  };

  const spend = (from: Map<string, Kept>, key: string): Grant | undefined => {
    const right = peek(from, key);
    from.delete(key);
    return right === undefined ? undefined : grant(right);
  };

  return {
    issueCode: (right) => {
      const code = opaqueId(random, 40);
      codes.set(code, { right, expiresAt: now() + CODE_MS });
      return code;
    },
    peekCode: (code) => peek(codes, code),
    exchangeCode: (code) => spend(codes, code),
    refresh: (refreshToken) => spend(refreshes, refreshToken),
    grant,
    mint,
    find: (value) => tokens.get(value)?.token,
    revoke: (value) => {
      tokens.delete(value);
      refreshes.delete(value);
    },
    revokeAll: (isMeant) => {
      for (const kept of [tokens, codes, refreshes]) {
        for (const [key, { right }] of kept) if (isMeant(right)) kept.delete(key);
      }
    },
  };
}

function jwtLike(random: Random): string {
  return `eyJ${opaqueId(random, 33)}.${opaqueId(random, 120)}.${opaqueId(random, 43)}`;
}
