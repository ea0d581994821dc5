import type { FastifyInstance } from "fastify";
import { answerWith, CONTROL_PREFIX, createWayIn } from "../control/app.ts";
import type { Premises } from "./ground.ts";
import { type House, houseControls } from "./house.ts";
import type { Marketplace } from "./marketplace.ts";
import { marketplaceControls } from "./marketplaceControls.ts";

const PLACE = new RegExp(`^${CONTROL_PREFIX}at/([^/?]+)/`);

/**
 * Puts the acts on the first location and on the agency under `/_control/`, and those on every location under
 * `/_control/at/:locationId/` by the same names. Each is an app of its own that is built when somebody first asks for
 * it: most emulators of a simulation are never asked, and opening one must stay cheap.
 */
export function openControls(premises: Premises, marketplace: Marketplace, at: (locationId: string) => House): void {
  const { agency, refusals, workings } = premises;
  const opened = new Map<string, Promise<FastifyInstance>>();

  const open = async (locationId: string): Promise<FastifyInstance> => {
    const own = createWayIn({ ...workings, latencyMs: 0, wording: refusals }).app();
    houseControls(own, at(locationId));
    marketplaceControls(own, { marketplace, agency, refusals });
    await own.ready();
    return own;
  };

  const appFor = (locationId: string): Promise<FastifyInstance> => {
    const own = opened.get(locationId) ?? open(locationId);
    opened.set(locationId, own);
    return own;
  };

  workings.onServe((app) => {
    app.addHook("onClose", async () => {
      for (const own of opened.values()) await (await own).close();
    });
    app.addHook("onRequest", (request, reply, done) => {
      if (!request.url.startsWith(CONTROL_PREFIX)) {
        done();
        return;
      }
      const locationId = PLACE.exec(request.url)?.[1] ?? agency.first.id;
      if (agency.find(locationId) === undefined) {
        answerWith(reply, refusals.missing(`The agency has no location ${locationId}`));
        return;
      }
      const handOver = (own: FastifyInstance): void => {
        // Its body was not read yet, and is the other app's to read.
        reply.hijack();
        request.raw.url = request.url.replace(PLACE, CONTROL_PREFIX);
        own.routing(request.raw, reply.raw);
      };
      appFor(locationId).then(handOver, done);
    });
  });
}
