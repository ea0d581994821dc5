import { queryOptions } from "@tanstack/react-query";
import { ROUTES } from "../../model/api/routes.ts";
import type { SandboxContact } from "../../model/api/views.ts";
import { contactTitle } from "../../model/contact.ts";
import { keys, type SandboxPartner } from "./keys.ts";
import type { Hub } from "./queries.ts";

/** A contact of the sandbox whose link is looked for, and on which side of the links its partner stands. */
export interface LinkOfWanted {
  readonly partner: SandboxPartner;
  readonly contact: SandboxContact;
  readonly side: "left" | "right";
  /** The sync of the contacts. What belongs to a contact is found by the same texts, and may have the same id. */
  readonly syncId: string | undefined;
}

const LOOK_AT = 50;
const LOOK_AGAIN_MS = 1_500;

/**
 * The id of the link that holds this contact, or `null` as long as there is none; then it is looked for again.
 * Links are searched by what people know of a contact; of those found, the one that holds its id is its link.
 */
export function linkOfQuery({ call, workspaceId }: Hub, wanted: LinkOfWanted | undefined) {
  return queryOptions({
    queryKey: keys.linkOf(workspaceId, wanted?.partner, wanted?.contact.id),
    enabled: wanted?.syncId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: (query) => (query.state.data === null ? LOOK_AGAIN_MS : false),
    queryFn: async () => {
      for (const text of wanted === undefined ? [] : searchTexts(wanted.contact)) {
        const query = { text, limit: LOOK_AT, ...(wanted?.syncId !== undefined && { sync: wanted.syncId }) };
        const { links } = await call(ROUTES.links, { params: { workspaceId }, query });
        const found = links.find(
          (row) => row.syncId === wanted?.syncId && row[wanted.side]?.externalId === wanted.contact.id,
        );
        if (found !== undefined) return found.id;
      }
      return null;
    },
  });
}

function searchTexts({ fields }: SandboxContact): readonly string[] {
  const texts = [fields.email, fields.phone, contactTitle(fields, "")];
  return texts.flatMap((text) => (typeof text === "string" && text !== "" ? [text] : []));
}

/** The contact on `side` of a link as the partner there shows it to its users; `null` when it is not there. */
export function counterpartQuery(
  { call, workspaceId }: Hub,
  linkId: string | undefined,
  partner: SandboxPartner,
  side: "left" | "right",
) {
  return queryOptions({
    queryKey: keys.sandbox("counterpart", partner, linkId),
    enabled: linkId !== undefined,
    queryFn: async () => {
      if (linkId === undefined) return null;
      const link = await call(ROUTES.link, { params: { workspaceId, linkId } });
      const ref = link[side];
      if (ref === undefined) return null;
      for (const query of [ref.email, ref.phone, link.title].filter((text) => text !== "")) {
        const answer = await call(ROUTES.sandboxContacts, { params: { partner }, query: { query, limit: LOOK_AT } });
        // Trustmary's people are known by their e-mail.
        const found = answer.contacts.find(({ id, fields }) => [id, fields.email].includes(ref.externalId));
        if (found !== undefined) return found;
      }
      return null;
    },
  });
}
