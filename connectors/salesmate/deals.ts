import type { ResourceAdapter, Session } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { applyChanges, type Changes, type Fields } from "../../model/value.ts";
import { DEAL, isSteppable, steppedChanges, steppedFields } from "./deal.ts";
import { search } from "./listing.ts";
import { moduleRecords } from "./moduleRecords.ts";
import { pipelinesKnowing } from "./pipelines.ts";
import { DEALS, listBody } from "./search.ts";
import type { Settings } from "./settings.ts";

type Salesmate = Session<Settings>;

const RECORDS = moduleRecords(DEALS, DEAL, isSearchableByContact);

/** The deals of a Salesmate account that are about a contact. */
export const deals: ResourceAdapter<Settings> = {
  ...RECORDS,
  parent: "contact",
  create: async (session, fields, parentId) => {
    if (parentId === undefined) throw new Failure("bug", "A deal was to be created at Salesmate without its contact.");
    const known = await pipelinesKnowing(session, (all) => isSteppable(fields, {}, all));
    return RECORDS.create(session, steppedFields(fields, known), parentId);
  },
  update: async (session, externalId, changes, known, parentId) => {
    const sent = await sendable(session, changes, known);
    if (Object.keys(sent).length > 0) await RECORDS.update(session, externalId, sent, known, parentId);
    return undefined;
  },
  // Deals are not recognised by e-mail or phone.
  find: async () => [],
};

async function sendable(session: Salesmate, changes: Changes, known: Fields): Promise<Changes> {
  if (changes.pipeline === undefined && changes.stage === undefined) return changes;
  const next = applyChanges(known, changes);
  const wanted = Object.fromEntries(Object.keys(changes).map((key) => [key, next[key] ?? ""]));
  return steppedChanges(changes, known, await pipelinesKnowing(session, (all) => isSteppable(wanted, known, all)));
}

const KEPT_MS = 86_400_000;

/** Whether a search takes the contact as a condition is not documented, so it is asked once a day. */
function isSearchableByContact(session: Salesmate): Promise<boolean> {
  return session.remember("areDealsSearchableByContact", KEPT_MS, async () => {
    const body = listBody(DEALS, ["deal.id"], session.settings, undefined, "0");
    try {
      await search(session, DEALS, 0, body, "search deals by contact");
      return true;
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.kind === "rejected") return false;
      throw thrown;
    }
  });
}
