import type { Classification, Connector, ErrorAnswer, Session } from "../../kit/index.ts";
import { defineConnector } from "../../kit/index.ts";
import { type AppDeclaration, DECLARED_RESOURCES, type DeclaredDatabase } from "../../model/declaration.ts";
import { Failure } from "../../model/errors.ts";
import { catalogueOf } from "./catalogue.ts";
import { adapterOf, declaredOf } from "./resource.ts";
import { Settings } from "./settings.ts";
import {
  ALL_CREDENTIALS,
  accountOf,
  baseUrlsOf,
  credentialsOf,
  grantsOf,
  signedHeaders,
  signedQuery,
} from "./signIn.ts";
import { checkTables, tableAdapter } from "./table.ts";
import { toldAdapter } from "./told.ts";
import { webhooksOf } from "./webhooks.ts";

export { DOCUMENT_BYTES_MAX, importApi } from "./openapi/index.ts";

/**
 * An app of the user's own, of which the hub knows nothing but what a declaration says. This is what all such apps have
 * in common; `describedBy` makes the connector of one of them.
 */
export const yourapp = defineConnector<Settings>({
  id: "yourapp",
  name: "Your App",
  baseUrls: ({ app }) => baseUrlsOf(app),
  hasGivenAddresses: true,
  settings: Settings,
  account: ({ app }) => accountOf(app),
  canWrite: ({ writing }) => writing,
  credentials: ALL_CREDENTIALS,
  authorize: (credential, settings) => ({ ...settings.app.headers, ...signedHeaders(credential, settings) }),
  authorizeQuery: signedQuery,
  limits: ({ app }) =>
    app.limits.map(({ requests, perMs }, place) => ({
      name: place === 0 ? "calls" : `calls ${place + 1}`,
      requests,
      perMs,
      source: "the app's declaration",
    })),
  country: ({ app }) => app.country,
  check: (session) => check(session.settings.app, session),
  resources: {},
  describedBy: ({ app }) => declaredConnector(app),
});

/** Makes the connector of an app from its declaration: two-way records, webhooks and a catalogue of its own. */
export function declaredConnector(app: AppDeclaration): Connector<Settings> {
  const { describedBy: _general, ...general } = yourapp;
  const adapters = DECLARED_RESOURCES.flatMap((resource) => {
    const table = app.tables?.[resource];
    if (app.database !== undefined && table !== undefined) {
      return [[resource, tableAdapter(app, app.database, resource, table)] as const];
    }
    const told = app.told?.[resource];
    if (told !== undefined) return [[resource, toldAdapter(app, resource, told)] as const];
    const declared = declaredOf(app, resource);
    return declared === undefined ? [] : [[resource, adapterOf(declared)] as const];
  });
  return {
    ...general,
    name: app.name,
    credentials: credentialsOf(app),
    classify: (answer) => classify(app, answer),
    ...grantsOf(app),
    ...(app.database && { database: databaseOf(app.database) }),
    resources: Object.fromEntries(adapters),
    operations: catalogueOf(app),
    ...(app.webhooks && { webhooks: webhooksOf(app.webhooks, app.told) }),
  };
}

function databaseOf({ kind, host, port, database, isEncrypted }: DeclaredDatabase): Connector<Settings>["database"] {
  return () => ({ kind, host, port, database, isEncrypted });
}

/** The declared path, or the first page of what is declared first. */
async function check(app: AppDeclaration, session: Session<Settings>): Promise<void> {
  const doing = "try the connection";
  if (app.database !== undefined) return checkTables(app, app.database, session);
  if (app.check !== undefined) {
    await session.http.request({ method: "GET", path: app.check, doing });
    return;
  }
  const resource = DECLARED_RESOURCES.find((one) => app.resources[one] !== undefined);
  // An app that only tells has nothing to be asked.
  if (resource === undefined && app.told !== undefined) return;
  const declared = resource && declaredOf(app, resource);
  if (declared === undefined || declared.shape.list.path.includes("{")) {
    throw new Failure("misconfigured", `${app.name} declares nothing that can be tried; add a path to check.`);
  }
  await adapterOf(declared).list(session, {});
}

/**
 * A page in the place of an answer, or nothing at all under a path that names no record, says that an address is wrong
 * or that something stands in between, and not that a record is gone.
 */
function classify(app: AppDeclaration, { method, status, path, body }: ErrorAnswer): Classification | undefined {
  if (status !== 404 && status !== 410) return undefined;
  const isPage = typeof body === "string" && body.trimStart().startsWith("<");
  if (!isPage && !fixedRequests(app).has(`${method} ${path}`)) return undefined;
  return { kind: "unavailable", message: "there is nothing at this address; look at the base address and the paths" };
}

/** The declared requests that are about no record. */
function fixedRequests({ resources, check: checked }: AppDeclaration): ReadonlySet<string> {
  const lists = DECLARED_RESOURCES.flatMap((resource) => {
    const list = resources[resource]?.list;
    return list === undefined ? [] : [`${list.method} ${list.path}`];
  });
  const { create } = resources.contact ?? {};
  return new Set([
    ...lists,
    ...(create === undefined ? [] : [`${create.method} ${create.path}`]),
    ...(checked === undefined ? [] : [`GET ${checked}`]),
  ]);
}
