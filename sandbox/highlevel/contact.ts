/** One value of a custom field. Multiple options are lists; files and text box lists are objects. */
export type CustomValue = { readonly id: string; readonly value: unknown };

/** Texts of a contact that may be absent (never set), `null` (cleared) or filled. */
export type ContactTexts = {
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly gender?: string | null;
  readonly address1?: string | null;
  readonly city?: string | null;
  readonly state?: string | null;
  readonly postalCode?: string | null;
  readonly country?: string | null;
  readonly website?: string | null;
  readonly timezone?: string | null;
  readonly source?: string | null;
  readonly dateOfBirth?: string | null;
  readonly companyName?: string | null;
  readonly assignedTo?: string | null;
};

/** Who wrote, as far as the product tells. */
export type Origin = { readonly source: string; readonly channel: string; readonly sourceId: string };

/** A contact as it is stored. Never changed in place: every write makes a new one, so that older states can be kept. */
export type StoredContact = ContactTexts & {
  readonly id: string;
  readonly locationId: string;
  readonly additionalEmails: readonly string[];
  readonly tags: readonly string[];
  readonly customFields: readonly CustomValue[];
  readonly dnd: boolean;
  readonly dndSettings: Readonly<Record<string, unknown>>;
  readonly inboundDndSettings: Readonly<Record<string, unknown>>;
  readonly businessId: string | null;
  /** Ids of users. */
  readonly followers: readonly string[];
  readonly createdBy: Origin;
  readonly lastUpdatedBy: Origin;
  /** Epoch milliseconds. */
  readonly addedAt: number;
  readonly updatedAt: number;
};

/** Names of the texts, in the order in which answers show them. */
export const TEXT_FIELDS = [
  "firstName",
  "lastName",
  "email",
  "phone",
  "gender",
  "companyName",
  "address1",
  "city",
  "state",
  "postalCode",
  "country",
  "website",
  "timezone",
  "source",
  "dateOfBirth",
  "assignedTo",
] as const satisfies readonly (keyof ContactTexts)[];

/** The name of one text. */
export type TextField = (typeof TEXT_FIELDS)[number];

/** First and last name together; empty when neither is known. */
export function fullNameOf(contact: ContactTexts): string {
  return [contact.firstName, contact.lastName].filter(Boolean).join(" ");
}

/** A contact with nothing in it. */
export function emptyContact(id: string, locationId: string, origin: Origin, at: number): StoredContact {
  return {
    id,
    locationId,
    additionalEmails: [],
    tags: [],
    customFields: [],
    dnd: false,
    dndSettings: {},
    inboundDndSettings: {},
    businessId: null,
    followers: [],
    createdBy: origin,
    lastUpdatedBy: origin,
    addedAt: at,
    updatedAt: at,
  };
}
