import type { Operation } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";
import { account } from "./account.ts";
import { activities } from "./activities.ts";
import { contacts } from "./contacts.ts";
import { customRecords } from "./customRecords.ts";
import { COMPANY_KIND, DEAL_KIND } from "./kinds.ts";
import { notes } from "./notes.ts";
import { products } from "./products.ts";
import { recordActions } from "./records.ts";
import { triggersOf } from "./triggers.ts";

const actions = [
  ...contacts,
  ...recordActions(COMPANY_KIND),
  ...recordActions(DEAL_KIND),
  ...activities,
  ...notes,
  ...products,
  ...customRecords,
  ...account,
];

/** The catalogue of Salesmate, in the order in which it is numbered. */
export const operations: readonly Operation<Settings>[] = [...actions, ...triggersOf(actions)];
