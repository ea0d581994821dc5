import type { FastifyInstance } from "fastify";
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
import { opaqueId } from "../random.ts";
import { createArchive } from "./archive.ts";
import { createCallbacks } from "./callbacks.ts";
import { createDesk } from "./desk.ts";
import { exportRoutes } from "./exportRoutes.ts";
import { liveRoutes, memberRoutes, translationRoutes } from "./furtherRoutes.ts";
import { inventRecordings } from "./people.ts";
import { callbackRoutes, placeRoutes } from "./placeRoutes.ts";
import { type Quirks, QuirksShape } from "./quirks.ts";
import { createRoute } from "./routing.ts";
import { createStudio, type Studio } from "./studio.ts";
import { transcriptRoutes } from "./transcriptRoutes.ts";
import { createRefusals } from "./wording.ts";

export type { Quirks as TrintQuirks } from "./quirks.ts";

/** How an emulator is to be. Everything has a default; without a clock of your own it runs in real time. */
export type TrintOptions = Partial<Surroundings> & {
  readonly quirks?: Partial<Quirks>;
  readonly limits?: Partial<Limits>;
  /** Milliseconds that every answer takes at least; default 0. */
  readonly latencyMs?: number;
  /** Where it is reached, for addresses in its answers; made of what was asked for when absent. */
  readonly publicUrl?: string;
  /** Addresses that were given on the product's own pages to be told of transcripts. */
  readonly webhookUrls?: readonly string[];
  /** Posts callbacks; over HTTP when absent. */
  readonly deliver?: Deliver;
  /** Invents the transcripts of a reset. */
  readonly populate?: (seed: number, count: number) => readonly SeedContact[];
};

/** An emulated Trint account. */
export type TrintEmulator = {
  /** The web server, built when it is first asked for. */
  readonly app: FastifyInstance;
  /** Asks an operation in this process, without a socket. */
  readonly ask: EmulatorApp["ask"];
  /**
   * Listens on 127.0.0.1; port 0 takes any free one. What has a host of its own lies under `/upload`, `/translation` and
   * `/scim/v2`.
   */
  readonly listen: (port: number) => Promise<Listening>;
  readonly close: () => Promise<void>;
  readonly control: Control<Quirks>;
  readonly seed: (recordings: readonly SeedContact[]) => void;
  /** What happens in the product's editor. */
  readonly studio: Studio;
  /** All that a hub must be told to use this emulator, except its address. */
  readonly signIn: () => { readonly keyId: string; readonly keySecret: string; readonly legacyKey: string };
  /** Makes the keys refused from now on. */
  readonly revokeKeys: () => void;
};

/** No source publishes a limit; this is the pace that a careful client keeps. */
const EVERY_MINUTE = { requests: 60, perMs: 60_000, daily: 86_400 };

/** Makes an emulator that holds no transcripts yet. */
export function createTrintEmulator(options: TrintOptions = {}): TrintEmulator {
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
  const keys = { keyId: opaqueId(random, 20), keySecret: opaqueId(random, 40), legacyKey: opaqueId(random, 40) };
  const goodKeys = new Set([`${keys.keyId}:${keys.keySecret}`, keys.legacyKey]);

  const archive = createArchive(random);
  const callbacks = createCallbacks({
    surroundings,
    quirks: quirks.get,
    faults: webhookFaults,
    urls: options.webhookUrls ?? [],
    ...(options.deliver && { deliver: options.deliver }),
  });
  const studio = createStudio({ archive, callbacks, quirks: quirks.get, refusals, surroundings });
  const ground = { archive, studio, callbacks, quirks: quirks.get, refusals, now };
  const limit = createLimiter(limits.get, now);
  const route = createRoute(open, {
    isGoodKey: (key) => goodKeys.has(key),
    limit,
    isStale,
    quirks: quirks.get,
    refusals,
  });
  transcriptRoutes(route, ground);
  exportRoutes(route, open, { ...ground, random, publicUrl: options.publicUrl });
  placeRoutes(route, ground);
  callbackRoutes(route, ground);
  translationRoutes(route, ground);
  liveRoutes(route, ground);
  memberRoutes(route);

  const clear = (): void => {
    archive.clear();
    callbacks.clear();
  };
  const desk = createDesk(archive, studio, clear);
  const populate = options.populate ?? ((seed: number, count: number) => inventRecordings(seed, count, now()));
  const control = createControl({ ...workings, desk, quirks, outbox: callbacks.outbox, populate, plain: populate });
  onServe((server) => {
    controlRoutes(server, control);
    editorRoutes(server, studio);
  });
  const close = async (): Promise<void> => {
    await callbacks.close();
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
    studio,
    signIn: () => keys,
    revokeKeys: () => goodKeys.clear(),
  };
}

/** Puts under `/_control/` what the general control addresses have no word for. */
function editorRoutes(app: FastifyInstance, studio: Studio): void {
  controlScope(app, (scope) => {
    scope.post<{ Params: { id: string } }>("/transcripts/:id/verify", (request, reply) =>
      reply.send(studio.verify(request.params.id)),
    );
  });
}
