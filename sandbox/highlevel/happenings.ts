import { opaqueId } from "../random.ts";
import { CONTACT_CHECKS, checkedContact } from "./check.ts";
import type { Origin, StoredContact } from "./contact.ts";
import { TEXT_FIELDS } from "./contact.ts";
import type { StoredMessage } from "./conversations.ts";
import { OFFICE } from "./locationRoutes.ts";
import type { Place } from "./place.ts";
import { missing } from "./rows.ts";
import { type Submission, sheetsOf } from "./submissions.ts";
import type { StoredUser } from "./users.ts";

/** Answers of a form by name; those that are fields of a contact go to the contact. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** A message as it comes in from outside. */
export type Incoming = { readonly channel?: string; readonly text: string; readonly subject?: string };

/** What a workflow does to a contact. `set` is a body of the contact's update. */
export type WorkflowDeed = {
  readonly set?: object;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly note?: string;
};

/** Somebody who joins the staff. */
export type NewUser = Pick<StoredUser, "firstName" | "lastName" | "email"> & { readonly role?: string };

/** What happens in a location without the API: all rules and events as at the real product. */
export type Happenings = {
  /** Somebody fills in a form or a survey. @throws Refusal when there is none such. */
  readonly submit: (kind: "form" | "survey", sheetId: string, answers: Answers) => Submission;
  /** A contact writes to the location. */
  readonly receive: (contactId: string, message: Incoming) => StoredMessage;
  /** A workflow changes a contact; the contact is enrolled in it. */
  readonly runWorkflow: (workflowId: string, contactId: string, deed: WorkflowDeed) => StoredContact;
  readonly hire: (user: NewUser) => StoredUser;
};

/** Binds what happens to one place. */
export function createHappenings(place: Place): Happenings {
  return {
    submit: (kind, sheetId, answers) => submit(kind, sheetId, answers, place),
    receive: (contactId, message) => receive(contactId, message, place),
    runWorkflow: (workflowId, contactId, deed) => runWorkflow(workflowId, contactId, deed, place),
    hire: (user) => hire(user, place),
  };
}

const OF_CONTACT: readonly string[] = [...TEXT_FIELDS, "name", "tags"];

function submit(kind: "form" | "survey", sheetId: string, answers: Answers, place: Place): Submission {
  const { sheets, submit: fillIn } = sheetsOf(place, kind);
  const sheet = sheets.get(sheetId);
  if (sheet === undefined) throw missing(place, kind === "form" ? "Form" : "Survey", sheetId);
  const entries = Object.entries(answers);
  const own = Object.fromEntries(entries.filter(([name]) => OF_CONTACT.includes(name)));
  const others = Object.fromEntries(entries.filter(([name]) => !OF_CONTACT.includes(name)));
  const { locationId, ...checks } = CONTACT_CHECKS.create;
  return fillIn(sheet, checkedContact(own, checks, place.refusals), others);
}

function receive(contactId: string, { channel = "SMS", text, subject }: Incoming, place: Place): StoredMessage {
  const contact = place.writer.demand(contactId);
  const isEmail = channel === "Email";
  return place.conversations.add({
    contactId: contact.id,
    channel,
    direction: "inbound",
    body: text,
    subject: subject ?? null,
    isHtml: isEmail,
    status: "delivered",
    attachments: [],
    userId: null,
    source: "app",
    conversationProviderId: null,
    from: (isEmail ? contact.email : contact.phone) ?? null,
    to: [isEmail ? OFFICE.email : OFFICE.phone],
    scheduledFor: null,
  });
}

function runWorkflow(workflowId: string, contactId: string, deed: WorkflowDeed, place: Place): StoredContact {
  const { enrolments, writer, children, refusals } = place;
  if (enrolments.workflows.get(workflowId) === undefined) throw missing(place, "Workflow", workflowId);
  writer.demand(contactId);
  const origin: Origin = { source: "WORKFLOW", channel: "WORKFLOW", sourceId: workflowId };
  enrolments.enrol("workflow", workflowId, contactId);
  const { set, addTags, removeTags, note } = deed;
  if (set !== undefined) writer.update(contactId, checkedContact(set, CONTACT_CHECKS.update, refusals), origin);
  if (addTags !== undefined) writer.addTags(contactId, addTags, origin);
  if (removeTags !== undefined) writer.removeTags(contactId, removeTags, origin);
  if (note !== undefined) children.notes.create(contactId, { body: note });
  return writer.demand(contactId);
}

function hire({ firstName, lastName, email, role = "user" }: NewUser, { users, location, random }: Place): StoredUser {
  return users.put({
    id: opaqueId(random, 20),
    firstName,
    lastName,
    email,
    phone: "",
    extension: "",
    type: "account",
    role,
    locationIds: [location.id],
    permissions: {},
    scopes: [],
  });
}
