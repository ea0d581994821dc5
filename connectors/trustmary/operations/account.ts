import { z } from "zod";
import { actionsOf, SOURCES } from "./dialect.ts";

const accountAction = actionsOf("Organisation");
const webhookAction = actionsOf("Webhooks");
const pageAction = actionsOf("On your own pages");

const Text = z.string().optional();
const Webhook = z.looseObject({ id: z.string(), name: Text, hookUrl: Text, events: z.array(z.string()).optional() });
const WEBHOOK = { id: "whDemo1", name: "Kith", hookUrl: "https://hub.example/hooks", events: ["answer_completed"] };
const Shown = z.looseObject({ id: z.string(), name: Text });

/** What can be asked about the organisation, its webhooks, and what stands on its own pages. */
export const account = [
  accountAction({
    id: "account.test",
    title: "See whose key it is",
    description: "Shows the organisation and the name of the key.",
    effect: "reads",
    source: SOURCES.reference,
    method: "GET",
    path: "/test",
    input: {},
    output: { message: Text, organization_id: Text, organization_name: Text, api_key_name: Text },
    example: {
      input: {},
      output: { organization_id: "orgDemo", organization_name: "Example Oy", api_key_name: "Hub" },
    },
  }),
  webhookAction({
    id: "webhook.list",
    title: "List the webhooks",
    description:
      "Lists the addresses that are told of answers, and of which events: their names are published nowhere else.",
    effect: "reads",
    source: SOURCES.reference,
    method: "GET",
    path: "/webhooks",
    input: {},
    output: { webhooks: z.array(Webhook) },
    bare: "webhooks",
    example: { input: {}, output: { webhooks: [WEBHOOK] } },
  }),
  webhookAction({
    id: "webhook.create",
    title: "Register a webhook",
    description: "Has an address told of events.",
    effect: "creates",
    source: SOURCES.reference,
    method: "POST",
    path: "/webhooks",
    input: { name: z.string().min(1), hookUrl: z.url(), events: z.array(z.string().min(1)).min(1) },
    output: { webhook: Webhook },
    bare: "webhook",
    example: {
      input: { name: WEBHOOK.name, hookUrl: WEBHOOK.hookUrl, events: WEBHOOK.events },
      output: { webhook: WEBHOOK },
    },
  }),
  webhookAction({
    id: "webhook.delete",
    title: "Remove a webhook",
    description: "Has an address told no more.",
    effect: "deletes",
    source: SOURCES.reference,
    method: "DELETE",
    path: "/webhooks/{webhookId}",
    input: { webhookId: z.string().min(1).describe("Id of the webhook.") },
    output: { webhook: Webhook.optional() },
    example: { input: { webhookId: WEBHOOK.id }, output: { webhook: WEBHOOK } },
  }),
  webhookAction({
    id: "webhook.example",
    title: "Show what webhooks carry",
    description: "Shows samples of the notices that Trustmary sends.",
    effect: "reads",
    source: SOURCES.reference,
    method: "GET",
    path: "/webhooks/example",
    input: {},
    output: { samples: z.array(z.unknown()) },
    bare: "samples",
    example: { input: {}, output: { samples: [{ answer: { answer_id: "anDemo1" } }] } },
  }),
  ...(["widget", "embed", "experiment"] as const).map((name) =>
    pageAction({
      id: `${name}.list`,
      title: `List the ${name}s`,
      description: `Lists the ${name}s that stand on the organisation's own pages.`,
      effect: "reads",
      source: SOURCES.plugin,
      method: "GET",
      path: `/${name}s`,
      input: {},
      output: { [`${name}s`]: z.array(Shown) },
      bare: `${name}s`,
      example: { input: {}, output: { [`${name}s`]: [{ id: "wgDemo1", name: "Shop window" }] } },
    }),
  ),
];
