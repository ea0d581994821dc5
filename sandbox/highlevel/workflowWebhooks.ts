import { z } from "zod";
import type { Webhook } from "../control/outbox.ts";
import { type Random, uuid } from "../random.ts";
import type { Agency } from "./agency.ts";

/** Fields of a record by name. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * A workflow whose one step is a "Custom Webhook": what begins it, where it posts, with which headers (a secret among
 * them, as nothing is signed), and the body as its maker mapped it. `{{contact.first_name}}` in a text stands for that
 * field of the contact; `note`, `task`, `appointment`, `opportunity` and `location` have fields as well.
 */
const WorkflowWebhookShape = z.strictObject({
  name: z.string().default("Workflow"),
  /** Names of events, such as ContactCreate. With none it runs only for contacts that a person puts into it. */
  on: z.array(z.string()).default([]),
  url: z.url(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.record(z.string(), z.string()),
  /** Where it was built; in every location when missing. */
  locationId: z.string().optional(),
});

/** One such workflow. */
export type WorkflowWebhook = z.output<typeof WorkflowWebhookShape>;

/** The workflows that post webhooks of their own. They need no app and no scopes. */
export type WorkflowWebhooks = {
  readonly list: () => readonly WorkflowWebhook[];
  /** Replaces all. @throws z.ZodError on an unknown shape. */
  readonly set: (webhooks: unknown) => readonly WorkflowWebhook[];
  readonly areAny: () => boolean;
  /** Runs what begins with this event. */
  readonly notice: (event: Webhook, locationId: string) => void;
  /** Runs every workflow for one contact, as if a person put it in. Answers how many; nothing without such a contact. */
  readonly run: (locationId: string, contactId: string) => number | undefined;
};

/** What they depend on. */
export type WorkflowWebhookParts = {
  readonly agency: Agency;
  readonly random: Random;
  readonly contactAt: (locationId: string, contactId: string) => Fields | undefined;
  readonly send: (webhook: Webhook, url: string, headers: Readonly<Record<string, string>>) => void;
};

/** Makes an empty list. */
export function createWorkflowWebhooks(parts: WorkflowWebhookParts): WorkflowWebhooks {
  let webhooks: readonly WorkflowWebhook[] = [];

  const isAt = ({ locationId }: WorkflowWebhook, here: string) => locationId === undefined || locationId === here;

  const post = (webhook: WorkflowWebhook, contactId: string, records: Records): void => {
    const text = JSON.stringify(mapped(webhook.body, records));
    const id = uuid(parts.random);
    parts.send({ id, type: `workflow: ${webhook.name}`, contactId, text }, webhook.url, webhook.headers);
  };

  const recordsFor = (locationId: string, contact: Fields | undefined): Records => ({
    location: { ...parts.agency.find(locationId) },
    ...(contact !== undefined && { contact }),
  });

  return {
    list: () => webhooks,
    set: (given) => {
      webhooks = z.array(WorkflowWebhookShape).parse(given);
      return webhooks;
    },
    areAny: () => webhooks.length > 0,
    notice: ({ type, contactId, about = {} }, locationId) => {
      for (const webhook of webhooks) {
        if (!webhook.on.includes(type) || !isAt(webhook, locationId)) continue;
        const contact = parts.contactAt(locationId, contactId);
        post(webhook, contactId, { ...recordsFor(locationId, contact), ...spokenOf(type, about) });
      }
    },
    run: (locationId, contactId) => {
      const contact = parts.contactAt(locationId, contactId);
      if (contact === undefined) return undefined;
      const meant = webhooks.filter((webhook) => isAt(webhook, locationId));
      for (const webhook of meant) post(webhook, contactId, recordsFor(locationId, contact));
      return meant.length;
    },
  };
}

type Records = Readonly<Record<string, Fields>>;

/** The record that an event is about, by the first word of the event's name. */
function spokenOf(type: string, about: Fields): Records {
  const noun = /^[A-Z][a-z]+/.exec(type)?.[0].toLowerCase() ?? "";
  const inner = about[noun];
  return { [noun]: typeof inner === "object" && inner !== null ? { ...inner } : about };
}

function mapped(body: Readonly<Record<string, string>>, records: Records): Record<string, string> {
  const filled = (text: string) =>
    text.replaceAll(/\{\{\s*(\w+)\.(\w+)\s*\}\}/g, (_, noun: string, name: string) =>
      asText(records[noun]?.[camel(name)]),
    );
  return Object.fromEntries(Object.entries(body).map(([key, text]) => [key, filled(text)]));
}

/** A field that is missing or empty leaves an empty text. */
function asText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(asText).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
