import type { Operation } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";
import { consumers } from "./consumers.ts";
import { invitations } from "./invitations.ts";
import { products } from "./products.ts";
import { reviews } from "./reviews.ts";
import { triggersOf } from "./triggers.ts";
import { units } from "./units.ts";

const actions = [...reviews, ...invitations, ...products, ...units, ...consumers];

/** The catalogue of Trustpilot, in the order in which it is numbered. */
export const operations: readonly Operation<Settings>[] = [...actions, ...triggersOf(actions)];
