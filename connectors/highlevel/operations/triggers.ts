import { type Action, doingOf, type Trigger } from "../../../kit/index.ts";
import { Failure } from "../../../model/errors.ts";
import type { Settings } from "../settings.ts";
import { GENERATIONS } from "./dialect.ts";

/** What all triggers say of themselves; what they give is what an action gives that reads such a record. */
interface Declared {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The action whose answer shows what the trigger gives, and under whose heading it stands. */
  readonly gives: string;
}

/** What HighLevel tells by itself, to apps that were installed with OAuth. Source: docs/webhook events. */
const TOLD: readonly (Declared & { readonly events: readonly string[]; readonly scope: string })[] = [
  told("contact.created", "A contact was created", "contact.read", "contacts.readonly", "ContactCreate"),
  told("contact.updated", "A contact was changed", "contact.read", "contacts.readonly", "ContactUpdate"),
  told("contact.deleted", "A contact was deleted", "contact.read", "contacts.readonly", "ContactDelete"),
  told("contact.tagsChanged", "A contact's tags changed", "contact.read", "contacts.readonly", "ContactTagUpdate"),
  told(
    "contact.dndChanged",
    "A contact's do-not-disturb changed",
    "contact.read",
    "contacts.readonly",
    "ContactDndUpdate",
  ),
  told(
    "campaign.statusChanged",
    "A contact's state in a campaign changed",
    "campaign.list",
    "campaigns.readonly",
    "CampaignStatusUpdate",
  ),
  told("task.created", "A task was created", "task.read", "contacts.readonly", "TaskCreate"),
  told("task.completed", "A task was done", "task.read", "contacts.readonly", "TaskComplete"),
  told("task.deleted", "A task was deleted", "task.read", "contacts.readonly", "TaskDelete"),
  told("note.created", "A note was created", "note.read", "contacts.readonly", "NoteCreate"),
  told("note.updated", "A note was changed", "note.read", "contacts.readonly", "NoteUpdate"),
  told("note.deleted", "A note was deleted", "note.read", "contacts.readonly", "NoteDelete"),
  told(
    "appointment.created",
    "An appointment was booked",
    "appointment.read",
    "calendars/events.readonly",
    "AppointmentCreate",
  ),
  told(
    "appointment.updated",
    "An appointment was changed",
    "appointment.read",
    "calendars/events.readonly",
    "AppointmentUpdate",
  ),
  told(
    "appointment.deleted",
    "An appointment was deleted",
    "appointment.read",
    "calendars/events.readonly",
    "AppointmentDelete",
  ),
  told(
    "opportunity.created",
    "An opportunity was created",
    "opportunity.read",
    "opportunities.readonly",
    "OpportunityCreate",
  ),
  told(
    "opportunity.updated",
    "An opportunity was changed",
    "opportunity.read",
    "opportunities.readonly",
    "OpportunityUpdate",
  ),
  told(
    "opportunity.deleted",
    "An opportunity was deleted",
    "opportunity.read",
    "opportunities.readonly",
    "OpportunityDelete",
  ),
  told(
    "opportunity.stageChanged",
    "An opportunity moved to another stage",
    "opportunity.read",
    "opportunities.readonly",
    "OpportunityStageUpdate",
  ),
  told(
    "opportunity.statusChanged",
    "An opportunity's state changed",
    "opportunity.read",
    "opportunities.readonly",
    "OpportunityStatusUpdate",
  ),
  told(
    "opportunity.valueChanged",
    "An opportunity's value changed",
    "opportunity.read",
    "opportunities.readonly",
    "OpportunityMonetaryValueUpdate",
  ),
  told(
    "opportunity.ownerChanged",
    "An opportunity was given to another user",
    "opportunity.read",
    "opportunities.readonly",
    "OpportunityAssignedToUpdate",
  ),
  told("message.received", "A message came in", "message.read", "conversations/message.readonly", "InboundMessage"),
  told("message.sent", "A message went out", "message.read", "conversations/message.readonly", "OutboundMessage"),
  told(
    "conversation.unreadChanged",
    "The number of unread messages changed",
    "conversation.read",
    "conversations.readonly",
    "ConversationUnreadUpdate",
  ),
  told("business.created", "A business was created", "business.read", "objects/record.readonly", "RecordCreate"),
  told("business.updated", "A business was changed", "business.read", "objects/record.readonly", "RecordUpdate"),
  told("business.deleted", "A business was deleted", "business.read", "objects/record.readonly", "RecordDelete"),
  told("user.created", "A user was created", "user.read", "users.readonly", "UserCreate"),
  told("user.updated", "A user was changed", "user.read", "users.readonly", "UserUpdate"),
  told("user.deleted", "A user was deleted", "user.read", "users.readonly", "UserDelete"),
  told("location.updated", "The location was changed", "location.read", "locations.readonly", "LocationUpdate"),
];

function told(id: string, title: string, gives: string, scope: string, event: string) {
  const description = `Fires when HighLevel tells that ${doingOf(title)}.`;
  return { id, title, description, gives, scope, events: [event] } as const;
}

const MINUTE_MS = 60_000;
/** Searches lag behind writes by up to a minute, and are asked once a minute. */
const SOON = { words: "Within two minutes.", ms: 2 * MINUTE_MS } as const;
/** What is set up changes seldom. */
const HOURLY = { words: "Within an hour.", ms: 60 * MINUTE_MS } as const;

/** What HighLevel tells nobody, or not to everybody, and that is found by asking. */
const ASKED: readonly (Declared & { readonly operation: string; readonly delay: Trigger["delay"] })[] = [
  asked("contact.changed", "A contact is new or changed", "contact.read", "contact.search", SOON),
  asked("task.edited", "A task was edited or opened again", "task.read", "task.search", SOON),
  asked("opportunity.changed", "An opportunity is new or changed", "opportunity.read", "opportunity.list", SOON),
  asked("message.added", "A message is new, in or out", "message.read", "message.export", SOON),
  asked("formSubmission.received", "A form was sent in", "formSubmission.list", "formSubmission.list", SOON),
  asked("surveySubmission.received", "A survey was answered", "surveySubmission.list", "surveySubmission.list", SOON),
  asked("business.changed", "A business is new or changed", "business.read", "business.list", SOON),
  asked("tag.changed", "A tag of the location is new or was renamed", "tag.read", "tag.list", HOURLY),
  asked("customField.changed", "A custom field is new or changed", "customField.read", "customField.list", HOURLY),
  asked("pipeline.changed", "A pipeline or one of its stages changed", "pipeline.list", "pipeline.list", HOURLY),
  asked("calendar.changed", "A calendar is new or changed", "calendar.read", "calendar.list", HOURLY),
];

function asked(id: string, title: string, gives: string, operation: string, delay: Trigger["delay"]) {
  const description = `Found by asking HighLevel from time to time whether ${doingOf(title)}.`;
  return { id, title, description, gives, operation, delay } as const;
}

const AT_ONCE = { words: "Within seconds.", ms: 10_000 } as const;

/** All triggers, described by the actions that read what they give. */
export function triggersOf(actions: readonly Action<Settings>[]): readonly Trigger[] {
  const actionOf = (id: string): Action<Settings> => {
    const found = actions.find((action) => action.id === id);
    if (found === undefined)
      throw new Failure("bug", `A trigger of HighLevel names the operation ${id}, which is not there.`);
    return found;
  };
  const common = ({ id, title, description, gives }: Declared) => {
    const { subject, output, example } = actionOf(gives);
    const same = { id, subject, title, description, output, example: { output: example.output } };
    return { ...same, kind: "trigger", effect: "reads", generations: GENERATIONS } as const;
  };
  return [
    ...TOLD.map((entry) => ({
      ...common(entry),
      scopes: [entry.scope],
      source: `docs/webhook events/${entry.events[0]}.md`,
      firedBy: { kind: "webhook", events: entry.events } as const,
      delay: AT_ONCE,
    })),
    ...ASKED.map((entry) => ({
      ...common(entry),
      scopes: actionOf(entry.operation).scopes,
      source: actionOf(entry.operation).source,
      firedBy: { kind: "poll", operation: entry.operation } as const,
      delay: entry.delay,
    })),
  ];
}
