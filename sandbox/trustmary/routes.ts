import type { EmulatorApp } from "../control/app.ts";
import type { Asked } from "../control/door.ts";
import type { Allowance } from "../control/limiter.ts";
import { type AnsweringParts, sampleAnswer } from "./answering.ts";
import { type StoredContact, shownContact } from "./contact.ts";
import { type ContactWriter, objectOf } from "./contactWrite.ts";
import type { Sendings } from "./lists.ts";
import type { ReviewConnections } from "./reviewConnections.ts";
import { type Reviews, shownReview } from "./reviews.ts";
import { shownAnswer, shownSurvey } from "./surveys.ts";
import { shownWebhook } from "./webhooks.ts";

/** What the operations work with. */
export type RouteParts = AnsweringParts & {
  readonly writer: ContactWriter;
  readonly sendings: Sendings;
  readonly reviews: Reviews;
  readonly connections: ReviewConnections;
  readonly organizationName: string;
  /** The name of the key; `undefined` for one that is not good. */
  readonly nameOfKey: (key: string) => string | undefined;
  readonly limit: (client: string) => Allowance;
  readonly isStale: (request: Asked) => boolean;
};

/** A request that was let in. */
type Visit = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly keyName: string;
  readonly isStale: boolean;
};

type Route = (method: "GET" | "POST" | "PATCH" | "DELETE", url: string, handle: (visit: Visit) => unknown) => void;

/** At most so many records come in one answer; the next begin at `offset`. */
const PAGE = 1_000;

/** Registers every operation under `/v1`. */
export function trustmaryRoutes(open: EmulatorApp["open"], parts: RouteParts): void {
  const route: Route = (method, url, handle) => {
    open({
      method,
      url: `/v1${url}`,
      handler: (request, params, reply) => reply.send(handle(admit(request, params, parts))),
    });
  };
  accountRoutes(route, parts);
  contactRoutes(route, parts);
  surveyRoutes(route, parts);
  automationRoutes(route, parts);
  reviewRoutes(route, parts);
  webhookRoutes(route, parts);
}

function admit(request: Asked, params: Visit["params"], parts: RouteParts): Visit {
  const keyName = parts.nameOfKey(keyOf(request, parts.quirks().keyPrefix));
  if (keyName === undefined) throw parts.refusals.unauthorized();
  const { isAllowed, retryInMs } = parts.limit(keyName);
  if (!isAllowed) throw parts.refusals.overLimit(retryInMs);
  const type = request.headers["content-type"];
  if (request.body !== undefined && !String(type ?? "").startsWith("application/json")) {
    throw parts.refusals.unsupportedType();
  }
  return {
    params,
    query: request.query as Record<string, string>, // texts, or lists of texts that are read nowhere
    body: request.body,
    keyName,
    isStale: parts.isStale(request),
  };
}

function keyOf({ headers }: Asked, prefix: "Apikey" | "Bearer" | "either"): string {
  const [word = "", key = ""] = String(headers.authorization ?? "").split(" ");
  const isGood = prefix === "either" ? ["apikey", "bearer"].includes(word.toLowerCase()) : word === prefix;
  return isGood ? key : "";
}

function accountRoutes(route: Route, { organizationId, organizationName }: RouteParts): void {
  route("GET", "/test", ({ keyName }) => ({
    message: "Your API key is working",
    organization_id: organizationId,
    organization_name: organizationName,
    api_key_name: keyName,
  }));
  const made = "2026-01-12T09:00:00.000Z";
  route("GET", "/widgets", () => ({
    widgets: [{ id: "wgShop", name: "Shop window", template_type: "carousel", created_at: made }],
  }));
  route("GET", "/embeds", () => ({ embeds: [{ id: "emFooter", name: "Under every page", created_at: made }] }));
  route("GET", "/experiments", () => ({ experiments: [] }));
}

function contactRoutes(route: Route, parts: RouteParts): void {
  const { book, writer, refusals } = parts;
  route("GET", "/contacts", ({ query, isStale }) => {
    const { email, offset } = query;
    const isWanted = (contact: StoredContact) =>
      (query.includeAll === "true" || contact.deletedAt === undefined) &&
      (email === undefined || contact.email === email.trim().toLowerCase());
    const contacts = page([...book.contacts.sorted("createdAt").forward(0)].filter(isWanted), offset, parts);
    const seen = contacts.map((contact) => (isStale ? (book.earlier(contact.id) ?? contact) : contact));
    return listed("contacts", seen.map(shownContact), parts);
  });
  route("POST", "/contacts", ({ body }) => {
    const { contact, action, listsUpdated } = writer.import(body);
    return { contact: shownContact(contact), action, listsUpdated };
  });
  route("DELETE", "/contacts", ({ body }) => ({
    contact: shownContact(writer.remove(objectOf(body, refusals).email)),
  }));
  route("GET", "/lists", ({ query }) => {
    const lists = parts.sendings.lists().filter(({ type }) => query.type === undefined || type === query.type);
    const count = (id: string) =>
      [...book.contacts.all()].filter((contact) => contact.deletedAt === undefined && contact.lists.includes(id))
        .length;
    const shown = page(lists, query.offset, parts).map(({ id, type, name, source, createdAt }) => {
      const at = new Date(createdAt).toISOString();
      return { id, type, count: count(id), name, source, created_at: at, updated_at: at, deleted_at: null };
    });
    return listed("lists", shown, parts);
  });
}

function surveyRoutes(route: Route, parts: RouteParts): void {
  const { surveys, quirks, refusals, organizationId } = parts;
  const demand = (id: string | undefined) => {
    const survey = surveys.get(id ?? "");
    if (survey === undefined) throw refusals.missing("Survey not found");
    return survey;
  };
  route("GET", "/surveys", ({ query }) => {
    const wanted = surveys.all().filter(({ type }) => query.type === undefined || type === query.type);
    const shown = page(wanted, query.offset, parts).map((survey) =>
      shownSurvey(survey, surveys.answersOf(survey.id).length),
    );
    return listed("surveys", shown, parts);
  });
  route("GET", "/survey/:surveyId", ({ params }) => {
    const survey = demand(params.surveyId);
    const shown = shownSurvey(survey, surveys.answersOf(survey.id).length);
    return quirks().surveyAs === "object" ? { survey: shown } : shown;
  });
  route("GET", "/survey/:surveyId/responses", ({ params, query }) => {
    const survey = demand(params.surveyId);
    const shown = page(surveys.answersOf(survey.id), query.offset, parts).map((answer) => {
      const contact = answer.contactId === undefined ? undefined : parts.book.contacts.get(answer.contactId);
      return { ...shownAnswer(answer, survey, organizationId), ...(contact && { contact: shownContact(contact) }) };
    });
    return listed("responses", shown, parts);
  });
}

function automationRoutes(route: Route, { sendings, book, refusals }: RouteParts): void {
  route("GET", "/automations", () => ({
    automations: sendings.automations().map(({ id, name, type, status, createdAt }) => {
      const at = new Date(createdAt).toISOString();
      return { id, name, type, status, created_at: at, updated_at: at };
    }),
  }));
  route("POST", "/automations/:id/trigger", ({ params, body }) => {
    const automation = sendings.automations().find(({ id }) => id === params.id);
    if (automation === undefined) throw refusals.missing("Automation not found");
    const { email } = objectOf(body, refusals);
    const contact = typeof email === "string" ? book.holding(email) : undefined;
    if (contact === undefined) throw refusals.missing("Contact not found");
    if (automation.status !== "active") throw refusals.invalid("The automation is not active");
    sendings.start(automation.id, contact.email);
    return { action: "TRIGGER_AUTOMATION" };
  });
}

function reviewRoutes(route: Route, parts: RouteParts): void {
  const { reviews, connections, refusals, quirks } = parts;
  route("POST", "/reviews", ({ body }) => shownReview(reviews.write(body)));
  route("GET", "/reviews", ({ query }) => {
    if (!quirks().listsReviews) throw refusals.unknownRoute("GET", "/v1/reviews");
    return listed("reviews", page(reviews.all(), query.offset, parts).map(shownReview), parts);
  });
  route("GET", "/review-connections", () => ({ reviewConnections: connections.all() }));
  route("POST", "/review-connections", ({ body }) => ({ id: connections.make(body).id }));
  route("PATCH", "/review-connections/:name", ({ params, body }) => connections.change(params.name ?? "", body));
  route("DELETE", "/review-connections/:name", ({ params }) => {
    connections.remove(params.name ?? "");
    return {};
  });
}

function webhookRoutes(route: Route, parts: RouteParts): void {
  const { webhooks } = parts;
  route("GET", "/webhooks", () => listed("webhooks", webhooks.all().map(shownWebhook), parts));
  route("POST", "/webhooks", ({ body }) => ({ webhook: shownWebhook(webhooks.register(body)) }));
  route("GET", "/webhooks/example", () => [sampleAnswer(parts)]);
  route("DELETE", "/webhooks/:id", ({ params }) => ({ webhook: shownWebhook(webhooks.remove(params.id ?? "")) }));
}

function page<Item>(items: readonly Item[], offset: string | undefined, { refusals }: RouteParts): readonly Item[] {
  const start = offset === undefined ? 0 : Number(offset);
  if (!Number.isInteger(start) || start < 0) throw refusals.invalid("offset must be a whole number");
  return items.slice(start, start + PAGE);
}

function listed(name: string, records: readonly unknown[], { quirks }: RouteParts): unknown {
  return quirks().listsAs === "object" ? { [name]: records } : records;
}
