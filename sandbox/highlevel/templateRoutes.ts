import { type Checks, countText, flagText, oneOf, requiredText } from "./check.ts";
import { createDrawer, type Drawer, pageOf } from "./drawer.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { missing, queryOf, type Row, succeeded } from "./rows.ts";

/** A message prepared for sending again and again. */
export type Template = {
  readonly id: string;
  readonly name: string;
  readonly type: "sms" | "email";
  readonly subject: string;
  readonly body: string;
};

const FIRST: readonly Template[] = [
  { id: "tpl00000000000000001", name: "Visit tomorrow", type: "sms", subject: "", body: "See you tomorrow." },
  { id: "tpl00000000000000002", name: "Thanks", type: "email", subject: "Thank you", body: "<p>Thank you.</p>" },
];

/** Makes a location's templates: two at first, whose ids are the same in every emulator. */
export function createTemplates(): Drawer<Template> {
  return createDrawer<Template>(() => FIRST);
}

const TEMPLATES = "/locations/:locationId/templates";

/** The templates of section 2.3 of the contract sheet. */
export const TEMPLATE_OPERATIONS: readonly Row[] = [
  ["GET", TEMPLATES, "locations/templates.readonly", listTemplates],
  ["DELETE", `${TEMPLATES}/:templateId`, "locations/templates.readonly", deleteTemplate],
];

const QUERY: Checks = {
  originId: requiredText,
  deleted: flagText,
  skip: countText,
  limit: countText,
  type: oneOf(["sms", "email", "whatsapp"]),
};

function listTemplates(visit: Visit, place: Place): Answer {
  const query = queryOf(visit, place, QUERY, ["originId"]);
  const kept = query.deleted === "true" ? [] : place.templates.all();
  const found = kept.filter(({ type }) => !query.type || type === query.type);
  const page = pageOf(found, Number(query.skip ?? 0), Number(query.limit ?? 25));
  return { body: { templates: page.map((template) => shown(template, place)), totalCount: found.length } };
}

function deleteTemplate(visit: Visit, place: Place): Answer {
  const { templateId = "" } = visit.params;
  if (place.templates.remove(templateId) === undefined) throw missing(place, "Template", templateId);
  return { body: succeeded(visit) };
}

function shown({ id, name, type, subject, body }: Template, { location }: Place) {
  const template = type === "sms" ? { body, attachments: [] } : { subject, html: body, attachments: [] };
  return { id, name, type, template, locationId: location.id, dateAdded: "2026-01-05T09:00:00.000Z" };
}
