import { createSettings, type Settings } from "../control/settings.ts";
import { opaqueId, type Random } from "../random.ts";
import { type Access, createAccess } from "./access.ts";
import { sealed } from "./events.ts";
import type { Right } from "./grants.ts";
import type { Premises } from "./ground.ts";
import type { HighLevelOptions } from "./index.ts";
import { type App, AppShape, createInstallations, type Installations } from "./installations.ts";
import type { OAuthClient } from "./oauthRoutes.ts";
import { createPost, type Post, type PostParts } from "./post.ts";

/** The app in the marketplace: who it is, where it is installed, what it may do and how it is told. */
export type Marketplace = {
  readonly client: OAuthClient;
  readonly appId: string;
  readonly app: Settings<App>;
  readonly installations: Installations;
  readonly access: Access;
  readonly post: Post;
};

const DAY_MS = 86_400_000;

/** Opens the marketplace. The app is installed in the first location from the beginning, unless told otherwise. */
export function createMarketplace(
  premises: Premises,
  options: HighLevelOptions,
  contactAt: PostParts["contactAt"],
): Marketplace {
  const { agency, workings, quirks, refusals } = premises;
  const { surroundings } = workings;
  const client = options.oauthClient ?? inventClient(surroundings.random);
  const appId = client.clientId.split("-")[0] ?? "";
  const app = createSettings(AppShape, options.app);

  const post = createPost(premises, options, {
    mayHear: (type, locationId) => installations.mayHear(type, locationId),
    contactAt,
  });
  const installations: Installations = createInstallations({
    now: surroundings.now,
    agency,
    app,
    appId,
    initially: options.isInstalled === false ? [] : [agency.first.id],
    tell: (type, fields) => post.sendAboutApp(sealed({ type, contactId: "" }, fields, "flat", surroundings)),
    onEnd: (locationId) => access.end(locationId),
  });
  const access: Access = createAccess({
    ...surroundings,
    agency,
    clientId: client.clientId,
    refusals,
    idleMs: () => quirks.get().privateTokenIdleDays * DAY_MS,
    onConsent: (right) => installAs(right, installations),
  });
  return { client, appId, app, installations, access, post };
}

function installAs(right: Right, installations: Installations): void {
  const { scopes, locationId, approvedLocations = [], installToFuture = false } = right;
  if (locationId !== undefined) installations.install(locationId, scopes);
  else installations.installInAgency(approvedLocations, { scopes, installToFuture });
}

/** As the product's ids look: the app's in hexadecimal digits, a dash, and the client's own letters. */
function inventClient(random: Random): OAuthClient {
  return {
    clientId: `${hexadecimal(random, 24)}-${opaqueId(random, 8).toLowerCase()}`,
    clientSecret: opaqueId(random, 36),
  };
}

function hexadecimal(random: Random, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");
}
