import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { KeptResource } from "../../../model/api/kept.ts";
import { loaded } from "../../api/loaded.ts";
import { createKeptActs } from "../../api/mutations.ts";
import { keptQuery, keptRecordsQuery } from "../../api/queries.ts";
import { useHub } from "../../app/hub.tsx";
import { KeptChildren, type KeptDoing } from "../../parts/keptChildren.tsx";
import { Column } from "../../ui/layout.tsx";

/** Most notes or tasks of one person that are shown in one place. */
const CHILDREN_MAX = 100;

export interface KeptBelongingsProps {
  readonly connectionId: string;
  /** The contact that they belong to, by id and name. */
  readonly parentId: string;
  readonly who: string;
}

/** The notes, tasks and appointments that the hub keeps for one contact of a connection, read when they are shown. */
export function KeptBelongings({ connectionId, parentId, who }: KeptBelongingsProps) {
  const hub = useHub();
  const doing = useKeptDoing(connectionId);
  const kept = useQuery(keptQuery(hub, connectionId));
  const kinds = kept.data?.resources.filter(({ parent, isEditable }) => parent === "contact" && isEditable) ?? [];
  return (
    <Column>
      {kinds.map((kind) => (
        <Belonging
          key={kind.resource}
          {...{ connectionId, parentId, who, kind }}
          partner={kept.data?.connection.partner ?? ""}
          doing={doing(kind.resource)}
        />
      ))}
    </Column>
  );
}

type BelongingProps = KeptBelongingsProps & {
  readonly kind: KeptResource;
  readonly partner: string;
  readonly doing: KeptDoing;
};

function Belonging({ connectionId, kind, partner, who, parentId, doing }: BelongingProps) {
  const wanted = { parentId, offset: 0, limit: CHILDREN_MAX };
  const records = useQuery(keptRecordsQuery(useHub(), connectionId, kind.resource, wanted));
  return <KeptChildren {...{ kind, partner, who, parentId, doing }} records={loaded(records)} />;
}

/** What can be done with the kept records of a kind. */
export function useKeptDoing(connectionId: string): (resource: string) => KeptDoing {
  const acts = createKeptActs(useHub(), useQueryClient());
  return (resource) => ({
    add: (fields, parentId) => acts.add(connectionId, resource, fields, parentId),
    edit: (record, fields) => acts.edit(connectionId, record, fields),
    remove: (record) => acts.remove(connectionId, record),
  });
}
