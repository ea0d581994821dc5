/** An answer of the hub on its way to a view: not there yet, refused, or there. */
export type Loaded<Data> =
  | { readonly state: "reading" }
  | { readonly state: "failed"; readonly error: Error; readonly retry: () => void }
  | { readonly state: "ready"; readonly data: Data; readonly isStale: boolean };

/** The part of a cached query's result that a view needs. */
interface QueryResult<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
}

/**
 * A query's result as a view sees it. Data that was read once stays on the page when a later reading fails: the live
 * mark in the page's head tells that it is not fresh.
 */
export function loaded<Data>(query: QueryResult<Data>): Loaded<Data> {
  if (query.data !== undefined) return { state: "ready", data: query.data, isStale: query.isPlaceholderData };
  if (query.error === null) return { state: "reading" };
  return { state: "failed", error: query.error, retry: () => void query.refetch() };
}
