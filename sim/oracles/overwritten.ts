import type { Deed } from "../ledger.ts";
import type { Call } from "../network.ts";
import { recordsOf } from "../people.ts";
import type { World } from "../world.ts";

/**
 * Salesmate takes the tags of a contact as one list, and tells nobody of the one before. A tag that somebody gives or takes
 * between the hub's look at the contact and its writing of another tag is overwritten unseen, and leaves no trace: no hub
 * can promise it. Whatever the hub could have seen before it wrote is not excused.
 */
export function isOverwritten({ partners, network }: World, deed: Deed): boolean {
  if (deed.side !== "right" || !deed.subject.startsWith("tag ")) return false;
  const [record] = recordsOf(partners, "right", deed.person);
  const contact = `/apis/contact/v4/${record?.id}`;
  const writes = network.calls.filter(({ method, path }) => method === "PUT" && path === contact);
  return writes.some((write) => saysOtherwise(write, deed) && wasUnseen(network.calls, write, deed));
}

/** Whether the call writes a list of tags in which what was said does not hold. */
function saysOtherwise({ body, status }: Call, { subject, value }: Deed): boolean {
  if (status >= 300) return false;
  const { tags } = JSON.parse(body);
  const isThere = typeof tags === "string" && tagsIn(tags).includes(subject.slice("tag ".length));
  return typeof tags === "string" && isThere !== (value === "on");
}

function tagsIn(list: string): readonly string[] {
  return list.split(",").map((tag) => tag.trim().toLowerCase());
}

/** Nothing is written that was seen longer ago, ms. */
const LOOK_MS = 60_000;

/** Whether the process that wrote had looked before it was said, in a read or a listing, and not read it again since. */
function wasUnseen(calls: readonly Call[], write: Call, { at }: Deed): boolean {
  const own = calls.filter((call) => call.by === write.by && call.side === "right" && call.at <= write.sentAt);
  const reads = own.filter(({ method, path }) => method === "GET" && path === write.path);
  const looks = [...reads, ...own.filter(({ purpose }) => purpose === "list")];
  const wasLooked = looks.some((look) => look.at <= at && look.at >= write.sentAt - LOOK_MS);
  return at <= write.at && wasLooked && !reads.some((read) => read.at > at);
}
