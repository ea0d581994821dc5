import { opaqueId, type Random } from "../random.ts";

/** Who a token speaks for: the account alone, or a user of the business who agreed. */
export type Bearer = { readonly userId: string | undefined };

/** A pair of tokens; the account alone gets no second. */
export type Pair = { readonly access: string; readonly refresh: string | undefined; readonly expiresAt: number };

/** The codes and tokens of an account's application. */
export type Tokens = {
  /** A code that works once, for the address it is sent to. */
  readonly issueCode: (userId: string, redirectUri: string) => string;
  /** `undefined` for a code that is spent, too old, or was sent elsewhere. */
  readonly exchange: (code: string, redirectUri: string) => Pair | undefined;
  readonly refresh: (token: string) => Pair | undefined;
  readonly grant: (bearer: Bearer) => Pair;
  readonly find: (access: string) => Bearer | undefined;
  readonly revoke: (token: string) => void;
  readonly revokeAll: () => void;
};

/** Lifetime of an access token in seconds: about a hundred hours. Source: contract sheet, section 1. */
export const ACCESS_SECONDS = 359_999;
const REFRESH_MS = 30 * 86_400_000;
/** How long a code waits is not documented; ten minutes is what the standard allows at most. */
const CODE_MS = 600_000;

/** Makes the tokens of an application. None is valid at first. */
export function createTokens(random: Random, now: () => number): Tokens {
  const codes = new Map<
    string,
    { readonly userId: string; readonly redirectUri: string; readonly expiresAt: number }
  >();
  const accesses = new Map<string, Bearer & { readonly expiresAt: number }>();
  const refreshes = new Map<string, Bearer & { readonly expiresAt: number }>();

  const grant = ({ userId }: Bearer): Pair => {
    const access = opaqueId(random, 28);
    const expiresAt = now() + ACCESS_SECONDS * 1_000;
    accesses.set(access, { userId, expiresAt });
    if (userId === undefined) return { access, refresh: undefined, expiresAt };
    const refresh = opaqueId(random, 32);
    refreshes.set(refresh, { userId, expiresAt: now() + REFRESH_MS });
    return { access, refresh, expiresAt };
  };

  return {
    issueCode: (userId, redirectUri) => {
      const code = opaqueId(random, 24);
      codes.set(code, { userId, redirectUri, expiresAt: now() + CODE_MS });
      return code;
    },
    exchange: (code, redirectUri) => {
      const kept = codes.get(code);
      codes.delete(code);
      const isGood = kept !== undefined && kept.expiresAt > now() && kept.redirectUri === redirectUri;
      return isGood ? grant({ userId: kept.userId }) : undefined;
    },
    refresh: (token) => {
      const kept = refreshes.get(token);
      refreshes.delete(token);
      return kept !== undefined && kept.expiresAt > now() ? grant(kept) : undefined;
    },
    grant,
    find: (access) => {
      const kept = accesses.get(access);
      return kept !== undefined && kept.expiresAt > now() ? kept : undefined;
    },
    revoke: (token) => {
      accesses.delete(token);
      refreshes.delete(token);
    },
    revokeAll: () => {
      for (const held of [codes, accesses, refreshes]) held.clear();
    },
  };
}
