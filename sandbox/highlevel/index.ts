import type { FastifyInstance } from "fastify";
import type { EmulatorApp } from "../control/app.ts";
import type { SeedContact } from "../control/desk.ts";
import { createLimiter, type Limits } from "../control/limiter.ts";
import { type Listening, listenOn } from "../control/listen.ts";
import type { Deliver } from "../control/outbox.ts";
import { realSurroundings, type Surroundings } from "../control/surroundings.ts";
import type { Access } from "./access.ts";
import type { Agency } from "./agency.ts";
import { agencyRoutes } from "./agencyRoutes.ts";
import { FIRST_CALENDAR_ID } from "./calendars.ts";
import { consentRoutes } from "./consentRoutes.ts";
import { openControls } from "./controls.ts";
import { sealed } from "./events.ts";
import { createPremises, type Premises } from "./ground.ts";
import { createHouse, type House } from "./house.ts";
import type { App } from "./installations.ts";
import { type LocationAdminParts, locationAdminRoutes } from "./locationAdminRoutes.ts";
import type { Location } from "./locationRoutes.ts";
import { createMarketplace, type Marketplace } from "./marketplace.ts";
import { type OAuthClient, oauthRoutes } from "./oauthRoutes.ts";
import type { Quirks } from "./quirks.ts";
import { createOperations, type Entrance, type Operations, openOperations } from "./routing.ts";
import type { PublicKeys, SigningKeys } from "./signatures.ts";
import type { Fields } from "./workflowWebhooks.ts";

export type { Access, Scope, Token } from "./access.ts";
export type { Agency } from "./agency.ts";
export type { House } from "./house.ts";
export type { OAuthClient } from "./oauthRoutes.ts";
export type { Quirks as HighLevelQuirks } from "./quirks.ts";
export type { PublicKeys, SigningKeys } from "./signatures.ts";

/** How an emulator is to be. Everything has a default; without a clock of your own it runs in real time. */
export type HighLevelOptions = Partial<Surroundings> & {
  readonly quirks?: Partial<Quirks>;
  readonly limits?: Partial<Limits>;
  /** Milliseconds that every answer takes at least; default 0. */
  readonly latencyMs?: number;
  /** The first location, and those that the agency has besides. */
  readonly location?: Partial<Location>;
  readonly furtherLocations?: readonly Partial<Location>[];
  /** The private token; one is made up when left out. */
  readonly token?: string;
  readonly oauthClient?: OAuthClient;
  /** What the marketplace says about the app: its name, where codes may be sent, what it may ask for. */
  readonly app?: Partial<App>;
  /** Whether the app is installed in the first location from the beginning, which is so when left out. */
  readonly isInstalled?: boolean;
  /** Where webhooks go; nowhere when left out. */
  readonly webhookUrls?: readonly string[];
  /** How webhooks travel; over HTTP when left out. */
  readonly deliver?: Deliver;
  readonly keys?: SigningKeys;
  /** Invents the contacts of a reset. */
  readonly populate?: (seed: number, count: number) => readonly SeedContact[];
};

/** What a hub is told. The consent page is at `/oauth/chooselocation` under the emulator's address. */
export type SignIn = {
  readonly locationId: string;
  readonly companyId: string;
  /** The calendar that appointments made by the hub would go into. */
  readonly calendarId: string;
  readonly token: string;
  readonly publicKeys: PublicKeys;
  readonly oauthClient: OAuthClient;
  readonly appId: string;
  readonly versionId: string;
};

/** The limits of a developer's own sandbox account, which are lower. */
export const DEVELOPER_LIMITS = { requests: 25, perMs: 10_000, daily: 10_000 } as const satisfies Partial<Limits>;

/** An emulated HighLevel: an agency with its locations. What is said of one location is said of the first. */
export type HighLevelEmulator = Omit<House, "operations"> & {
  /** The web server, built when it is first asked for. */
  readonly app: FastifyInstance;
  /** Asks an operation in this process, without a socket. */
  readonly ask: EmulatorApp["ask"];
  /** Listens on 127.0.0.1; port 0 takes any free one. Closing also stops the webhooks. */
  readonly listen: (port: number) => Promise<Listening>;
  readonly close: () => Promise<void>;
  readonly agency: Agency;
  /** A location by its id. @throws Error when the agency has no such location. */
  readonly at: (locationId: string) => House;
  /** A private token of the first location, with every scope. */
  readonly token: string;
  readonly oauthClient: OAuthClient;
  /** Issue further tokens and codes, revoke them; edit and rotate private integrations. */
  readonly access: Access;
  /** The app and its installations: install and uninstall it as a person would in the marketplace. */
  readonly marketplace: Marketplace;
  readonly publicKeys: () => PublicKeys;
  /** All that a hub must be told to use this emulator, except its address. */
  readonly signIn: () => SignIn;
  readonly setWebhookUrls: (urls: readonly string[]) => void;
};

/** Makes an emulator that holds no contacts yet. */
export function createHighLevelEmulator(options: HighLevelOptions = {}): HighLevelEmulator {
  const surroundings = { ...realSurroundings(), ...options };
  const premises = createPremises(surroundings, options);
  const { agency, workings } = premises;
  const marketplace = createMarketplace(premises, options, (locationId, contactId) =>
    contactOf(at(locationId), contactId),
  );
  const { access, post, client: oauthClient } = marketplace;
  const token = access.issuePrivate(undefined, "Location", options.token).value;
  const at: (locationId: string) => House = housesOf(agency, (location) =>
    createHouse(premises, location, post, options),
  );
  const { operations, ...house } = at(agency.first.id);
  const entrance = entranceOf(premises, access, at);
  openOperations(workings.open, [operations, agencyOperations(premises, marketplace)], entrance);
  signInPages(premises, marketplace);
  openControls(premises, marketplace, at);

  const close = async (): Promise<void> => {
    premises.timetable.clear();
    await Promise.all([workings.close(), post.close()]);
  };

  return {
    ...house,
    get app() {
      return workings.app();
    },
    ask: workings.ask,
    listen: (port) => listenOn(workings.app(), port, close),
    close,
    agency,
    at,
    token,
    oauthClient,
    access,
    marketplace,
    publicKeys: post.publicKeys,
    signIn: () => ({
      locationId: house.location.id,
      companyId: agency.companyId,
      calendarId: FIRST_CALENDAR_ID,
      token,
      publicKeys: post.publicKeys(),
      oauthClient,
      appId: marketplace.appId,
      versionId: marketplace.app.get().versionId,
    }),
    setWebhookUrls: post.setUrls,
  };
}

/** Builds a location's house when somebody first goes there. */
function housesOf(agency: Agency, build: (location: Location) => House): (locationId: string) => House {
  const houses = new Map<string, House>();
  return (locationId) => {
    const known = houses.get(locationId);
    if (known !== undefined) return known;
    const location = agency.find(locationId);
    if (location === undefined) throw new Error(`The agency has no location ${locationId}`);
    const house = build(location);
    houses.set(locationId, house);
    return house;
  };
}

/** A contact as it is stored, a plain object. */
function contactOf({ control }: House, contactId: string): Fields | undefined {
  const state = control.state(contactId);
  return typeof state === "object" && state !== null ? { ...state } : undefined;
}

/** What is done for the agency as a whole. */
function agencyOperations(premises: Premises, marketplace: Marketplace): Operations {
  const { agency, refusals, quirks, workings } = premises;
  const { access, app, appId, installations, post } = marketplace;
  const operations = createOperations();
  const parts = { access, agency, installations, appId, app: app.get, quirks: quirks.get, refusals };
  agencyRoutes(operations.route, parts);
  const tell: LocationAdminParts["tell"] = (type, locationId, fields) => {
    const about = { type, locationId, contactId: "" };
    post.sendAboutApp(sealed(about, fields, quirks.get().envelope, workings.surroundings));
  };
  locationAdminRoutes(operations.route, { ...parts, tell });
  return operations;
}

/** What is done before there is any token. */
function signInPages({ agency, refusals, workings, quirks }: Premises, marketplace: Marketplace): void {
  const { access, app, client } = marketplace;
  oauthRoutes(workings.open, { access, client, planId: () => app.get().planId, refusals });
  const parts = { access, agency, app, clientId: client.clientId, quirks: quirks.get };
  workings.onServe((server) => consentRoutes(server, parts));
}

function entranceOf(
  { agency, workings, refusals, quirks }: Premises,
  access: Access,
  at: (id: string) => House,
): Entrance {
  const { now } = workings.surroundings;
  const limits = workings.limits.get;
  return {
    access,
    agency,
    operationsAt: (locationId: string) => at(locationId).operations,
    refusals,
    quirks: quirks.get,
    limits,
    limit: createLimiter(limits, now),
    now,
    isStale: workings.isStale,
  };
}
