import { z } from "zod";
import { CustomFieldInput, CustomFieldValue, clearable, clearableId, Flag, Text, Texts, Time } from "./shapes.ts";

const DND_STATUS = z.enum(["active", "inactive", "permanent"]);
const CHANNELS = ["call", "email", "sms", "whatsApp", "gmb", "fb"] as const;
const Channel = z.object({ status: z.string(), message: Text, code: Text });

/** Do-not-disturb by channel. The dated versions write the channels with capitals, v3 without. */
const DndSettings = z.preprocess(
  (found) => {
    if (typeof found !== "object" || found === null) return found;
    const named = Object.entries(found).map(([name, set]) => [
      CHANNELS.find((channel) => channel.toLowerCase() === name.toLowerCase()) ?? name,
      set,
    ]);
    return Object.fromEntries(named);
  },
  z.object({
    call: Channel.optional(),
    email: Channel.optional(),
    sms: Channel.optional(),
    whatsApp: Channel.optional(),
    gmb: Channel.optional(),
    fb: Channel.optional(),
  }),
);

/** A contact as a read or the answer to a write shows it. */
export const Contact = z.object({
  id: z.string(),
  locationId: Text,
  firstName: Text,
  lastName: Text,
  name: Text,
  email: Text,
  phone: Text,
  companyName: Text,
  businessId: Text,
  address1: Text,
  city: Text,
  state: Text,
  postalCode: Text,
  country: Text,
  website: Text,
  timezone: Text,
  dateOfBirth: Text,
  gender: Text,
  source: Text,
  type: Text,
  assignedTo: Text,
  followers: Texts,
  tags: Texts,
  dnd: Flag,
  dndSettings: DndSettings.optional(),
  customFields: z.array(CustomFieldValue).optional(),
  dateAdded: Time,
  dateUpdated: Time,
  lastActivity: Time,
});

/** A row of a list or search: names may come in lower case only, and the street is called otherwise. */
export const ContactRow = z.preprocess((found) => {
  if (typeof found !== "object" || found === null) return found;
  const row = found as Readonly<Record<string, unknown>>;
  return {
    ...row,
    firstName: row.firstNameRaw ?? row.firstName ?? row.firstNameLowerCase,
    lastName: row.lastNameRaw ?? row.lastName ?? row.lastNameLowerCase,
    name: nameOf(row) ?? row.contactName ?? row.name,
    address1: row.address1 ?? row.address,
  };
}, Contact);

/** A row's own name comes in lower case only; the parts with their capitals make a better one. */
function nameOf({ firstNameRaw, lastNameRaw }: Readonly<Record<string, unknown>>): string | undefined {
  const parts = [firstNameRaw, lastNameRaw].filter((part) => typeof part === "string" && part !== "");
  return parts.length === 0 ? undefined : parts.join(" ");
}

const Dnd = z
  .strictObject({ status: DND_STATUS, message: z.string().optional(), code: z.string().optional() })
  .optional();

/** What every write of a contact may carry. */
export const CONTACT_INPUT = {
  firstName: clearable("First name."),
  lastName: clearable("Last name."),
  name: clearable("Full name; only where first and last name are not given."),
  email: clearable("E-mail address."),
  phone: clearable("Phone number with country code, as +12025550123."),
  address1: clearable("Street and number."),
  city: clearable("City."),
  state: clearable("State or region."),
  postalCode: clearable("Postal code."),
  country: clearable("Country, two letters."),
  website: clearable("Website."),
  timezone: clearable("Time zone, as Europe/Lisbon."),
  dateOfBirth: clearable("Date of birth, as 1990-12-31."),
  source: clearable("Where the contact came from."),
  tags: z.array(z.string()).optional().describe("Tags. Takes the place of all tags there are; to add some, add tags."),
  dnd: z.boolean().optional().describe("Whether nothing may be sent at all."),
  dndSettings: z
    .strictObject({ call: Dnd, email: Dnd, sms: Dnd, whatsApp: Dnd, gmb: Dnd, fb: Dnd })
    .optional()
    .describe("What may be sent, by channel."),
  inboundDndSettings: z
    .strictObject({
      all: z.strictObject({ status: z.enum(["active", "inactive"]), message: z.string().optional() }).optional(),
    })
    .optional()
    .describe("What the contact itself asked not to be sent."),
  customFields: z.array(CustomFieldInput).optional().describe("Custom fields to set; others stay as they are."),
  assignedTo: clearableId("Id of the user it belongs to."),
} as const;

/** What only a create or an upsert may carry. */
export const NEW_CONTACT_INPUT = {
  ...CONTACT_INPUT,
  gender: clearable("Gender."),
  companyName: clearable("Name of the company, a plain text."),
} as const;

/** An invented contact for examples. */
export const EXAMPLE_CONTACT = {
  id: "ocQHyuzHvysMo5N5VsXc",
  locationId: "ve9EPM428h8vShlRW1KT",
  firstName: "Ana",
  lastName: "Silva",
  email: "ana.silva@lisboa.example",
  phone: "+12015550123",
  city: "Lisboa",
  tags: ["customer"],
  dateAdded: "2026-03-06T10:00:00.000Z",
  dateUpdated: "2026-03-06T10:00:00.000Z",
};
