import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createConnectingActs } from "../../api/connecting.ts";
import { loaded } from "../../api/loaded.ts";
import { agencyAccountsQuery, connectorsQuery } from "../../api/queries.ts";
import { CONNECTIONS } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { useNavigateTo } from "../../ui/link.tsx";
import { AgencyPageView } from "./view.tsx";

/** The accounts of one agency that has agreed. */
export function AgencyPage(agency: { readonly connectorId: string; readonly agencyId: string }) {
  const hub = useHub();
  const navigate = useNavigateTo();
  const acts = createConnectingActs(hub, useQueryClient());
  const accounts = useQuery(agencyAccountsQuery(hub, agency.connectorId, agency.agencyId));
  const { data: connectors } = useQuery(connectorsQuery(hub));
  const partner = connectors?.find(({ id }) => id === agency.connectorId)?.name ?? "the partner";
  return (
    <AgencyPageView
      agencyId={agency.agencyId}
      partner={partner}
      accounts={loaded(accounts)}
      onConnect={async (chosen) => {
        await acts.connectAccount(agency, chosen);
        return "Connected.";
      }}
      onForget={async () => {
        await acts.forgetAgency(agency);
        navigate(CONNECTIONS);
        return "";
      }}
    />
  );
}
