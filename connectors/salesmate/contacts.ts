import { CONTACT } from "./contact.ts";
import { moduleRecords } from "./moduleRecords.ts";
import { CONTACTS } from "./search.ts";

/** The contacts of a Salesmate account. */
export const contacts = moduleRecords(CONTACTS, CONTACT);
