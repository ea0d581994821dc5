import type { FastifyInstance } from "fastify";
import { buildApp } from "../control/app.ts";
import { createCallLog } from "../control/calls.ts";
import { type Control, controlRoutes, createControl } from "../control/control.ts";
import type { SeedContact } from "../control/desk.ts";
import { createFaults, WebhookFaultsShape } from "../control/faults.ts";
import { createLimiter, type Limits, LimitsShape } from "../control/limiter.ts";
import { type Listening, listenOn } from "../control/listen.ts";
import { createHttpDelivery, createOutbox, type Deliver, type Outbox } from "../control/outbox.ts";
import { createSettings } from "../control/settings.ts";
import { realSurroundings, type Surroundings } from "../control/surroundings.ts";
import { makePeople, makePlainPeople, seedOf } from "../people.ts";
import { opaqueId } from "../random.ts";
import { type Access, createAccess } from "./access.ts";
import { type Book, type BookChange, createBook } from "./book.ts";
import { emptyContact } from "./contact.ts";
import { contactRoutes } from "./contactRoutes.ts";
import { type CustomFields, createCustomFields } from "./customFields.ts";
import { createDesk } from "./desk.ts";
import { eventOf, eventTypesOf } from "./events.ts";
import { type Location, locationRoutes } from "./locationRoutes.ts";
import { type OAuthClient, oauthRoutes } from "./oauthRoutes.ts";
import { type Quirks, QuirksShape } from "./quirks.ts";
import { createRoute } from "./routing.ts";
import { createKeyRing, type PublicKeys, type SigningKeys } from "./signatures.ts";
import { createRefusals } from "./wording.ts";
import type { WriteRules } from "./write.ts";
import { createWriter } from "./writer.ts";

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
  readonly seed: (contacts: readonly SeedContact[]) => void;
  readonly location: Location;
  /** A private token with every scope. */
  readonly token: string;
  readonly oauthClient: OAuthClient;
  /** Issue further tokens and codes, revoke them. */
  readonly access: Access;
  readonly customFields: CustomFields;
  readonly publicKeys: () => PublicKeys;
  readonly setWebhookUrls: (urls: readonly string[]) => void;
};

/** Makes an emulator that holds no contacts yet. */
export function createHighLevelEmulator(options: HighLevelOptions = {}): HighLevelEmulator {
  const surroundings: Surroundings = { ...realSurroundings(), ...options };
  const { now, random } = surroundings;
  const quirks = createSettings(QuirksShape, options.quirks);
  const limits = createSettings(LimitsShape, options.limits);
  const webhookFaults = createSettings(WebhookFaultsShape);
  const calls = createCallLog(now);
  const faults = createFaults({ random });
  const refusals = createRefusals(random);
  const location = locationFrom(options.location, random);
  const fields = createCustomFields(random, location.id);
  const oauthClient = options.oauthClient ?? inventClient(random);
  const access = createAccess({ now, random, locationId: location.id, clientId: oauthClient.clientId, refusals });
  const token = access.issuePrivate(undefined, "Location", options.token).value;
  const keys = createKeyRing(options.keys ?? {}, quirks.get);
  const strangers = createKeyRing({}, quirks.get);
  const http = createHttpDelivery();
  const tags = new Map<string, string>();
  let webhookUrls = options.webhookUrls ?? [];

  const outbox = createOutbox({
    surroundings,
    urls: () => webhookUrls,
    sign: keys.sign,
    forge: strangers.sign,
    deliver: options.deliver ?? http.deliver,
    faults: webhookFaults.get,
    retry: () => ({ times: quirks.get().webhookRetryTimes, intervalMs: quirks.get().webhookRetryMs }),
  });

  const onChange = (change: BookChange): void => {
    for (const tag of change.after?.tags ?? []) if (!tags.has(tag)) tags.set(tag, opaqueId(random, 20));
    if (webhookUrls.length > 0) announce(change, outbox, { fields, quirks: quirks.get(), surroundings });
  };

  const book: Book = createBook({
    now,
    random,
    locationId: location.id,
    lagMs: () => quirks.get().searchLagMs,
    onChange,
  });
  const rules: WriteRules = { quirks: quirks.get, refusals, fields, country: location.country };
  const template = () => emptyContact("", location.id, { source: "", channel: "", sourceId: "" }, now());
  const writer = createWriter(book, rules, template);
  const desk = createDesk({ book, writer, fields, rules, template, now });
  const control = createControl({
    desk,
    calls,
    faults,
    webhookFaults,
    quirks,
    limits,
    outbox,
    populate:
      options.populate ??
      ((seed, count) => makePeople(seed, count).map((person) => seedOf(person, "highlevel", now()))),
    plain: (seed, count) => makePlainPeople(seed, count, "highlevel", now()),
  });

  const { app, isStale } = buildApp({
    surroundings,
    latencyMs: options.latencyMs ?? 0,
    calls,
    faults,
    wording: refusals,
  });
  const route = createRoute(app, {
    access,
    refusals,
    quirks: quirks.get,
    limits: limits.get,
    limit: createLimiter(limits.get, now),
    now,
    isStale,
  });
  contactRoutes(route, { book, writer, fields, quirks: quirks.get, refusals, random, country: location.country });
  locationRoutes(route, { location, fields, tags: () => tagList(book, tags, random), quirks: quirks.get, refusals });
  oauthRoutes(app, { access, client: oauthClient, location });
  controlRoutes(app, control);

  const close = async (): Promise<void> => {
    outbox.close();
    await Promise.all([app.close(), http.close()]);
  };

  return {
    app,
    listen: (port) => listenOn(app, port, close),
    close,
    control,
    seed: desk.seed,
    location,
    token,
    oauthClient,
    access,
    customFields: fields,
    publicKeys: keys.publicKeys,
    setWebhookUrls: (urls) => {
      webhookUrls = urls;
    },
  };
}

function announce(
  change: BookChange,
  outbox: Outbox,
  { fields, quirks, surroundings }: { fields: CustomFields; quirks: Quirks; surroundings: Surroundings },
): void {
  const contact = change.after ?? change.before;
  if (contact === undefined) return;
  for (const type of eventTypesOf(change, quirks.silentFields)) {
    outbox.send(eventOf(type, contact, { fields, quirks, isV3: false }, surroundings));
  }
}

/** Seeded contacts bring tags that no write announced, so the list is completed when it is asked for. */
function tagList(book: Book, known: Map<string, string>, random: () => number) {
  for (const contact of book.contacts.all()) {
    for (const tag of contact.tags) if (!known.has(tag)) known.set(tag, opaqueId(random, 20));
  }
  return [...known].map(([name, id]) => ({ id, name }));
}

function locationFrom(given: Partial<Location> = {}, random: () => number): Location {
  return {
    id: opaqueId(random, 20),
    companyId: opaqueId(random, 20),
    name: "Harbour Light Studio",
    country: "US",
    timezone: "America/New_York",
    ...given,
  };
}

function inventClient(random: () => number): OAuthClient {
  return {
    clientId: `${opaqueId(random, 24).toLowerCase()}-${opaqueId(random, 8)}`,
    clientSecret: opaqueId(random, 36),
  };
}
