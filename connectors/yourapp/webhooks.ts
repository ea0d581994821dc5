import {
  isHmacOf,
  isSameSecret,
  type NoticeRef,
  type ToldRecord,
  type WebhookAdapter,
  type WebhookNotice,
  type WebhookRequest,
  type WebhookVerdict,
} from "../../kit/index.ts";
import type { AppDeclaration, DeclaredWebhooks, WebhookProof } from "../../model/declaration.ts";
import { Failure } from "../../model/errors.ts";
import { idAt, isObject, type JsonObject, valueAt } from "./json.ts";
import type { Settings } from "./settings.ts";
import { msOf, toModel } from "./values.ts";

/** How an app's webhooks are proved and read, from its declaration. They come to the connection's own address only. */
export function webhooksOf(declared: DeclaredWebhooks, told: AppDeclaration["told"] = {}): WebhookAdapter<Settings> {
  return {
    verify: (request, { webhookSecret }) =>
      webhookSecret === undefined ? { kind: "unsigned" } : verify(declared.proof, request, webhookSecret),
    parse: (body, headers) => {
      if (!isObject(body)) throw new Failure("rejected", "The body of the webhook is no object.");
      const type = String(valueAt(body, declared.type) ?? "");
      const at = declared.occurredAt;
      const occurredAt = at && msOf(valueAt(body, at.path), at.as);
      return {
        type,
        account: "",
        deliveryId: deliveryIdOf(declared, body, headers),
        ...(occurredAt !== undefined && { occurredAt }),
        refs: refsOf(declared, type, body),
        ...toldBy(declared, told, type, body, occurredAt),
      };
    },
    isFor: () => true,
  };
}

function deliveryIdOf(declared: DeclaredWebhooks, body: unknown, headers: WebhookRequest["headers"] = {}): string {
  const inBody = declared.deliveryId === undefined ? undefined : idAt(body, declared.deliveryId);
  const inHeader = declared.proof.kind === "standard" ? headers["webhook-id"] : undefined;
  return inBody ?? inHeader ?? "";
}

function refsOf({ events }: DeclaredWebhooks, type: string, body: unknown): NoticeRef[] {
  return events.flatMap(({ name, resource, id, parentId }) => {
    const externalId = isEvent(name, type) ? idAt(body, id) : undefined;
    if (externalId === undefined) return [];
    const parent = parentId === undefined ? undefined : idAt(body, parentId);
    return [{ resource, externalId, ...(parent !== undefined && { parentId: parent }) }];
  });
}

/** What an app without an API tells of its records, and the message itself, to be mapped from. */
function toldBy(
  { events }: DeclaredWebhooks,
  told: NonNullable<AppDeclaration["told"]>,
  type: string,
  body: JsonObject,
  occurredAt: number | undefined,
): Pick<WebhookNotice, "told" | "sample"> {
  if (Object.keys(told).length === 0) return {};
  const records = events.flatMap(({ name, resource, id, parentId, record = "", isDeletion = false }): ToldRecord[] => {
    const fields = told[resource]?.fields;
    const externalId = isEvent(name, type) ? idAt(body, id) : undefined;
    if (fields === undefined || externalId === undefined) return [];
    if (isDeletion) return [{ resource, externalId, isDeleted: true }];
    const parent = parentId === undefined ? undefined : idAt(body, parentId);
    const json = valueAt(body, record);
    // What the message does not name stays as it was.
    const named = fields.filter(({ path }) => valueAt(json, path) !== undefined);
    const values = named.map((field) => [field.key, toModel(field, valueAt(json, field.path))] as const);
    return [
      { resource, externalId, ...(parent !== undefined && { parentId: parent }), fields: Object.fromEntries(values) },
    ];
  });
  const at = occurredAt === undefined ? {} : { occurredAt };
  return {
    told: records.map((one) => ({ ...one, ...at })),
    sample: { type, text: JSON.stringify(body).slice(0, SAMPLE_MAX) },
  };
}

/** Longest message that is kept to be mapped from, characters. */
const SAMPLE_MAX = 20_000;

function isEvent(name: string, type: string): boolean {
  return name.endsWith("*") ? type.startsWith(name.slice(0, -1)) : name === type;
}

function verify(proof: WebhookProof, { headers, rawBody }: WebhookRequest, secret: string): WebhookVerdict {
  switch (proof.kind) {
    case "hmac": {
      const said = withoutPrefix(headers[proof.header.toLowerCase()], proof.prefix);
      if (said === undefined) return { kind: "unsigned" };
      return verdict("hmac", isHmacOf(proof.algorithm, secret, rawBody, said, proof.encoding));
    }
    case "token": {
      const said = withoutPrefix(headers[proof.header.toLowerCase()], proof.prefix);
      return said === undefined ? { kind: "unsigned" } : verdict("token", isSameSecret(said, secret));
    }
    case "standard":
      return standardVerdict(headers, rawBody, secret);
    default:
      return proof satisfies never;
  }
}

/**
 * A sender may name several signatures, of which one that fits is enough.
 * Source: the specification at standardwebhooks.com. How old a message is plays no part here: a webhook only has a record
 * looked at again, which does no harm however often and however late.
 */
function standardVerdict(headers: WebhookRequest["headers"], rawBody: Uint8Array, secret: string): WebhookVerdict {
  const [id, at, said] = [headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"]];
  if (id === undefined || at === undefined || said === undefined) return { kind: "unsigned" };
  const signed = Buffer.concat([Buffer.from(`${id}.${at}.`, "utf8"), rawBody]);
  const key = Buffer.from(secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret, "base64");
  const signatures = said.split(" ").flatMap((one) => (one.startsWith("v1,") ? [one.slice(3)] : []));
  return verdict(
    "standard",
    signatures.some((one) => isHmacOf("sha256", key, signed, one, "base64")),
  );
}

const SECRET_PREFIX = "whsec_";

function withoutPrefix(said: string | undefined, prefix: string): string | undefined {
  if (said === undefined || prefix === "") return said;
  return said.startsWith(prefix) ? said.slice(prefix.length) : "";
}

function verdict(scheme: string, isValid: boolean): WebhookVerdict {
  return { kind: isValid ? "verified" : "forged", scheme };
}
