import type { Refusal } from "../control/refusal.ts";
import type { Scope } from "./access.ts";
import { type Checks, checked } from "./check.ts";
import type { Place } from "./place.ts";
import type { Answer, Route, RouteOptions, Visit } from "./routing.ts";

/** One operation as a row of its subject's table. */
export type Row = readonly [
  method: Parameters<Route>[0],
  url: string,
  scope: Scope,
  handle: (visit: Visit, place: Place) => Answer,
  options?: RouteOptions,
];

/** Registers the rows of a table for one location. Every answer gets a `traceId`. */
export function addRows(route: Route, rows: readonly Row[], place: Place): void {
  for (const [method, url, scope, handle, options] of rows) {
    const traced = (visit: Visit): Answer => {
      const { status = 200, body } = handle(visit, place);
      return { status, body: { ...asObject(body), traceId: place.trace() } };
    };
    route(method, url, scope, traced, options);
  }
}

function asObject(body: unknown): object {
  return typeof body === "object" && body !== null ? body : {};
}

/** "Done" in the spelling of most dated answers; v3 adds the right spelling beside it. */
export function succeeded({ isV3 }: Visit): object {
  return { succeded: true, ...(isV3 ? { succeeded: true } : {}) };
}

/** The checked body of a visit. @throws Refusal 422 that lists everything that is wrong. */
export function bodyOf({ body }: Visit, { refusals }: Place, checks: Checks, required: readonly string[] = []) {
  return checked(body, checks, required, refusals);
}

/** The checked query of a visit: texts. @throws Refusal 422 that lists everything that is wrong. */
export function queryOf(
  { query }: Visit,
  { refusals }: Place,
  checks: Checks,
  required: readonly string[] = [],
): Readonly<Record<string, string>> {
  checked(query, checks, required, refusals);
  return query;
}

/** The refusal for a record that is not there: 404, or 400 with the same words, by quirk. */
export function missing({ quirks, refusals }: Pick<Place, "quirks" | "refusals">, noun: string, id: string): Refusal {
  return quirks().goneAs === "404"
    ? refusals.missing(`${noun} not found for id: ${id}`)
    : refusals.bad(`${noun} with id ${id} not found`);
}
