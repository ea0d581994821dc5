import { below, type Random } from "../random.ts";
import type { Token } from "./access.ts";

/** A private integration as the settings screen lists it. */
export type Integration = {
  /** What rate limits count for and records are marked with: the same after a rotation. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly userType: Token["userType"];
  /** Missing for one of the agency. */
  readonly locationId?: string;
  readonly companyId: string;
};

/** Private integrations and their tokens. */
export type Integrations = {
  readonly list: () => Integration[];
  /** Makes an integration with its first token, which is made up where no value is given. */
  readonly create: (wanted: Omit<Integration, "id">, value?: string) => Token;
  /** Changes what the tokens that exist already may do. */
  readonly setScopes: (id: string, scopes: readonly string[]) => Integration | undefined;
  /** Gives a new token; the old ones die at once or in seven days. */
  readonly rotate: (id: string, when: "now" | "later") => Token | undefined;
  readonly remove: (id: string) => boolean;
  /** The token of this value, as far as it is still good, used just now. */
  readonly find: (value: string) => Token | undefined;
  readonly revoke: (value: string) => void;
};

/** What they depend on. `idleMs` is how long an unused token lives; for ever when 0. */
export type IntegrationsParts = {
  readonly now: () => number;
  readonly random: Random;
  readonly idleMs: () => number;
};

/** An old token goes on for so long after a rotation that spares it. */
const GRACE_MS = 7 * 86_400_000;

type Held = { readonly id: string; expiresAt: number; usedAt: number };

/** Makes an empty list of private integrations. */
export function createIntegrations({ now, random, idleMs }: IntegrationsParts): Integrations {
  const known = new Map<string, Integration>();
  const tokens = new Map<string, Held>();

  const tokenOf = (value: string, { expiresAt, id }: Held): Token | undefined => {
    const integration = known.get(id);
    if (integration === undefined) return undefined;
    const { name, id: clientId, ...right } = integration;
    return { ...right, value, isPrivate: true, clientId, expiresAt };
  };

  const hand = (id: string, value: string): Token => {
    const held: Held = { id, expiresAt: Number.POSITIVE_INFINITY, usedAt: now() };
    tokens.set(value, held);
    const token = tokenOf(value, held);
    if (token === undefined) throw new Error(`There is no private integration ${id}`);
    return token;
  };

  const isGood = ({ expiresAt, usedAt }: Held): boolean =>
    expiresAt > now() && (idleMs() === 0 || now() - usedAt < idleMs());

  return {
    list: () => [...known.values()],
    create: (wanted, value = privateToken(random)) => {
      const short = value.slice("pit-".length, "pit-".length + 8);
      const id = known.has(short) ? value : short;
      known.set(id, { ...wanted, id });
      return hand(id, value);
    },
    setScopes: (id, scopes) => {
      const integration = known.get(id);
      if (integration === undefined) return undefined;
      const changed = { ...integration, scopes };
      known.set(id, changed);
      return changed;
    },
    rotate: (id, when) => {
      if (!known.has(id)) return undefined;
      const until = when === "now" ? now() : now() + GRACE_MS;
      for (const held of tokens.values()) if (held.id === id) held.expiresAt = Math.min(held.expiresAt, until);
      return hand(id, privateToken(random));
    },
    remove: (id) => known.delete(id),
    find: (value) => {
      const held = tokens.get(value);
      if (held === undefined || !isGood(held)) return undefined;
      held.usedAt = now();
      return tokenOf(value, held);
    },
    revoke: (value) => {
      tokens.delete(value);
    },
  };
}

function privateToken(random: Random): string {
  const hex = (length: number) => Array.from({ length }, () => below(random, 16).toString(16)).join("");
  return `pit-${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
}
