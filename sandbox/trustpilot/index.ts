import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { EmulatorApp } from "../control/app.ts";
import { type Control, controlRoutes, createControl } from "../control/control.ts";
import type { SeedContact } from "../control/desk.ts";
import { createLimiter, type Limits } from "../control/limiter.ts";
import { type Listening, listenOn } from "../control/listen.ts";
import type { Deliver } from "../control/outbox.ts";
import { controlScope } from "../control/scope.ts";
import { createSettings } from "../control/settings.ts";
import { realSurroundings, type Surroundings } from "../control/surroundings.ts";
import { createWorkings, type Workings } from "../control/workings.ts";
import { opaqueId } from "../random.ts";
import { consumerRoutes, invitationRoutes, resourceRoutes } from "./consumerRoutes.ts";
import { createDesk } from "./desk.ts";
import type { Ground } from "./ground.ts";
import { hexId } from "./ids.ts";
import { createInvitations, type Invitation } from "./invitations.ts";
import { type BusinessUser, consentRoutes, tokenRoutes } from "./oauthRoutes.ts";
import { inventReviews } from "./people.ts";
import { privateProductRoutes, publicProductRoutes } from "./productRoutes.ts";
import { createShelf } from "./products.ts";
import { type Quirks, QuirksShape } from "./quirks.ts";
import { createReviewers, type Reviewers } from "./reviewing.ts";
import { privateReviewRoutes, publicReviewRoutes } from "./reviewRoutes.ts";
import { createReviewBook } from "./reviews.ts";
import { type GateParts, privateRoute, publicRoute } from "./routing.ts";
import { createTokens } from "./tokens.ts";
import { unitRoutes } from "./unitRoutes.ts";
import { createWebhooks } from "./webhooks.ts";
import { createRefusals } from "./wording.ts";

export type { Quirks as TrustpilotQuirks } from "./quirks.ts";

/** How an emulator is to be. Everything has a default; without a clock of your own it runs in real time. */
export type TrustpilotOptions = Partial<Surroundings> & {
  readonly quirks?: Partial<Quirks>;
  readonly limits?: Partial<Limits>;
  /** Milliseconds that every answer takes at least; default 0. */
  readonly latencyMs?: number;
  /** Addresses that were given on the product's own pages to be told of reviews. */
  readonly webhookUrls?: readonly string[];
  /** Posts webhooks; over HTTP when absent. */
  readonly deliver?: Deliver;
  /** Invents the reviews of a reset. */
  readonly populate?: (seed: number, count: number) => readonly SeedContact[];
};

/** All that a hub must be told to use an emulator, except its address. */
export type TrustpilotSignIn = {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly businessUnitId: string;
  readonly domain: string;
  readonly businessUserId: string;
};

/** An emulated Trustpilot account. */
export type TrustpilotEmulator = {
  /** The web server, built when it is first asked for. */
  readonly app: FastifyInstance;
  /** Asks an operation in this process, without a socket. */
  readonly ask: EmulatorApp["ask"];
  /**
   * Listens on 127.0.0.1; port 0 takes any free one. The API lies under `/v1`, the invitations, which have a host of
   * their own, under `/invitations/v1`, and the page for consent under `/authenticate`.
   */
  readonly listen: (port: number) => Promise<Listening>;
  readonly close: () => Promise<void>;
  readonly control: Control<Quirks>;
  readonly seed: (reviews: readonly SeedContact[]) => void;
  readonly setWebhookUrls: (urls: readonly string[]) => void;
  readonly reviewers: Reviewers;
  /** The invitations that were asked for, oldest first. */
  readonly invitations: () => readonly Invitation[];
  readonly users: readonly BusinessUser[];
  readonly signIn: () => TrustpilotSignIn;
  /** Makes all tokens refused from now on. */
  readonly revokeTokens: () => void;
};

/** Source: the vendor's recommended ceiling. */
const RECOMMENDED = { requests: 833, perMs: 300_000, daily: 240_000 };

const DOMAIN = "harbourlight.example";

/** Makes an emulator that holds no reviews yet. */
export function createTrustpilotEmulator(options: TrustpilotOptions = {}): TrustpilotEmulator {
  const surroundings = { ...realSurroundings(), ...options };
  const { now, random } = surroundings;
  const quirks = createSettings(QuirksShape, options.quirks);
  const refusals = createRefusals(quirks.get);
  const workings = createWorkings(
    surroundings,
    { ...RECOMMENDED, ...options.limits },
    options.latencyMs ?? 0,
    refusals,
  );
  const unit = { id: hexId(random), identifyingName: DOMAIN, displayName: "Harbour Light", country: "GB" };
  const client = { apiKey: opaqueId(random, 32), apiSecret: opaqueId(random, 16) };
  const users = usersOf(() => hexId(random));
  const tokens = createTokens(random, now);
  const webhooks = createWebhooks({
    surroundings,
    quirks: quirks.get,
    faults: workings.webhookFaults,
    urls: options.webhookUrls ?? [],
    ...(options.deliver && { deliver: options.deliver }),
  });
  const inner = { quirks: quirks.get, refusals, random, now };
  const ground: Ground = {
    ...inner,
    unit,
    webhooks,
    book: createReviewBook(random, now),
    shelf: createShelf(random, now, refusals),
    invitations: createInvitations(inner),
  };
  const isUser = (id: string) => users.some((user) => user.id === id);
  const signedIn = { ...client, tokens, users, unit, isUser, quirks: quirks.get, refusals, now };
  openRoutes(
    workings,
    { ...signedIn, limit: createLimiter(workings.limits.get, now), isStale: workings.isStale },
    ground,
  );
  tokenRoutes(workings.open, signedIn);
  const reviewers = createReviewers(ground);
  const clear = (): void => {
    for (const held of [ground.book, ground.shelf, ground.invitations]) held.clear();
  };
  const desk = createDesk(ground, reviewers, clear);
  const populate = options.populate ?? ((seed: number, count: number) => inventReviews(seed, count, now()));
  const control = createControl({ ...workings, desk, quirks, outbox: webhooks.outbox, populate, plain: populate });
  workings.onServe((server) => {
    consentRoutes(server, signedIn);
    controlRoutes(server, control);
    productControl(server, ground, reviewers);
  });
  const close = async (): Promise<void> => {
    await webhooks.close();
    await workings.close();
  };
  return {
    get app() {
      return workings.app();
    },
    ask: workings.ask,
    listen: (port) => listenOn(workings.app(), port, close),
    close,
    control,
    seed: desk.seed,
    setWebhookUrls: webhooks.setUrls,
    reviewers,
    invitations: ground.invitations.all,
    users,
    signIn: () => ({ ...client, businessUnitId: unit.id, domain: DOMAIN, businessUserId: users[0]?.id ?? "" }),
    revokeTokens: tokens.revokeAll,
  };
}

function openRoutes({ open }: Workings, gate: GateParts, ground: Ground): void {
  const forKey = publicRoute(open, gate);
  const forToken = privateRoute(open, "/v1", gate);
  unitRoutes(forKey, ground);
  publicReviewRoutes(forKey, ground);
  publicProductRoutes(forKey, ground);
  consumerRoutes(forKey, ground);
  resourceRoutes(forKey, ground);
  privateReviewRoutes(forToken, ground);
  privateProductRoutes(forToken, ground);
  invitationRoutes(privateRoute(open, "/invitations/v1", gate), ground);
}

function usersOf(newId: () => string): readonly BusinessUser[] {
  const user = (name: string) => ({
    id: newId(),
    name,
    email: `${name.toLowerCase()}@harbourlight.example`,
    password: `${name}-at-the-harbour`,
  });
  return [user("Ines"), user("Otto")];
}

const ProductReviewBody = z.strictObject({
  sku: z.string(),
  stars: z.number().int().min(1).max(5),
  content: z.string().default(""),
  name: z.string().default("Somebody"),
  email: z.string().default(""),
  referenceId: z.string().default(""),
});

/** Puts under `/_control/` what the general control addresses have no words for. */
function productControl(app: FastifyInstance, ground: Ground, reviewers: Reviewers): void {
  controlScope(app, (scope) => {
    scope.get("/invitations", (_request, reply) => reply.send({ invitations: ground.invitations.all() }));
    scope.post("/product-reviews", (request, reply) =>
      reply.code(201).send(reviewers.writeOfProduct(ProductReviewBody.parse(request.body))),
    );
  });
}
