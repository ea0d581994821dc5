import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createConnectingActs } from "../../api/connecting.ts";
import { loaded } from "../../api/loaded.ts";
import { appsQuery, connectorsQuery } from "../../api/queries.ts";
import { connectionAddress } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { useNavigateTo } from "../../ui/link.tsx";
import { YourAppPage } from "../yourApp/page.tsx";
import { ConnectPageView, PartnersPageView } from "./view.tsx";

/** The partners that can be connected. */
export function PartnersPage() {
  const connectors = useQuery(connectorsQuery(useHub()));
  return <PartnersPageView connectors={loaded(connectors)} />;
}

/** A new connection to one partner. */
export function ConnectPage({ connectorId }: { readonly connectorId: string }) {
  const { data } = useQuery(connectorsQuery(useHub()));
  const isDescribed = data?.find(({ id }) => id === connectorId)?.isDescribed === true;
  return isDescribed ? <YourAppPage /> : <PartnerPage connectorId={connectorId} />;
}

function PartnerPage({ connectorId }: { readonly connectorId: string }) {
  const hub = useHub();
  const navigate = useNavigateTo();
  const acts = createConnectingActs(hub, useQueryClient());
  const connectors = useQuery(connectorsQuery(hub));
  const { data: apps } = useQuery(appsQuery(hub));
  return (
    <ConnectPageView
      key={connectorId}
      connectorId={connectorId}
      connectors={loaded(connectors)}
      app={apps?.find((app) => app.connectorId === connectorId)}
      onAdd={async (wanted) => navigate(connectionAddress(await acts.add({ connector: connectorId, ...wanted })))}
      onAgree={async (draft) => window.location.assign(await acts.askToAgree({ connector: connectorId, ...draft }))}
    />
  );
}
