import type { Operation } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";
import { account } from "./account.ts";
import { contacts } from "./contacts.ts";
import { reviews } from "./reviews.ts";
import { surveys } from "./surveys.ts";
import { triggersOf } from "./triggers.ts";

const actions = [...contacts, ...surveys, ...reviews, ...account];

/** The catalogue of Trustmary, in the order in which it is numbered. */
export const operations: readonly Operation<Settings>[] = [...actions, ...triggersOf(actions)];
