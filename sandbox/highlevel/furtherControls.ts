import type { FastifyInstance } from "fastify";
import { answerWith, buildApp, CONTROL_PREFIX } from "../control/app.ts";
import type { Premises } from "./ground.ts";
import { type House, houseControls } from "./house.ts";

const PLACE = new RegExp(`^${CONTROL_PREFIX}at/([^/?]+)/`);

/**
 * Puts the acts on every location under `/_control/at/:locationId/`, by the same names as those on the first under
 * `/_control/`. A location gets its routes when somebody first asks for it, so that those nobody visits cost nothing.
 */
export function furtherControls(premises: Premises, at: (locationId: string) => House): void {
  const { app } = premises.workings;
  const opened = new Map<string, Promise<FastifyInstance>>();

  const open = async (locationId: string): Promise<FastifyInstance> => {
    const { app: own } = buildApp({ ...premises.workings, latencyMs: 0, wording: premises.refusals });
    houseControls(own, at(locationId));
    await own.ready();
    return own;
  };

  app.addHook("onClose", async () => {
    for (const own of opened.values()) await (await own).close();
  });
  app.addHook("onRequest", async (request, reply) => {
    const locationId = PLACE.exec(request.url)?.[1];
    if (locationId === undefined) return;
    if (premises.agency.find(locationId) === undefined) {
      return answerWith(reply, premises.refusals.missing(`The agency has no location ${locationId}`));
    }
    const own = opened.get(locationId) ?? open(locationId);
    opened.set(locationId, own);
    const { routing } = await own;
    // Handed over before its body is read, which is then the other app's to read.
    reply.hijack();
    request.raw.url = request.url.replace(PLACE, CONTROL_PREFIX);
    routing(request.raw, reply.raw);
  });
}
