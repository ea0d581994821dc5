import { expect } from "vitest";
import { type Bag, idIn } from "../operationWorld.ts";
import { fills, goneFor, type OperationCase, only, seenBy, shows } from "./cases.ts";

const one = (input: Bag) => only(input, "opportunityId");
const made = (_input: Bag, output: Bag) => ({ opportunityId: idIn(output, "opportunity") });

/** Opportunities and their pipelines. */
export const SALES: Readonly<Record<string, OperationCase>> = {
  "opportunity.create": seenBy("opportunity.read", made, ({ name, monetaryValue, contactId, pipelineStageId }) => ({
    opportunity: { name, monetaryValue, contactId, pipelineStageId, status: "open" },
  })),
  "opportunity.read": shows("opportunityId"),
  "opportunity.update": seenBy("opportunity.read", one, () => ({
    opportunity: { name: "New roof", monetaryValue: 15_000 },
  })),
  "opportunity.delete": goneFor("opportunity.read"),
  "opportunity.setStatus": seenBy("opportunity.read", one, () => ({ opportunity: { status: "won" } })),
  "opportunity.upsert": seenBy("opportunity.read", made, ({ name }) => ({ opportunity: { name, status: "open" } })),
  "opportunity.list": shows("opportunityId", {
    input: async ({ make }) => ({ contactId: await make("contactId"), pipelineId: await make("pipelineId") }),
  }),
  "opportunity.search": shows("opportunityId", { input: () => ({ query: "roof" }) }),
  "opportunity.addFollowers": seenBy("opportunity.read", one, ({ followers }) => ({ opportunity: { followers } })),
  "opportunity.removeFollowers": {
    before: async ({ run, make }) =>
      run("opportunity.addFollowers", {
        opportunityId: await make("opportunityId"),
        followers: [await make("userId")],
      }),
    after: async ({ run }, input) => {
      const { opportunity } = await run("opportunity.read", one(input));
      expect(Object(opportunity).followers ?? []).toEqual([]);
    },
  },
  "pipeline.list": fills("pipelines"),
  "lostReason.list": fills("lostReasons"),
};
