import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { Count, Text, Time } from "./shapes.ts";

const workflowAction = actionsOf({
  subject: "Workflows and campaigns",
  module: "workflows",
  scopes: { reads: "workflows.readonly", writes: "workflows.readonly" },
});

const Named = z.object({ id: z.string(), name: Text, locationId: Text });
const State = Named.extend({ status: Text });
const Workflow = State.extend({ version: Count, createdAt: Time, updatedAt: Time });

/** Workflows and campaigns, to choose from. */
export const workflows = [
  workflowAction({
    id: "workflow.list",
    title: "List workflows",
    description: "Lists the workflows of the location.",
    effect: "reads",
    method: "GET",
    path: "/workflows/",
    input: {},
    fill: { locationId: "query" },
    output: { workflows: z.array(Workflow) },
    example: {
      input: {},
      output: {
        workflows: [{ id: "88e7ae2f-32b8-4c35-9f5a-27dbb3d9ff4e", name: "Welcome", status: "published", version: 1 }],
      },
    },
  }),
  workflowAction({
    id: "campaign.list",
    title: "List campaigns",
    description: "Lists the campaigns of the location.",
    effect: "reads",
    module: "campaigns",
    scopes: ["campaigns.readonly"],
    method: "GET",
    path: "/campaigns/",
    input: { status: z.enum(["draft", "published"]).optional().describe("Only those in this state.") },
    fill: { locationId: "query" },
    output: { campaigns: z.array(State) },
    example: {
      input: { status: "published" },
      output: { campaigns: [{ id: "CiJ3IQdJ5tXzVVcmyVSQ", name: "Spring", status: "published" }] },
    },
  }),
];
