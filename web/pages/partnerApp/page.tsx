import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createConnectingActs } from "../../api/connecting.ts";
import { loaded } from "../../api/loaded.ts";
import { appsQuery } from "../../api/queries.ts";
import { useHub } from "../../app/hub.tsx";
import { AppPageView } from "./view.tsx";

/** The operator's own app at one partner. */
export function AppPage({ connectorId }: { readonly connectorId: string }) {
  const hub = useHub();
  const acts = createConnectingActs(hub, useQueryClient());
  const apps = useQuery(appsQuery(hub));
  return (
    <AppPageView
      key={connectorId}
      connectorId={connectorId}
      apps={loaded(apps)}
      onRegister={(app) => acts.registerApp(connectorId, app)}
      onForget={() => acts.forgetApp(connectorId)}
    />
  );
}
