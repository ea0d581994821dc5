import { betterAuth } from "better-auth";
import { bearer } from "better-auth/plugins/bearer";
import { magicLink } from "better-auth/plugins/magic-link";
import type { HubStore } from "../../store/port.ts";

/** How long a sign-in link may be used, seconds. */
export const LINK_SECONDS = 15 * 60;
const SESSION_SECONDS = 30 * 86_400;
/** What the sessions of the command line are marked with, where others name their browser. */
const OPERATOR = "operator";
const OPERATOR_SECONDS = 10 * 365 * 86_400;

/** Who is signed in. */
export interface SignedIn {
  readonly userId: string;
  readonly email: string;
}

/** Sign-in: one-time links, sessions in secure cookies, and the operator's token for the command line. */
export interface SignIn {
  /** Answers the sign-in pages' own calls under `/api/auth/`. */
  readonly handle: (request: Request) => Promise<Response>;
  /** Who the cookies or the bearer token of a request belong to. */
  readonly whoIs: (headers: Headers) => Promise<SignedIn | undefined>;
  /** Makes a link that signs the owner in once, within `LINK_SECONDS`, and leads to one of the hub's own pages. */
  readonly newLink: (to?: string) => Promise<string>;
  /** Keeps the operator's token valid. @returns the token to keep: the given one if it still works, else a new one. */
  readonly operatorToken: (kept: string | undefined) => Promise<string>;
  /** Ends the owner's operator sessions of earlier starts, so that a token that was lost or copied can be replaced. */
  readonly endOtherOperators: (token: string) => Promise<void>;
}

/** What sign-in stands on. */
export interface SignInOptions {
  readonly auth: HubStore["auth"];
  /** The public address; cookies are marked secure when it is https. */
  readonly publicUrl: string;
  /** Signs cookies; changing it ends all sessions of browsers. */
  readonly secret: string;
  /** The only address that may sign in. */
  readonly ownerEmail: string;
  readonly now: () => number;
}

/**
 * Sets up sign-in on the hub's database. Links are stored hashed and consumed by their first use; nobody can sign up,
 * and a session of anyone but the owner counts as none, so that a changed owner address takes effect at once.
 */
export function createSignIn(options: SignInOptions): SignIn {
  const links = new Map<string, (url: string) => void>();
  let asked = 0;
  const auth = authOf(options, (ask, url) => links.get(ask)?.(url));
  const owner = () => ownerOf(auth, options.ownerEmail);
  return {
    handle: (request) => auth.handler(request),
    whoIs: (headers) => whoIs(auth, headers, options.ownerEmail),
    newLink: async (to = "/") => {
      await owner();
      asked += 1;
      const ask = String(asked);
      const made = new Promise<string>((resolve) => links.set(ask, resolve));
      const body = { email: options.ownerEmail, callbackURL: to, metadata: { ask } };
      await auth.api.signInMagicLink({ body, headers: new Headers() });
      links.delete(ask);
      return made;
    },
    operatorToken: async (kept) => {
      if (kept !== undefined && (await whoIs(auth, bearerOf(kept), options.ownerEmail)) !== undefined) return kept;
      return newOperatorToken(auth, await owner(), options.now());
    },
    endOtherOperators: async (token) => endOtherOperators(auth, await owner(), token),
  };
}

type Auth = ReturnType<typeof authOf>;

function authOf(options: SignInOptions, onLink: (ask: string, url: string) => void) {
  return betterAuth({
    appName: "Kith",
    baseURL: options.publicUrl,
    basePath: "/api/auth",
    secret: options.secret,
    database: options.auth,
    trustedOrigins: [options.publicUrl],
    session: { expiresIn: SESSION_SECONDS, updateAge: 86_400 },
    advanced: {
      cookiePrefix: "kith",
      useSecureCookies: options.publicUrl.startsWith("https:"),
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
    },
    // A link's token has 180 bits of chance: guessing is hopeless, and a limit by address would fall on one proxy.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [
      bearer(),
      magicLink({
        expiresIn: LINK_SECONDS,
        disableSignUp: true,
        storeToken: "hashed",
        sendMagicLink: async ({ url, metadata }) => onLink(String(metadata?.ask), url),
      }),
    ],
  });
}

async function whoIs(auth: Auth, headers: Headers, ownerEmail: string): Promise<SignedIn | undefined> {
  const found = await auth.api.getSession({ headers });
  if (found === null || found.user.email !== ownerEmail.toLowerCase()) return undefined;
  return { userId: found.user.id, email: found.user.email };
}

async function ownerOf(auth: Auth, email: string): Promise<string> {
  const { internalAdapter } = await auth.$context;
  const found = await internalAdapter.findUserByEmail(email);
  if (found !== null) return found.user.id;
  const made = await internalAdapter.createUser({ email, name: "Owner", emailVerified: true });
  return made.id;
}

async function newOperatorToken(auth: Auth, userId: string, now: number): Promise<string> {
  const { internalAdapter } = await auth.$context;
  const expiresAt = new Date(now + OPERATOR_SECONDS * 1_000);
  const session = await internalAdapter.createSession(userId, false, { expiresAt, userAgent: OPERATOR }, true);
  return session.token;
}

async function endOtherOperators(auth: Auth, userId: string, token: string): Promise<void> {
  const { internalAdapter } = await auth.$context;
  const sessions = await internalAdapter.listSessions(userId);
  const others = sessions.filter((session) => session.userAgent === OPERATOR && session.token !== token);
  if (others.length > 0) await internalAdapter.deleteSessions(others.map((session) => session.token));
}

function bearerOf(token: string): Headers {
  return new Headers({ authorization: `Bearer ${token}` });
}
