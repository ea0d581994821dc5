import { createHash } from "node:crypto";
import type { Dispatcher } from "undici";
import { z } from "zod";
import { consentAddress, grantOf } from "../../kit/index.ts";
import { asFailure } from "../../model/errors.ts";
import { connectable, draftOf, type ReasonToConnect, reasonToConnect } from "./asked.ts";
import { keep } from "./keeping.ts";
import { type Connectable, type ConnectionDraft, ConsentFor, type ConsentParts } from "./parts.ts";

/** What is to be signed in, before a person is sent to the partner. */
export interface ConsentQuestion {
  readonly name: string;
  readonly partner: string;
  readonly scopes: readonly string[];
  /** Where the partner sends the browser back to; registered there beforehand. */
  readonly redirectUri: string;
  /** Where the browser is sent: the origin alone. */
  readonly consentOrigin: string;
}

/** What came of a consent. */
export type ConsentOutcome =
  | {
      readonly kind: "connected";
      readonly name: string;
      readonly partner: string;
      readonly connectionId: string;
      readonly others: readonly string[];
      readonly problem?: string;
    }
  | {
      /** An agency agreed, and its accounts are to be chosen here. */
      readonly kind: "agency";
      readonly partner: string;
      readonly connectorId: string;
      readonly agencyId: string;
      readonly others: readonly string[];
    }
  | { readonly kind: "denied"; readonly name: string; readonly partner: string; readonly again: string }
  | { readonly kind: "failed"; readonly message: string; readonly again?: string };

/** Consents: asked for by the owner's browser, and finished by the same one. */
export interface Consents {
  /** @throws Failure `not_found`, or `misconfigured` when it cannot be signed in by consent */
  readonly question: (workspaceId: string, what: ConsentFor) => Promise<ConsentQuestion>;
  /** The hub's page that asks for a connection which is to be. @throws Failure as `question` */
  readonly newPath: (workspaceId: string, draft: ConnectionDraft) => Promise<string>;
  /** What an address of `newPath` holds. @throws Failure `not_found` for what is none of ours, or too old */
  readonly draft: (workspaceId: string, sealed: string) => Promise<ConnectionDraft>;
  /** Why a connection should be signed in anew; `undefined` where nothing speaks for it. */
  readonly reasonToConnect: (workspaceId: string, connectionId: string) => Promise<ReasonToConnect | undefined>;
  /** @returns the partner's address, and the secret that the browser keeps in a cookie until it comes back */
  readonly begin: (
    workspaceId: string,
    what: ConsentFor,
    userId: string,
  ) => Promise<{ readonly address: string; readonly secret: string }>;
  readonly finish: (parameters: URLSearchParams, secret: string | undefined, userId: string) => Promise<ConsentOutcome>;
}

/** How long a person may take at the partner's page, seconds. */
export const CONSENT_SECONDS = 15 * 60;
/** Where partners send browsers back to. */
export const CALLBACK = "/connect/callback";

/** What is kept of a consent while the browser is away; sealed, as its state proves who comes back. */
const Kept = z.strictObject({ workspaceId: z.string(), what: ConsentFor, userId: z.string(), state: z.string() });

/** Consents over the store, the vault and the connections. */
export function createConsents(parts: ConsentParts): Consents {
  const { store, vault, clock } = parts;
  const redirectUri = parts.publicUrl + CALLBACK;
  return {
    question: async (workspaceId, what) => {
      const { name, consent } = await connectable(parts, workspaceId, what);
      const consentOrigin = new URL(consent.authorizeUrl).origin;
      return { name, partner: consent.partner, scopes: consent.scopes, redirectUri, consentOrigin };
    },
    newPath: async (workspaceId, draft) => (await connectable(parts, workspaceId, { kind: "new", draft })).path,
    draft: (workspaceId, sealed) => draftOf(parts, workspaceId, sealed),
    reasonToConnect: (workspaceId, connectionId) => reasonToConnect(parts, workspaceId, connectionId),
    begin: async (workspaceId, what, userId) => {
      const { consent, app } = await connectable(parts, workspaceId, what);
      const [secret, state] = [parts.newSecret(), parts.newSecret()];
      const id = idOf(secret);
      const sealed = await vault.seal(sealNameOf(id), JSON.stringify({ workspaceId, what, userId, state }));
      const now = clock.now();
      await store.putConsent({ id, sealed, expiresAt: now + CONSENT_SECONDS * 1_000 }, now);
      return { address: consentAddress(consent, { clientId: app.clientId, redirectUri, state }), secret };
    },
    finish: async (parameters, secret, userId) => {
      const id = idOf(secret ?? "");
      const sealed = secret === undefined ? undefined : await store.takeConsent(id, clock.now());
      if (sealed === undefined) return { kind: "failed", message: UNASKED };
      const kept = Kept.parse(JSON.parse(await vault.open(sealNameOf(id), sealed)));
      if (kept.userId !== userId) return { kind: "failed", message: UNASKED };
      return finish(parts, parameters, { ...kept, redirectUri });
    },
  };
}

const UNASKED =
  "Nothing is being connected in this browser, or it took too long. Begin again with `kith connect` or from the connection's page.";

async function finish(
  parts: ConsentParts,
  parameters: URLSearchParams,
  { workspaceId, what, redirectUri, state }: z.infer<typeof Kept> & { readonly redirectUri: string },
): Promise<ConsentOutcome> {
  const asked = await connectable(parts, workspaceId, what).catch(failed);
  if ("kind" in asked) return asked;
  const { name, consent, app, connector, path: again } = asked;
  const { partner } = consent;
  try {
    const ways = { clock: parts.clock, dispatcher: wayOut(parts, asked) };
    const granted = await grantOf(consent, { parameters, app, redirectUri, state }, ways);
    if (granted === "denied") return { kind: "denied", name, partner, again };
    const kept = await keep(parts, asked, granted);
    if (kept.kind === "agency") return { ...kept, partner, connectorId: connector.id };
    return await connected(parts, workspaceId, { ...kept, name, partner });
  } catch (thrown) {
    return { ...failed(thrown), again };
  }
}

/** Where the tokens are fetched from may be what somebody typed in, and not the partner's own. */
function wayOut({ guarded, dispatcher }: ConsentParts, { connector, row, draft }: Connectable): Dispatcher {
  const isOverridden = row?.isFromFile !== true && Object.keys(row?.baseUrls ?? draft?.baseUrls ?? {}).length > 0;
  return connector.hasGivenAddresses === true || isOverridden ? (guarded ?? dispatcher) : dispatcher;
}

/** Looks whether the connection works, and lets go on what waited for it. */
async function connected(
  parts: ConsentParts,
  workspaceId: string,
  kept: Omit<Extract<ConsentOutcome, { kind: "connected" }>, "kind">,
): Promise<ConsentOutcome> {
  const outcome = await parts.registry.check(workspaceId, kept.connectionId);
  await parts.onConnected(workspaceId, kept.connectionId);
  return { ...kept, kind: "connected", ...(outcome !== "working" && { problem: outcome.message }) };
}

/** A failure as what came of it. @throws what is a fault of ours */
function failed(thrown: unknown): Extract<ConsentOutcome, { kind: "failed" }> {
  const failure = asFailure(thrown);
  if (failure.kind === "bug") throw failure;
  return { kind: "failed", message: failure.message };
}

/** The store knows a consent by this alone, so that nobody who reads the store can finish one. */
function idOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

function sealNameOf(id: string): string {
  return `consent:${id}`;
}
