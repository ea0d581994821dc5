import type { FastifyInstance } from "fastify";
import {
  type ChildDesk,
  type ContactActs,
  childRoutes as childControlRoutes,
  contactActRoutes,
} from "../control/children.ts";
import { type Control, controlRoutes, createControl } from "../control/control.ts";
import type { SeedContact } from "../control/desk.ts";
import { createLimiter, type Limits } from "../control/limiter.ts";
import { type Listening, listenOn } from "../control/listen.ts";
import type { Deliver } from "../control/outbox.ts";
import { realSurroundings, type Surroundings } from "../control/surroundings.ts";
import { makePeople, makePlainPeople, seedOf } from "../people.ts";
import { opaqueId } from "../random.ts";
import { type Access, createAccess } from "./access.ts";
import { appointmentRoutes } from "./appointmentRoutes.ts";
import { childRoutes } from "./childRoutes.ts";
import { contactRoutes } from "./contactRoutes.ts";
import type { CustomFields } from "./customFields.ts";
import { createGround, type Ground } from "./ground.ts";
import { type Location, locationRoutes } from "./locationRoutes.ts";
import { createMail, type Mail } from "./mail.ts";
import { type OAuthClient, oauthRoutes } from "./oauthRoutes.ts";
import type { Quirks } from "./quirks.ts";
import { createRecords, type Records } from "./records.ts";
import { createRoute } from "./routing.ts";
import type { PublicKeys, SigningKeys } from "./signatures.ts";

export type { Access, Scope, Token } from "./access.ts";
export type { OAuthClient } from "./oauthRoutes.ts";
export type { Quirks as HighLevelQuirks } from "./quirks.ts";
export type { PublicKeys, SigningKeys } from "./signatures.ts";

/** How an emulator is to be. Everything has a default; without a clock of your own it runs in real time. */
export type HighLevelOptions = Partial<Surroundings> & {
  readonly quirks?: Partial<Quirks>;
  readonly limits?: Partial<Limits>;
  /** Milliseconds that every answer takes at least; default 0. */
  readonly latencyMs?: number;
  readonly location?: Partial<Location>;
  /** The private token; one is made up when left out. */
  readonly token?: string;
  readonly oauthClient?: OAuthClient;
  /** Where webhooks go; nowhere when left out. */
  readonly webhookUrls?: readonly string[];
  /** How webhooks travel; over HTTP when left out. */
  readonly deliver?: Deliver;
  readonly keys?: SigningKeys;
  /** Invents the contacts of a reset. */
  readonly populate?: (seed: number, count: number) => readonly SeedContact[];
};

/** An emulated HighLevel with one location. */
export type HighLevelEmulator = {
  readonly app: FastifyInstance;
  /** Listens on 127.0.0.1; port 0 takes any free one. Closing also stops the webhooks. */
  readonly listen: (port: number) => Promise<Listening>;
  readonly close: () => Promise<void>;
  readonly control: Control<Quirks>;
  /** A person's acts on notes, tasks and appointments. */
  readonly children: ChildDesk;
  /** A person's merging and restoring of contacts. */
  readonly acts: Required<ContactActs>;
  readonly seed: (contacts: readonly SeedContact[]) => void;
  readonly location: Location;
  /** A private token with every scope. */
  readonly token: string;
  readonly oauthClient: OAuthClient;
  /** Issue further tokens and codes, revoke them. */
  readonly access: Access;
  readonly customFields: CustomFields;
  readonly publicKeys: () => PublicKeys;
  /** All that a hub must be told to use this emulator, except its address. */
  readonly signIn: () => { locationId: string; token: string; publicKeys: PublicKeys; oauthClient: OAuthClient };
  readonly setWebhookUrls: (urls: readonly string[]) => void;
};

/** Makes an emulator that holds no contacts yet. */
export function createHighLevelEmulator(options: HighLevelOptions = {}): HighLevelEmulator {
  const surroundings = { ...realSurroundings(), ...options };
  const ground = createGround(surroundings, options);
  const { location, fields, workings } = ground;
  const oauthClient = options.oauthClient ?? inventClient(surroundings.random);
  const access = createAccess({
    ...surroundings,
    locationId: location.id,
    clientId: oauthClient.clientId,
    refusals: ground.refusals,
  });
  const token = access.issuePrivate(undefined, "Location", options.token).value;
  const mail = createMail(ground, options);
  const records = createRecords(ground, mail);
  const control = controlOf(ground, mail, records, options);
  operations(ground, records, access, oauthClient);
  controlRoutes(workings.app, control);
  childControlRoutes(workings.app, records.childDesk);
  contactActRoutes(workings.app, records.acts);

  const close = async (): Promise<void> => {
    await Promise.all([workings.app.close(), mail.close()]);
  };

  return {
    app: workings.app,
    listen: (port) => listenOn(workings.app, port, close),
    close,
    control,
    children: records.childDesk,
    acts: records.acts,
    seed: records.desk.seed,
    location,
    token,
    oauthClient,
    access,
    customFields: fields,
    publicKeys: mail.publicKeys,
    signIn: () => ({ locationId: location.id, token, publicKeys: mail.publicKeys(), oauthClient }),
    setWebhookUrls: mail.setUrls,
  };
}

function controlOf(ground: Ground, mail: Mail, { desk }: Records, { populate }: HighLevelOptions): Control<Quirks> {
  const { quirks, workings } = ground;
  const { now } = workings.surroundings;
  const invent = (seed: number, count: number) =>
    makePeople(seed, count).map((person) => seedOf(person, "highlevel", now()));
  return createControl({
    ...workings,
    desk,
    quirks,
    outbox: mail.outbox,
    populate: populate ?? invent,
    plain: (seed, count) => makePlainPeople(seed, count, "highlevel", now()),
  });
}

/** Registers all operations that the product has, as far as they are emulated. */
function operations(ground: Ground, records: Records, access: Access, client: OAuthClient): void {
  const { workings, refusals, fields, location } = ground;
  const { now, random } = workings.surroundings;
  const quirks = ground.quirks.get;
  const limits = workings.limits.get;
  const limit = createLimiter(limits, now);
  const route = createRoute(workings.app, { access, refusals, quirks, limits, limit, now, isStale: workings.isStale });
  const { book, writer, tags, children } = records;
  const showing = () => ({ quirks: quirks(), locationId: location.id, timeZone: location.timezone });
  contactRoutes(route, { book, writer, fields, quirks, refusals, random, country: location.country });
  childRoutes(route, { children, showing, refusals });
  appointmentRoutes(route, { children, showing, refusals });
  locationRoutes(route, { location, fields, tags, quirks, refusals });
  oauthRoutes(workings.app, { access, client, location });
}

function inventClient(random: () => number): OAuthClient {
  return {
    clientId: `${opaqueId(random, 24).toLowerCase()}-${opaqueId(random, 8)}`,
    clientSecret: opaqueId(random, 36),
  };
}
