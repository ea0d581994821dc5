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
import { createWorkings } from "../control/workings.ts";
import { makePeople } from "../people.ts";
import { opaqueId } from "../random.ts";
import { answerSurvey, type GivenAnswer } from "./answering.ts";
import { createBook } from "./book.ts";
import { createContactWriter } from "./contactWrite.ts";
import { createDesk } from "./desk.ts";
import { type AutomationStart, createSendings } from "./lists.ts";
import { trustmaryPerson } from "./people.ts";
import { type Quirks, QuirksShape } from "./quirks.ts";
import { createReviewConnections } from "./reviewConnections.ts";
import { createReviews } from "./reviews.ts";
import { trustmaryRoutes } from "./routes.ts";
import { createSurveys, type Survey, type SurveyAnswer } from "./surveys.ts";
import { createWebhooks } from "./webhooks.ts";
import { createRefusals } from "./wording.ts";

export type { Quirks as TrustmaryQuirks } from "./quirks.ts";

/** How an emulator is to be. Everything has a default; without a clock of your own it runs in real time. */
export type TrustmaryOptions = Partial<Surroundings> & {
  readonly quirks?: Partial<Quirks>;
  readonly limits?: Partial<Limits>;
  /** Milliseconds that every answer takes at least; default 0. */
  readonly latencyMs?: number;
  /** The key; one is made up when left out. */
  readonly apiKey?: string;
  /** Addresses that were given on the product's own pages to be told of answers. */
  readonly webhookUrls?: readonly string[];
  /** Posts webhooks; over HTTP when absent. */
  readonly deliver?: Deliver;
  /** Invents the contacts of a reset. */
  readonly populate?: (seed: number, count: number) => readonly SeedContact[];
};

/** An emulated Trustmary account. */
export type TrustmaryEmulator = {
  /** The web server, built when it is first asked for. */
  readonly app: FastifyInstance;
  /** Asks an operation in this process, without a socket. */
  readonly ask: EmulatorApp["ask"];
  /** Listens on 127.0.0.1; port 0 takes any free one. The API lies under `/v1`. */
  readonly listen: (port: number) => Promise<Listening>;
  readonly close: () => Promise<void>;
  readonly control: Control<Quirks>;
  readonly seed: (contacts: readonly SeedContact[]) => void;
  readonly setWebhookUrls: (urls: readonly string[]) => void;
  readonly surveys: () => readonly Survey[];
  /** Has somebody answer a survey. @throws Refusal */
  readonly answer: (given: GivenAnswer) => SurveyAnswer;
  /** The automations that were started, oldest first: this is how the product sends invitations. */
  readonly starts: () => readonly AutomationStart[];
  /** All that a hub must be told to use this emulator, except its address. */
  readonly signIn: () => { apiKey: string; organizationId: string };
  /** Makes the key refused from now on. */
  readonly revokeKey: () => void;
};

/** No source publishes a limit; this is the pace that a careful client keeps. */
const EVERY_MINUTE = { requests: 60, perMs: 60_000, daily: 86_400 };

const ORGANIZATION = { organizationId: "orgHarbour", organizationName: "Harbour Light" };

/** Makes an emulator that holds no contacts yet. */
export function createTrustmaryEmulator(options: TrustmaryOptions = {}): TrustmaryEmulator {
  const surroundings = { ...realSurroundings(), ...options };
  const { now, random } = surroundings;
  const quirks = createSettings(QuirksShape, options.quirks);
  const refusals = createRefusals(quirks.get);
  const workings = createWorkings(
    surroundings,
    { ...EVERY_MINUTE, ...options.limits },
    options.latencyMs ?? 0,
    refusals,
  );
  const { open, onServe, ask, isStale, limits, webhookFaults } = workings;
  const apiKey = options.apiKey ?? opaqueId(random, 40);
  const goodKeys = new Map([[apiKey, "Hub"]]);

  const book = createBook();
  const sendings = createSendings(random, now);
  const surveys = createSurveys(random, now);
  const reviews = createReviews(random, now, refusals);
  const connections = createReviewConnections(random, refusals);
  const shared = { book, sendings, surveys, reviews, connections, quirks: quirks.get, refusals, random, now };
  const webhooks = createWebhooks({
    surroundings,
    quirks: quirks.get,
    refusals,
    faults: webhookFaults,
    urls: options.webhookUrls ?? [],
    ...(options.deliver && { deliver: options.deliver }),
  });
  const writer = createContactWriter(shared);
  const parts = { ...shared, ...ORGANIZATION, webhooks, writer };
  const clear = (): void => {
    for (const held of [book, sendings, surveys, reviews, connections]) held.clear();
  };
  const desk = createDesk({ book, writer, refusals, now, clear, otherState: surveys.answer });
  const populate = options.populate ?? inventing(now);
  const control = createControl({ ...workings, desk, quirks, outbox: webhooks.outbox, populate, plain: populate });
  const limit = createLimiter(limits.get, now);
  trustmaryRoutes(open, { ...parts, nameOfKey: (key) => goodKeys.get(key), limit, isStale });
  const answer = (given: GivenAnswer): SurveyAnswer => answerSurvey(given, parts);
  onServe((server) => {
    controlRoutes(server, control);
    answerRoutes(server, answer, surveys.all);
  });
  const close = async (): Promise<void> => {
    await webhooks.close();
    await workings.close();
  };
  return {
    get app() {
      return workings.app();
    },
    ask,
    listen: (port) => listenOn(workings.app(), port, close),
    close,
    control,
    seed: desk.seed,
    setWebhookUrls: webhooks.setUrls,
    surveys: surveys.all,
    answer,
    starts: sendings.starts,
    signIn: () => ({ apiKey, organizationId: ORGANIZATION.organizationId }),
    revokeKey: () => goodKeys.clear(),
  };
}

function inventing(now: () => number) {
  return (seed: number, count: number): readonly SeedContact[] =>
    makePeople(seed, count).flatMap((person) => trustmaryPerson(person, now()) ?? []);
}

const Answers = z.strictObject({
  surveyId: z.string().optional(),
  contactId: z.string().optional(),
  nps: z.number().int().min(0).max(10).optional(),
  feedback: z.string().optional(),
  comment: z.string().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  isPublic: z.boolean().optional(),
});

/** Puts under `/_control/` what somebody does who answers a survey. */
function answerRoutes(
  app: FastifyInstance,
  answer: (given: GivenAnswer) => SurveyAnswer,
  surveys: () => readonly Survey[],
): void {
  controlScope(app, (scope) => {
    scope.get("/surveys", (_request, reply) => reply.send({ surveys: surveys() }));
    scope.post("/answers", (request, reply) => {
      const { surveyId, contactId, ...given } = Answers.parse(request.body);
      const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const from = { ...(surveyId !== undefined && { surveyId }), ...(contactId !== undefined && { contactId }) };
      return reply.code(201).send(answer({ ...from, values }));
    });
  });
}
