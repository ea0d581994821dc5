import { isSameKey, type ListQuery, path, type ResourceAdapter, readAnswer, type Session } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Snapshot } from "../../model/record.ts";
import {
  BUSINESS_CATALOGUE,
  BusinessAnswer,
  BusinessesAnswer,
  BusinessWriteAnswer,
  businessCreateBody,
  businessSnapshot,
  businessUpdateBody,
} from "./business.ts";
import { about, goneAs } from "./calls.ts";
import { countryOf } from "./location.ts";
import { PAGE_OVERLAP, RECORD_PAGE_LIMIT } from "./quirks.ts";
import type { Settings } from "./settings.ts";

type HighLevel = Session<Settings>;

/**
 * The businesses of a location. Their list knows neither a time of change nor a search, so every listing reads all of
 * them and passes over what did not change; a look-up reads all as well. A location has few.
 */
export const businesses: ResourceAdapter<Settings> = {
  describe: async () => BUSINESS_CATALOGUE,
  // Rows are whole, and nothing is known of a list that lags. What is read is read again whole at each poll.
  listing: ({ pollOverlapMs }) => ({ isComplete: true, lagMs: 0, overlapMs: pollOverlapMs }),
  list: async (session, query) => {
    const { records, next } = await page(session, query.cursor);
    return { records: records.filter((record) => isChanged(record, query)), ...(next !== undefined && { next }) };
  },
  read: async (session, externalId) => {
    const doing = `read business ${externalId}`;
    const request = { method: "GET", path: path`/businesses/${externalId}`, doing } as const;
    const answer = await goneAs("gone" as const, () => session.http.request(request));
    return answer === "gone" ? "gone" : businessSnapshot(readAnswer(BusinessAnswer, answer, about(doing)).business);
  },
  create: async (session, fields) => {
    const doing = "create a business";
    const json = businessCreateBody(fields, session.settings);
    const answer = await session.http.request({ method: "POST", path: "/businesses/", json, doing });
    const business = readAnswer(BusinessWriteAnswer, answer, { ...about(doing), isWrite: true });
    return { kind: "created", externalId: business.id, snapshot: businessSnapshot(business) };
  },
  update: async (session, externalId, changes, known) => {
    const doing = `update business ${externalId}`;
    const json = businessUpdateBody(changes, known);
    const answer = await session.http.request({ method: "PUT", path: path`/businesses/${externalId}`, json, doing });
    return businessSnapshot(readAnswer(BusinessWriteAnswer, answer, { ...about(doing), isWrite: true }));
  },
  delete: async (session, externalId) => {
    const doing = `delete business ${externalId}`;
    const request = { method: "DELETE", path: path`/businesses/${externalId}`, doing } as const;
    await goneAs(undefined, () => session.http.request(request));
  },
  find: async (session, rule, value) => {
    const found = new Set<string>();
    const country = await countryOf(session);
    let cursor: string | undefined;
    do {
      const { records, next } = await page(session, cursor);
      for (const { externalId, fields } of records) {
        if (isSameKey(rule, String(fields[rule]), value, country)) found.add(externalId);
      }
      cursor = next;
    } while (cursor !== undefined);
    return [...found];
  },
};

/** Pages are counted off, and what is deleted meanwhile moves the rest up: each page looks back at some of the last. */
async function page(session: HighLevel, cursor: string | undefined): Promise<{ records: Snapshot[]; next?: string }> {
  const doing = "list the businesses of the location";
  const skip = skipOf(cursor);
  const answer = await session.http.request({
    method: "GET",
    path: "/businesses/",
    query: { locationId: session.settings.locationId, limit: RECORD_PAGE_LIMIT, skip },
    doing,
  });
  const found = readAnswer(BusinessesAnswer, answer, about(doing)).businesses;
  const records = found.map(businessSnapshot);
  if (found.length < RECORD_PAGE_LIMIT) return { records };
  return { records, next: String(skip + RECORD_PAGE_LIMIT - PAGE_OVERLAP) };
}

/** What tells no time of change may have changed. */
function isChanged({ version }: Snapshot, { since }: ListQuery): boolean {
  return since === undefined || version === undefined || Number(version) >= since;
}

function skipOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new Failure("bug", "The stored position in HighLevel's businesses cannot be read; start the listing again.");
}
