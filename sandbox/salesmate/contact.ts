/** A contact as it is stored. Never changed in place. */
export type StoredContact = {
  readonly id: number;
  readonly owner: number;
  /** Texts, numbers, flags and lists by field name; what was never set is absent, what was cleared is `""`. */
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly createdAt: number;
  readonly createdBy: number;
  readonly lastModifiedAt: number;
  readonly lastModifiedBy: number;
  readonly isDeleted: boolean;
};

/** What a field can hold. */
export type FieldValue = string | number | boolean;

/** How a field is checked and shown. A `Link` holds the number of another record, an `Instant` epoch milliseconds. */
export type FieldType =
  | "Text"
  | "Email"
  | "TextArea"
  | "Number"
  | "Date"
  | "Select"
  | "MultiSelect"
  | "Checkbox"
  | "Link"
  | "Instant";

/** One writable field of a record. Custom ones are named by type and number. */
export type Field = {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly options?: readonly string[];
};

const text = (name: string, label: string): Field => ({ name, label, type: "Text" });

/** The writable fields except `owner`, which is kept apart. Source: contract sheet, section 6. */
export const FIELDS: readonly Field[] = [
  text("firstName", "First Name"),
  text("lastName", "Last Name"),
  { name: "email", label: "Email", type: "Email" },
  text("mobile", "Mobile"),
  text("phone", "Phone"),
  text("otherPhone", "Other Phone"),
  { name: "company", label: "Company", type: "Link" },
  text("designation", "Designation"),
  text("website", "Website"),
  text("skypeId", "Skype"),
  text("facebookHandle", "Facebook"),
  text("twitterHandle", "Twitter"),
  text("linkedInHandle", "LinkedIn"),
  text("googlePlusHandle", "Google Plus"),
  text("currency", "Currency"),
  text("tags", "Tags"),
  { name: "description", label: "Description", type: "TextArea" },
  text("billingAddressLine1", "Billing Address Line 1"),
  text("billingAddressLine2", "Billing Address Line 2"),
  text("billingCity", "Billing City"),
  text("billingZipCode", "Billing Zip Code"),
  text("billingState", "Billing State"),
  text("billingCountry", "Billing Country"),
  { name: "emailOptOut", label: "Email Opt Out", type: "Checkbox" },
  { name: "smsOptOut", label: "SMS Opt Out", type: "Checkbox" },
  text("textCustomField1", "Favourite colour"),
  { name: "textAreaCustomField1", label: "Background", type: "TextArea" },
  { name: "numberCustomField1", label: "Children", type: "Number" },
  { name: "dateCustomField1", label: "Date of birth", type: "Date" },
  { name: "dateCustomField2", label: "Renewal on", type: "Date" },
  {
    name: "selectCustomField1",
    label: "Stage",
    type: "Select",
    options: ["New", "Talking", "Customer", "Former customer"],
  },
  {
    name: "multiSelectCustomField1",
    label: "Interests",
    type: "MultiSelect",
    options: ["Gardening", "Sailing", "Music", "Cooking", "Chess"],
  },
  { name: "checkboxCustomField1", label: "Newsletter", type: "Checkbox" },
];

/** Fields by name. */
export const FIELDS_BY_NAME: ReadonlyMap<string, Field> = new Map(FIELDS.map((field) => [field.name, field]));

/** A text of a contact; empty when it has none. */
export function textOf(contact: StoredContact, field: string): string {
  const value = contact.values[field];
  return value === undefined ? "" : String(value);
}

/** First and last name together. */
export function fullNameOf(contact: StoredContact): string {
  return [textOf(contact, "firstName"), textOf(contact, "lastName")].filter((part) => part !== "").join(" ");
}

/** The single tags of the comma-separated text. */
export function tagsOf(contact: StoredContact): string[] {
  return splitTags(textOf(contact, "tags"));
}

/** Takes a comma-separated text of tags apart. */
export function splitTags(tags: string): string[] {
  return tags
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
}
