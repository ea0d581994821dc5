import type { Link } from "../../engine/ports.ts";
import type { Side } from "../../model/record.ts";
import { SYNC_ID, WORKSPACE_ID } from "../rules.ts";
import type { World } from "../world.ts";

/** What the hub itself tells people of a record: the only excuse for a difference. */
export interface Listed {
  /** The link that holds the record, if any. */
  readonly link: Link | undefined;
  /** Fields that a person is asked about, or that a finding explains. */
  readonly fields: ReadonlySet<string>;
  /** Whether it is unclear who is meant, and a person is asked. */
  readonly isAmbiguous: boolean;
  /** Whether work on it was set aside for a person, with the partner's words. */
  readonly isSetAside: boolean;
  /** Whether it is no longer followed, as a policy says. */
  readonly isUnlinked: boolean;
}

const KEYS_MAX = 1_000;

/** What the hub tells of one record. */
export async function listedOf(
  { store }: Pick<World, "store">,
  side: Side,
  externalId: string,
  syncId: string = SYNC_ID,
): Promise<Listed> {
  const link = await store.linkByRecord(WORKSPACE_ID, syncId, side, externalId);
  const aside = await store.troubledKeys(WORKSPACE_ID, { state: "dead", limit: KEYS_MAX });
  const keys = new Set(aside.map((key) => key.key));
  return {
    link,
    fields: new Set([...(link?.conflicts ?? []), ...(link?.findings ?? [])].map((found) => found.field)),
    isAmbiguous: link?.state === "ambiguous",
    isSetAside: keys.has(`record:${syncId}:${side}:${externalId}`) || keys.has(`link:${link?.id ?? ""}`),
    isUnlinked: link?.state === "unlinked",
  };
}
