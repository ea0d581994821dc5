import { z } from "zod";

/**
 * What the real product's documents leave open, each as a switch. The defaults are the most likely or the most
 * troublesome reading.
 */
export const QuirksShape = z.strictObject({
  /** The location's own setting: whether two contacts may have the same e-mail or phone. */
  allowDuplicateContact: z.boolean().default(false),
  /** The location's own setting: what must be unique, in the order in which it is looked for. */
  uniqueKeys: z.array(z.enum(["email", "phone"])).default(["email", "phone"]),
  /** How far searches, lists and the duplicate look-up lag behind writes. */
  searchLagMs: z.number().min(0).max(60_000).default(2_000),
  /** Whether search and list rows carry `firstNameRaw` and `lastNameRaw` beside the lower-cased names. */
  rawNames: z.boolean().default(true),
  /** What becomes of a phone that can not be understood. */
  badPhone: z.enum(["reject", "drop"]).default("reject"),
  /** What becomes of a country that is no ISO 3166 code of two letters. */
  badCountry: z.enum(["reject", "drop", "keep"]).default("reject"),
  /** What becomes of a custom field value of the wrong type or not among the options. */
  badCustomValue: z.enum(["reject", "drop", "keep"]).default("drop"),
  /** What becomes of a value for a custom field that does not exist. */
  unknownCustomField: z.enum(["ignore", "reject"]).default("ignore"),
  /** Whether `companyName` may be sent in an update. */
  companyNameOnUpdate: z.boolean().default(false),
  /** How a missing contact is answered: 404, or 400 with "not found" in the message. */
  goneAs: z.enum(["404", "400"]).default("404"),
  /** How a field that was cleared is shown. */
  clearedAs: z.enum(["null", "empty", "absent"]).default("null"),
  /** Whether an update that changes nothing moves `dateUpdated`. It never causes a webhook. */
  touchOnNoChange: z.boolean().default(true),
  /** How a custom field of type DATE is shown. */
  dateFieldAs: z.enum(["date", "epoch", "iso"]).default("epoch"),
  /** How a date of birth is shown. */
  dateOfBirthAs: z.enum(["date", "iso"]).default("date"),
  /** Whether an answer of 429 carries Retry-After. */
  retryAfter: z.enum(["none", "seconds", "date"]).default("none"),
  /** Whether a missing or unknown Version is answered 401 or 400. */
  badVersionAs: z.enum(["401", "400"]).default("401"),
  /** Whether the consent page sends the state back. */
  stateEcho: z.enum(["always", "never"]).default("always"),
  /** Whether the consent page asks for the version of the app. */
  versionIdAs: z.enum(["optional", "required"]).default("optional"),
  /** How the making of a location's token is answered: as documented, or as measured. */
  locationTokenStatus: z.enum(["200", "201"]).default("201"),
  /** After how many idle days a private token dies; never when 0. */
  privateTokenIdleDays: z.number().min(0).default(0),
  /** Shape of a webhook's body: the object's fields beside the others or under `data`, and either as JSON in a text. */
  envelope: z.enum(["flat", "data", "text", "data-text"]).default("flat"),
  /** Which signatures a webhook carries. `legacy-with-na` sends the literal N/A in the newer header. */
  signatures: z.enum(["both", "ed25519", "rsa", "legacy-with-na"]).default("both"),
  /** Fields whose change alone causes no ContactUpdate. */
  silentFields: z.array(z.string()).default(["followers", "businessId"]),
  /**
   * Which webhooks are sent again: only those answered 429, as the older documents say, or all that fail, less and less
   * often and with a pause for an address that keeps failing, as the newer ones do.
   */
  webhookPolicy: z.enum(["only-429", "any-failure"]).default("only-429"),
  /** Under `any-failure`: how many tries there are, the first wait, which doubles, and what pauses an address how long. */
  webhookTriesMax: z.number().int().min(1).max(50).default(12),
  webhookBackoffMs: z.number().min(0).default(60_000),
  webhookBreakerAfter: z.number().int().min(0).default(20),
  webhookBreakerMs: z.number().min(0).default(900_000),
  /** Under `only-429`: how often a webhook is sent again, and after how long. */
  webhookRetryTimes: z.number().int().min(0).max(20).default(6),
  webhookRetryMs: z.number().min(0).default(600_000),
  /** What becomes of an update that empties a note. */
  emptyNoteBody: z.enum(["reject", "keep"]).default("reject"),
  /** Whether a note that was sent as plain text is shown as its editor for rich text writes it. */
  noteBodyAs: z.enum(["written", "html"]).default("written"),
  /** How the due time of a task is shown. */
  dueDateAs: z.enum(["milliseconds", "seconds", "offset"]).default("milliseconds"),
  /** Under which name rows of the task search carry the id. */
  taskRowId: z.enum(["id", "_id"]).default("_id"),
  /** How the times of an appointment are shown, except in the list of a contact. */
  appointmentTimeAs: z.enum(["offset", "utc"]).default("offset"),
  /** Under which name the description of an appointment is shown. */
  appointmentNotesAs: z.enum(["notes", "description", "both"]).default("both"),
  /** What a direct read of an appointment is wrapped in. */
  appointmentEnvelope: z.enum(["event", "appointment"]).default("event"),
  /** Whether a deleted appointment can still be read, marked as deleted. */
  deletedAppointments: z.enum(["gone", "shown"]).default("gone"),
  /** Whether a change of a note, task or appointment moves the `dateUpdated` of its contact. It causes no ContactUpdate. */
  childrenTouchContact: z.boolean().default(false),
  /** Whether the deletion of a contact sends an event for each note, task and appointment that goes with it. */
  deleteTellsChildren: z.boolean().default(false),
  /** Whom a merge tells: nobody, of the retired contact (ContactDelete), of the survivor (ContactUpdate), or both. */
  mergeTells: z.enum(["nobody", "delete", "update", "both"]).default("nobody"),
  /** Whether restoring a contact sends ContactCreate. */
  restoreTells: z.boolean().default(false),
  /** Whether a campaign that a contact joins or leaves sends CampaignStatusUpdate. */
  campaignTells: z.boolean().default(true),
  /** The location's own setting: whether a contact may have several opportunities in one pipeline. */
  allowDuplicateOpportunity: z.boolean().default(false),
  /** Whether the upsert of an opportunity demands the three properties about followers, as is published. */
  upsertDemandsFollowers: z.boolean().default(false),
  /** Whether the messages of a conversation come under one `messages`, as published, or one level deeper, as met. */
  messageListAs: z.enum(["nested", "flat"]).default("nested"),
  /** Whether a direct read of a message has no envelope, as published, or one called `message`. */
  messageReadAs: z.enum(["bare", "message"]).default("bare"),
  /** Status of the answer when a message was sent. */
  sendStatus: z.enum(["200", "201"]).default("200"),
  /** Whether renaming or deleting a tag of the location renames or removes it on contacts. */
  tagEditsReachContacts: z.boolean().default(true),
  /** What a change of what a contact wants to get sends: ContactDndUpdate, ContactUpdate, or both. */
  dndTells: z.enum(["both", "dnd", "update"]).default("both"),
  /** Whether a change of an opportunity's step, state, value or owner sends OpportunityUpdate besides its own event. */
  opportunityUpdateBeside: z.boolean().default(true),
  /** Whether an event about a record, such as a business, carries its `type`; the published samples show none. */
  recordEventType: z.enum(["absent", "shown"]).default("absent"),
  /** What becomes of a follower or owner who is no user of the location. */
  unknownUser: z.enum(["reject", "keep"]).default("reject"),
  /** Whether restoring a contact moves its `dateUpdated`. */
  restoreTouches: z.boolean().default(true),
});

/** The switches in force. */
export type Quirks = z.output<typeof QuirksShape>;
