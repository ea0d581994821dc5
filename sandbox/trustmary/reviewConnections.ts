import { opaqueId, type Random } from "../random.ts";
import { objectOf } from "./contactWrite.ts";
import type { Refusals } from "./wording.ts";

/** A page elsewhere from which reviews are taken over. */
export type ReviewConnection = {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly source: string;
  readonly lang: string;
  readonly targetId: string;
  readonly targetUrl: string;
};

/** The review connections of an account. */
export type ReviewConnections = {
  readonly all: () => readonly ReviewConnection[];
  /** @throws Refusal 400 */
  readonly make: (body: unknown) => ReviewConnection;
  /** By slug or id. @throws Refusal 404 */
  readonly change: (name: string, body: unknown) => ReviewConnection;
  readonly remove: (name: string) => void;
  readonly clear: () => void;
};

/** Makes an empty list. One is made from an address of one's own, or from a place of a product that is known. */
export function createReviewConnections(random: Random, refusals: Refusals): ReviewConnections {
  const kept = new Map<string, ReviewConnection>();
  const demand = (name: string): ReviewConnection => {
    const found = [...kept.values()].find(({ id, slug }) => id === name || slug === name);
    if (found === undefined) throw refusals.missing("Review connection not found");
    return found;
  };
  const keep = (connection: ReviewConnection): ReviewConnection => {
    const holder = [...kept.values()].find(({ slug, id }) => slug === connection.slug && id !== connection.id);
    if (holder !== undefined) throw refusals.invalid("slug is already in use");
    kept.set(connection.id, connection);
    return connection;
  };
  return {
    all: () => [...kept.values()],
    make: (given) => keep({ id: `rc${opaqueId(random, 10)}`, ...wanted(textsOf(given, refusals), refusals) }),
    change: (name, given) => {
      const { slug, title } = textsOf(given, refusals);
      const before = demand(name);
      return keep({ ...before, slug: slug ?? before.slug, title: title ?? before.title });
    },
    remove: (name) => void kept.delete(demand(name).id),
    clear: () => kept.clear(),
  };
}

function wanted(texts: Readonly<Record<string, string>>, refusals: Refusals): Omit<ReviewConnection, "id"> {
  const { title = "", slug = "", targetUrl = "", source = "", targetId = "", lang = "" } = texts;
  if (source !== "" && targetId !== "") {
    return { slug: `${source}-${targetId}`, title: source, source, lang, targetId, targetUrl };
  }
  if (title === "" || slug === "" || targetUrl === "") {
    throw refusals.invalid("title, slug and targetUrl, or source and targetId, are required");
  }
  return { slug, title, source: "custom", lang, targetId: "", targetUrl };
}

function textsOf(given: unknown, refusals: Refusals): Readonly<Record<string, string>> {
  const texts = Object.entries(objectOf(given, refusals)).flatMap(([key, value]) =>
    typeof value === "string" ? [[key, value.trim()] as const] : [],
  );
  return Object.fromEntries(texts);
}
