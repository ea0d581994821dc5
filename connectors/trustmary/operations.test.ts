import { expect } from "vitest";
import { trustmaryWorld } from "../../test/trustmaryWorld.ts";
import { type Bag, type CatalogueCase, type CatalogueRun, describeCatalogue } from "../catalogueConformance.ts";
import { trustmary } from "./index.ts";

type World = Awaited<ReturnType<typeof trustmaryWorld>>;
type Case = CatalogueCase<World>;

const HOOK = { name: "Kith", hookUrl: "https://hub.example/hooks", events: ["answer_completed"] };
const SHOP = { title: "Our shop", slug: "shop", targetUrl: "https://shop.example" };

/** A read: this list of its answer must hold something. */
function fills(name: string, input?: Case["input"]): Case {
  return {
    ...(input && { input }),
    after: (_world, _input, output) => expect(Object(output[name]).length).toBeGreaterThan(0),
  };
}

async function mia(world: CatalogueRun<World>): Promise<Bag> {
  await world.run("contact.upsert", { email: "mia@example.com", name: "Mia Lund" });
  return {};
}

async function firstSurvey({ emulator }: World): Promise<Bag> {
  const { surveyId } = emulator.answer({ values: { nps: 9 } });
  return { surveyId };
}

const CASES: Readonly<Record<string, Case>> = {
  "account.test": { after: (_world, _input, output) => expect(output.organization_id).toBe("orgHarbour") },
  "contact.list": fills("contacts", mia),
  "contact.upsert": {
    input: () => ({ customFields: { field_plan: "gold" } }),
    after: async ({ run }, { email }) =>
      expect(await run("contact.list", { email })).toMatchObject({
        contacts: [{ name: "Mia Lund", field_plan: "gold" }],
      }),
  },
  "contact.delete": {
    input: mia,
    after: async ({ run }) => expect(await run("contact.list")).toEqual({ contacts: [] }),
  },
  "list.list": fills("lists"),
  "survey.list": fills("surveys"),
  "survey.read": {
    input: firstSurvey,
    after: (_world, { surveyId }, output) => expect(output.survey).toMatchObject({ id: surveyId, count: 1 }),
  },
  "answer.list": fills("responses", firstSurvey),
  "automation.list": fills("automations"),
  "automation.trigger": {
    input: async (world) => {
      await mia(world);
      const { automations } = await world.run("automation.list");
      return { automationId: Object(automations)[0].id };
    },
    after: ({ emulator }) => expect(emulator.starts()).toMatchObject([{ email: "mia@example.com" }]),
  },
  "review.upsert": {
    after: async ({ run }) => expect(await run("review.list")).toMatchObject({ reviews: [{ personName: "Mia Lund" }] }),
  },
  "review.list": fills("reviews", async ({ run }) => {
    await run("review.upsert", { nps: 9 });
    return {};
  }),
  "reviewConnection.list": fills("reviewConnections", async ({ run }) => {
    await run("reviewConnection.create", SHOP);
    return {};
  }),
  "reviewConnection.create": {
    after: async ({ run }, _input, { id }) =>
      expect(await run("reviewConnection.list")).toMatchObject({ reviewConnections: [{ id, slug: "shop" }] }),
  },
  "reviewConnection.update": {
    input: async ({ run }) => {
      await run("reviewConnection.create", SHOP);
      return {};
    },
    after: async ({ run }) =>
      expect(await run("reviewConnection.list")).toMatchObject({ reviewConnections: [{ title: "The shop" }] }),
  },
  "reviewConnection.delete": {
    input: async ({ run }) => {
      await run("reviewConnection.create", SHOP);
      return {};
    },
    after: async ({ run }) => expect(await run("reviewConnection.list")).toEqual({ reviewConnections: [] }),
  },
  "webhook.list": fills("webhooks", async ({ run }) => {
    await run("webhook.create", HOOK);
    return {};
  }),
  "webhook.create": {
    after: async ({ run }) => expect(await run("webhook.list")).toMatchObject({ webhooks: [HOOK] }),
  },
  "webhook.delete": {
    input: async ({ run }) => ({ webhookId: Object((await run("webhook.create", HOOK)).webhook).id }),
    after: async ({ run }) => expect(await run("webhook.list")).toEqual({ webhooks: [] }),
  },
  "webhook.example": fills("samples"),
  "widget.list": fills("widgets"),
  "embed.list": fills("embeds"),
  "experiment.list": { after: (_world, _input, output) => expect(output).toEqual({ experiments: [] }) },
};

describeCatalogue({ connector: trustmary, makeWorld: trustmaryWorld, cases: CASES });
