import type { Kysely } from "kysely";
import type { DialectTraits } from "../database.ts";
import { hub } from "./0001_hub.ts";
import { auth } from "./0002_auth.ts";
import { links } from "./0003_links.ts";
import { allowances } from "./0004_allowances.ts";
import { queue } from "./0006_queue.ts";
import { mappings } from "./0007_mappings.ts";
import { search } from "./0008_search.ts";
import { start } from "./0009_start.ts";
import { heldBack } from "./0010_heldBack.ts";
import { childCreates } from "./0011_childCreates.ts";
import { answers } from "./0013_answers.ts";
import { signIns } from "./0014_signIns.ts";
import { deliveries } from "./0015_deliveries.ts";
import { books } from "./0016_books.ts";
import { fieldWatches } from "./0018_fieldWatches.ts";
import { desk } from "./0019_desk.ts";

/** A step of the schema. Never changed once released; the next change is the next number. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly up: (db: Kysely<unknown>, dialect: DialectTraits) => Promise<void>;
}

/** All steps, in order. */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: "hub", up: hub },
  { number: 2, name: "auth", up: auth },
  { number: 3, name: "links", up: links },
  { number: 4, name: "allowances", up: allowances },
  { number: 6, name: "queue", up: queue },
  { number: 7, name: "mappings", up: mappings },
  { number: 8, name: "search", up: search },
  { number: 9, name: "start", up: start },
  { number: 10, name: "heldBack", up: heldBack },
  { number: 11, name: "childCreates", up: childCreates },
  { number: 13, name: "answers", up: answers },
  { number: 14, name: "signIns", up: signIns },
  { number: 15, name: "deliveries", up: deliveries },
  { number: 16, name: "books", up: books },
  { number: 18, name: "fieldWatches", up: fieldWatches },
  { number: 19, name: "desk", up: desk },
];
