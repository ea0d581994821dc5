import type { Action, Operation } from "./operation.ts";
import { namesIn } from "./path.ts";

/**
 * Which permissions a connection's credential has, as far as is known. What the partner says of a credential as a whole
 * counts until another word comes; else each answered call tells of the permission that it needed. What was learned is kept
 * for as long as the credential is the same; a refusal counts for a day, since permissions can be added to a credential.
 */
export interface KnownScopes {
  /** Which credential is in use from now on, by a mark that tells it from others and nothing else. */
  readonly ofCredential: (mark: string) => void;
  /** The partner has said which permissions the credential has: all others it lacks. */
  readonly told: (scopes: readonly string[]) => void;
  /** A call that needs these was answered with success. */
  readonly granted: (scopes: readonly string[]) => void;
  /** A call was refused for want of these. */
  readonly refused: (scopes: readonly string[]) => void;
  /** Whether what needs all of these may be done, and which of them are known to be missing. */
  readonly of: (scopes: readonly string[]) => Permission;
}

/** Whether a credential may do something: `unknown` until it was told or tried. */
export interface Permission {
  readonly state: "yes" | "no" | "unknown";
  readonly missing: readonly string[];
}

/** What was learned of a credential; times are epoch ms. */
export interface KeptScopes {
  /** See `ofCredential`. */
  readonly mark: string;
  readonly known: Readonly<Record<string, { readonly has: boolean; readonly at: number }>>;
}

/** What knowing permissions is done with. */
export interface KnownScopesOptions {
  /** Epoch ms. */
  readonly now: () => number;
  /** What was learned before, which counts once the same credential is in use. */
  readonly kept?: KeptScopes;
  /** Called when something new was learned. */
  readonly keep?: (kept: KeptScopes) => void;
}

/** For how long a refusal counts, ms. */
const REFUSED_MS = 86_400_000;

/** Knows what was kept of the credential, once that is in use. */
export function createKnownScopes({ now, kept, keep }: KnownScopesOptions): KnownScopes {
  const known = new Map<string, { readonly has: boolean; readonly at: number }>();
  let all: ReadonlySet<string> | undefined;
  let mark = "";
  const learned = (scope: string): boolean | undefined => {
    const one = known.get(scope);
    return one !== undefined && (one.has || now() - one.at < REFUSED_MS) ? one.has : undefined;
  };
  const has = (scope: string): boolean | undefined => learned(scope) ?? all?.has(scope);
  const learn = (scopes: readonly string[], isGranted: boolean): void => {
    const news = scopes.filter((scope) => learned(scope) !== isGranted);
    for (const scope of news) known.set(scope, { has: isGranted, at: now() });
    if (news.length > 0) keep?.({ mark, known: Object.fromEntries(known) });
  };
  return {
    ofCredential: (present) => {
      if (present === mark) return;
      mark = present;
      all = undefined;
      known.clear();
      if (kept?.mark === present) for (const [scope, one] of Object.entries(kept.known)) known.set(scope, one);
    },
    told: (scopes) => {
      if (all !== undefined && all.size === scopes.length && scopes.every((scope) => all?.has(scope))) return;
      all = new Set(scopes);
      known.clear();
    },
    granted: (scopes) => learn(scopes, true),
    refused: (scopes) => learn(scopes, false),
    of: (scopes) => {
      const missing = scopes.filter((scope) => has(scope) === false);
      if (missing.length > 0) return { state: "no", missing };
      return { state: scopes.every((scope) => has(scope) === true) ? "yes" : "unknown", missing };
    },
  };
}

/** An action with the path of one of its calls, taken apart. */
export interface RoutedCall<Settings> {
  readonly action: Action<Settings>;
  /** The names in braces of the path. */
  readonly names: readonly string[];
}

/** Finds the first action of a catalogue that makes a call to a path, if any does. */
export type FindCall<Settings> = (method: string, path: string) => RoutedCall<Settings> | undefined;

/**
 * Takes a catalogue's paths apart once; every answered call is looked up, so only paths of as many parts are tried. Those
 * with fewer names in braces come first, so that `/contacts/search` is not taken for a contact.
 */
export function callFinder<Settings>(operations: readonly Operation<Settings>[]): FindCall<Settings> {
  const patterns = Map.groupBy(
    operations
      .flatMap((entry) => (entry.kind === "action" ? entry.calls.map((call) => ({ action: entry, ...call })) : []))
      .map(({ action, method, path }) => ({
        key: keyOf(method, path),
        routed: { action, names: namesIn(path) },
        matches: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
      }))
      .sort((one, other) => one.routed.names.length - other.routed.names.length),
    ({ key }) => key,
  );
  return (method, path) => patterns.get(keyOf(method, path))?.find(({ matches }) => matches.test(path))?.routed;
}

function keyOf(method: string, path: string): string {
  return `${method} ${path.split("/").length}`;
}
