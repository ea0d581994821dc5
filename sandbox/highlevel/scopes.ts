/** The scopes that the product's operations and webhooks ask for. */
export const SCOPES = [
  "contacts.readonly",
  "contacts.write",
  "locations.readonly",
  "locations.write",
  "locations/customFields.readonly",
  "locations/customFields.write",
  "locations/customValues.readonly",
  "locations/customValues.write",
  "locations/tags.readonly",
  "locations/tags.write",
  "locations/tasks.readonly",
  "locations/tasks.write",
  "locations/templates.readonly",
  "recurring-tasks.readonly",
  "recurring-tasks.write",
  "businesses.readonly",
  "businesses.write",
  "companies.readonly",
  "users.readonly",
  "users.write",
  "calendars.readonly",
  "calendars.write",
  "calendars/events.readonly",
  "calendars/events.write",
  "calendars/groups.readonly",
  "calendars/groups.write",
  "opportunities.readonly",
  "opportunities.write",
  "conversations.readonly",
  "conversations.write",
  "conversations/message.readonly",
  "conversations/message.write",
  "objects/schema.readonly",
  "objects/schema.write",
  "objects/record.readonly",
  "objects/record.write",
  "associations.readonly",
  "associations.write",
  "associations/relation.readonly",
  "associations/relation.write",
  "workflows.readonly",
  "campaigns.readonly",
  "forms.readonly",
  "surveys.readonly",
  "oauth.readonly",
  "oauth.write",
  "marketplace-installer-details.readonly",
] as const;

/** One scope. */
export type Scope = (typeof SCOPES)[number];

const NOUNS: Readonly<Record<string, string>> = {
  contacts: "contacts, their notes and their tasks",
  locations: "the location and its settings",
  "locations/customFields": "custom fields",
  "locations/customValues": "custom values",
  "locations/tags": "tags",
  "locations/tasks": "the tasks of all contacts",
  "locations/templates": "templates",
  "recurring-tasks": "recurring tasks",
  businesses: "companies",
  companies: "the agency",
  users: "users",
  calendars: "calendars",
  "calendars/events": "appointments",
  "calendars/groups": "groups of calendars",
  opportunities: "opportunities and pipelines",
  conversations: "conversations",
  "conversations/message": "messages",
  "objects/schema": "the definitions of custom objects",
  "objects/record": "records of custom objects",
  associations: "kinds of associations",
  "associations/relation": "relations between records",
  workflows: "workflows",
  campaigns: "campaigns",
  forms: "forms and what was submitted",
  surveys: "surveys and what was submitted",
  oauth: "where this app is installed",
  "marketplace-installer-details": "who installed this app",
};

/** What a scope allows, in words for the person who grants it. */
export function scopeInWords(scope: Scope): string {
  const [, subject = scope, verb = ""] = /^(.*)\.(readonly|write)$/.exec(scope) ?? [];
  return `${verb === "write" ? "Change" : "See"} ${NOUNS[subject] ?? subject}`;
}

/** Whether a text names a scope of the product. */
export function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text);
}

/** The read scope that an app needs to be told of an event, by the beginning of the event's name; longest first. */
const SCOPE_OF_EVENT: readonly (readonly [beginning: string, scope: Scope])[] = [
  ["ConversationUnread", "conversations.readonly"],
  ["CampaignStatus", "campaigns.readonly"],
  ["InboundMessage", "conversations/message.readonly"],
  ["OutboundMessage", "conversations/message.readonly"],
  ["ObjectSchema", "objects/schema.readonly"],
  ["Opportunity", "opportunities.readonly"],
  ["Appointment", "calendars/events.readonly"],
  ["Association", "associations.readonly"],
  ["Relation", "associations/relation.readonly"],
  ["Location", "locations.readonly"],
  ["Contact", "contacts.readonly"],
  ["Record", "objects/record.readonly"],
  ["Note", "contacts.readonly"],
  ["Task", "contacts.readonly"],
  ["User", "users.readonly"],
];

/** The scope without which an event is not sent; none for the events about the app itself. */
export function scopeOfEvent(type: string): Scope | undefined {
  return SCOPE_OF_EVENT.find(([beginning]) => type.startsWith(beginning))?.[1];
}
