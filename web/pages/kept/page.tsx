import { useQuery } from "@tanstack/react-query";
import { loaded } from "../../api/loaded.ts";
import { keptQuery, keptRecordsQuery } from "../../api/queries.ts";
import { type KeptSearch, keptAddress } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { useNavigateTo } from "../../ui/link.tsx";
import { KeptBelongings, useKeptDoing } from "./belongings.tsx";
import { KeptPageView } from "./view.tsx";

const PAGE_SIZE = 25;

/** What the hub keeps itself for a connection. */
export function KeptPage({ connectionId, search }: { readonly connectionId: string; readonly search: KeptSearch }) {
  const hub = useHub();
  const navigate = useNavigateTo();
  const kept = useQuery(keptQuery(hub, connectionId));
  const kinds = kept.data?.resources.filter(({ isEditable }) => isEditable) ?? [];
  const resource = (kinds.find((kind) => kind.resource === search.kind) ?? kinds[0])?.resource ?? "";
  const offset = (search.page - 1) * PAGE_SIZE;
  const wanted = { ...(search.text !== "" && { text: search.text }), offset, limit: PAGE_SIZE };
  const found = useQuery(keptRecordsQuery(hub, connectionId, resource, wanted));
  const doing = useKeptDoing(connectionId);
  return (
    <KeptPageView
      kept={loaded(kept)}
      found={loaded(found)}
      search={search}
      pageSize={PAGE_SIZE}
      onSearch={(change) => navigate(keptAddress(connectionId, { ...search, page: 1, ...change }))}
      doing={doing(resource)}
      belongings={({ externalId, title }) => (
        <KeptBelongings connectionId={connectionId} parentId={externalId} who={title} />
      )}
    />
  );
}
