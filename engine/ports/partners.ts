import type { ResourcePartner } from "../../kit/session.ts";
import type { Resource } from "../../model/record.ts";

/** The partners, as the engine calls them. See `../ports.ts`. The kit makes them and says what each promises. */

export type { CallContext } from "../../kit/http.ts";

/** One resource of one connection, ready to call. */
export type Partner = ResourcePartner;

/** Finds the partner behind a connection. @throws Failure `misconfigured` when there is none. */
export type PartnerOf = (workspaceId: string, connectionId: string, resource: Resource) => Partner;
