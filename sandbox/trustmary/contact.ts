/** What a contact can be. */
export const CONTACT_TYPES = ["customer", "employee"] as const;

/** What may stand in the way of messages to a contact; only to an active one they go out. */
export const CONTACT_STATES = [
  "active",
  "unsubscribed",
  "unapproved_country_code",
  "missing_contact_info",
  "error",
  "complaint",
  "bounce",
] as const;

/** One of `CONTACT_STATES`. */
export type ContactState = (typeof CONTACT_STATES)[number];

/** A contact as the account keeps it. Times are epoch milliseconds. */
export type StoredContact = {
  readonly id: string;
  /** In lower case: the key. */
  readonly email: string;
  readonly eid: string;
  readonly name: string;
  readonly phone: string;
  readonly company: string;
  readonly type: (typeof CONTACT_TYPES)[number];
  readonly status: ContactState;
  readonly lastAction: string;
  /** By the whole name of the field, such as `field_plan`. */
  readonly custom: Readonly<Record<string, string>>;
  /** Ids of the lists that the contact is on. */
  readonly lists: readonly string[];
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deletedAt: number | undefined;
};

/** The custom fields of the account, which are made on its own pages only. */
export const CUSTOM_FIELDS = ["field_plan", "field_city", "field_birthday", "field_favourite"] as const;

/** The texts of a contact that an import may name. */
export const TEXTS = ["eid", "name", "phone", "company"] as const;

/** A contact as answers show it. */
export function shownContact(contact: StoredContact): Record<string, unknown> {
  const { id, email, eid, name, phone, company, type, status, lastAction, custom } = contact;
  const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  return {
    id,
    email,
    eid: eid === "" ? null : eid,
    name,
    phone,
    company,
    type,
    status,
    last_action: lastAction,
    ...custom,
    created_at: time(contact.createdAt),
    updated_at: time(contact.updatedAt),
    deleted_at: time(contact.deletedAt),
  };
}
