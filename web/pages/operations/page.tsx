import { useQuery } from "@tanstack/react-query";
import { loaded } from "../../api/loaded.ts";
import { operationsQuery } from "../../api/queries.ts";
import { type OperationsSearch, operationsAddress } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { useNavigateTo } from "../../ui/link.tsx";
import { OperationsPageView } from "./view.tsx";

/** What a connection can do: the catalogue of its partner. */
export function OperationsPage(props: { readonly connectionId: string; readonly search: OperationsSearch }) {
  const { connectionId, search } = props;
  const hub = useHub();
  const navigate = useNavigateTo();
  const operations = useQuery(operationsQuery(hub, connectionId));
  return (
    <OperationsPageView
      connectionId={connectionId}
      catalogue={loaded(operations)}
      search={search}
      onSearch={(change) => navigate(operationsAddress(connectionId, { ...search, ...change }))}
    />
  );
}
