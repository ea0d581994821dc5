import { PLURALS, type Resource } from "../../model/record.ts";

/** What one record of a kind is called, and several of them. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

const RECORDS: Noun = { one: "record", many: "records" };

/** The noun for the records of a sync, by its resource; a word for any kind where it is not known. */
export function nounOf(resource: string | undefined): Noun {
  return resource !== undefined && isResource(resource) ? { one: resource, many: PLURALS[resource] } : RECORDS;
}

/** The noun for what several syncs hold: of the one kind where they hold one, else of any. */
export function nounOfAll(resources: readonly string[]): Noun {
  const [only, ...others] = new Set(resources);
  return others.length === 0 ? nounOf(only) : RECORDS;
}

/** A noun at the beginning of a sentence. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function isResource(resource: string): resource is Resource {
  return resource in PLURALS;
}
