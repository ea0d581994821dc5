import { z } from "zod";
import { type NoticeRef, provedByAddress, type WebhookAdapter, type WebhookNotice } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Resource } from "../../model/record.ts";
import type { Settings } from "./settings.ts";

/**
 * Salesmate has no webhooks, but people can have its Smart Flows call an address with what they map. So little is asked of
 * a message: a module and a number. It only has that record looked at; nothing else is taken from it.
 */

/** A Smart Flow writes what it fills in as text or as number, and nothing as empty text. */
const Filled = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => String(value ?? "").trim());

const Message = z.looseObject({
  module: Filled,
  id: Filled,
  contactId: Filled,
  email: Filled,
  account: Filled,
});

/** What the hub keeps of each module, by the names that people may give it. */
const KEPT: Readonly<Record<string, Resource>> = {
  "": "contact",
  contact: "contact",
  company: "business",
  deal: "opportunity",
  task: "task",
  meeting: "appointment",
  appointment: "appointment",
  note: "note",
};

/** How messages of Smart Flows are proved, by the secret in their address, and read. */
export const webhooks: WebhookAdapter<Settings> = {
  verify: (request, { webhookSecret }) => provedByAddress(request, webhookSecret),
  parse: (body) => {
    const message = Message.safeParse(body);
    if (!message.success) throw notOurs("it is no object with a module and a number");
    const { module, account } = message.data;
    const resource = KEPT[module.toLowerCase()];
    // What the same words say twice may have happened twice, so a message has no id of its own.
    const head = { type: `smart flow: ${resource ?? "other"}`, account: linknameIn(account), deliveryId: "" };
    return resource === undefined ? { ...head, refs: [] } : { ...head, ...aboutOf(resource, message.data) };
  },
  isFor: ({ account }, { linkname }) => account === "" || account === linkname,
};

function linknameIn(account: string): string {
  return account.toLowerCase().replace(/\.salesmate\.io$/, "");
}

type Told = z.infer<typeof Message>;

/** @throws Failure `rejected` for a record that is not named */
function aboutOf(resource: Resource, { id, contactId, email }: Told): Pick<WebhookNotice, "refs" | "keys"> {
  if (resource === "contact" && id === "" && email !== "") {
    return { refs: [], keys: [{ resource, rule: "email", value: email }] };
  }
  // Notes are listed by their contact only, so that it must be told, and is enough.
  const isNamed = resource === "note" ? contactId !== "" : id !== "";
  if (!isNamed) throw notOurs(resource === "note" ? "it names no contactId" : "it names no id");
  const ref: NoticeRef = { resource, externalId: id };
  const isChild = resource !== "contact" && resource !== "business" && contactId !== "";
  return { refs: [isChild ? { ...ref, parentId: contactId } : ref] };
}

function notOurs(why: string): Failure {
  return new Failure("rejected", `This is no message of a Smart Flow of Salesmate: ${why}.`);
}
