import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { controlScope } from "../control/scope.ts";
import type { Agency } from "./agency.ts";
import type { Integrations } from "./integrations.ts";
import type { Marketplace } from "./marketplace.ts";
import { SCOPES } from "./scopes.ts";
import type { Refusals } from "./wording.ts";

/** What the acts on the agency and its app work with. */
export type MarketplaceControlParts = {
  readonly marketplace: Marketplace;
  readonly agency: Agency;
  readonly refusals: Refusals;
};

const Id = z.object({ id: z.string() });
const Scopes = z.array(z.enum(SCOPES));
const LocationBody = z.strictObject({
  name: z.string().optional(),
  country: z.string().length(2).optional(),
  timezone: z.string().optional(),
});
const InstallBody = z.union([
  z.strictObject({ locationId: z.string(), scopes: Scopes.optional() }),
  z.strictObject({
    locationIds: z.array(z.string()),
    installToFuture: z.boolean().default(false),
    scopes: Scopes.optional(),
  }),
]);
const IntegrationBody = z.strictObject({
  name: z.string().default("Private integration"),
  scopes: Scopes.default([...SCOPES]),
  /** The agency's own when missing. */
  locationId: z.string().optional(),
});
const ScopesBody = z.strictObject({ scopes: Scopes });
const RotateBody = z.strictObject({ when: z.enum(["now", "later"]).default("now") });

const ReplayBody = z.strictObject({ ids: z.array(z.string()).optional() });
const RunBody = z.strictObject({ contactId: z.string(), locationId: z.string().optional() });

/** Puts the acts on the agency, its app and its private integrations under `/_control/`. */
export function marketplaceControls(app: FastifyInstance, parts: MarketplaceControlParts): void {
  controlScope(app, (scope) => {
    locationActs(scope, parts);
    installationActs(scope, parts);
    integrationActs(scope, parts);
    webhookActs(scope, parts);
  });
}

function locationActs(app: FastifyInstance, { agency, marketplace }: MarketplaceControlParts): void {
  app.get("/locations", (_request, reply) => reply.send({ locations: agency.locations() }));
  app.post("/locations", (request, reply) => {
    return reply.code(201).send(agency.add(LocationBody.parse(request.body ?? {})));
  });
  app.get("/app", (_request, reply) => reply.send({ ...marketplace.app.get(), appId: marketplace.appId }));
  app.put("/app", (request, reply) => reply.send(marketplace.app.set(request.body)));
}

function installationActs(app: FastifyInstance, parts: MarketplaceControlParts): void {
  const { installations, app: settings } = parts.marketplace;
  const shown = () => ({ installations: installations.list(), agency: installations.ofAgency() ?? null });
  app.get("/installations", (_request, reply) => reply.send(shown()));
  app.post("/installations", (request, reply) => {
    const wanted = InstallBody.parse(request.body);
    const { scopes = settings.get().scopes } = wanted;
    if ("locationId" in wanted) {
      installations.install(demandLocation(wanted.locationId, parts), scopes);
    } else {
      const { locationIds, installToFuture } = wanted;
      for (const id of locationIds) demandLocation(id, parts);
      installations.installInAgency(locationIds, { scopes, installToFuture });
    }
    return reply.code(201).send(shown());
  });
  app.delete("/installations/:id", (request, reply) => {
    const { id } = Id.parse(request.params);
    if (!installations.uninstall(id)) throw parts.refusals.missing(`The app is not installed in location ${id}`);
    return reply.code(204).send();
  });
  app.delete("/installations", (_request, reply) => {
    installations.uninstallAgency();
    return reply.code(204).send();
  });
}

function integrationActs(app: FastifyInstance, parts: MarketplaceControlParts): void {
  const { integrations } = parts.marketplace.access;
  const demand = <Value>(found: Value | undefined, id: string): Value => {
    if (found === undefined) throw parts.refusals.missing(`There is no private integration ${id}`);
    return found;
  };
  app.get("/integrations", (_request, reply) => reply.send({ integrations: integrations.list() }));
  app.post("/integrations", (request, reply) =>
    reply.code(201).send(create(IntegrationBody.parse(request.body ?? {}))),
  );
  app.patch("/integrations/:id", (request, reply) => {
    const { id } = Id.parse(request.params);
    return reply.send(demand(integrations.setScopes(id, ScopesBody.parse(request.body).scopes), id));
  });
  app.post("/integrations/:id/rotate", (request, reply) => {
    const { id } = Id.parse(request.params);
    const token = demand(integrations.rotate(id, RotateBody.parse(request.body ?? {}).when), id);
    return reply.send({ id, token: token.value });
  });
  app.delete("/integrations/:id", (request, reply) => {
    const { id } = Id.parse(request.params);
    demand(integrations.remove(id) || undefined, id);
    return reply.code(204).send();
  });

  const create = ({ name, scopes, locationId }: z.output<typeof IntegrationBody>) => {
    const reach: Pick<Parameters<Integrations["create"]>[0], "userType" | "locationId"> =
      locationId === undefined
        ? { userType: "Company" }
        : { userType: "Location", locationId: demandLocation(locationId, parts) };
    const token = integrations.create({ ...reach, name, scopes, companyId: parts.agency.companyId });
    return { id: token.clientId, token: token.value };
  };
}

function webhookActs(app: FastifyInstance, parts: MarketplaceControlParts): void {
  const { outbox, workflows } = parts.marketplace.post;
  app.get("/webhooks/endpoints", (_request, reply) => reply.send({ endpoints: outbox.endpoints() }));
  app.post("/webhooks/replay", (request, reply) =>
    reply.send({ count: outbox.replay(ReplayBody.parse(request.body ?? {}).ids) }),
  );
  app.get("/workflow-webhooks", (_request, reply) => reply.send({ webhooks: workflows.list() }));
  app.put("/workflow-webhooks", (request, reply) => reply.send({ webhooks: workflows.set(request.body) }));
  app.post("/workflow-webhooks/run", (request, reply) => {
    const { contactId, locationId = parts.agency.first.id } = RunBody.parse(request.body);
    const count = workflows.run(demandLocation(locationId, parts), contactId);
    if (count === undefined) throw parts.refusals.missing(`There is no contact ${contactId} in location ${locationId}`);
    return reply.send({ count });
  });
}

function demandLocation(id: string, { agency, refusals }: MarketplaceControlParts): string {
  if (agency.find(id) === undefined) throw refusals.missing(`The agency has no location ${id}`);
  return id;
}
