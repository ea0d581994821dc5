import { useQuery } from "@tanstack/react-query";
import { loaded } from "../../api/loaded.ts";
import { agenciesQuery, appsQuery, connectionsQuery } from "../../api/queries.ts";
import { useHub } from "../../app/hub.tsx";
import { ConnectionsPageView } from "./view.tsx";

/** All connections of the workspace. */
export function ConnectionsPage() {
  const hub = useHub();
  const connections = useQuery(connectionsQuery(hub));
  const { data: apps = [] } = useQuery(appsQuery(hub));
  const { data: agencies = [] } = useQuery(agenciesQuery(hub));
  return <ConnectionsPageView connections={loaded(connections)} apps={apps} agencies={agencies} />;
}
