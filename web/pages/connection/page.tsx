import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createConnectingActs } from "../../api/connecting.ts";
import { loaded } from "../../api/loaded.ts";
import { connectionQuery, connectorsQuery, handCallsQuery } from "../../api/queries.ts";
import { useActs } from "../../app/acts.ts";
import { CONNECTIONS } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { useNavigateTo } from "../../ui/link.tsx";
import { ConnectionPageView } from "./view.tsx";

/** One connection: how it stands, how it is signed in, what it may do, its settings, and what was run on it by hand. */
export function ConnectionPage({ connectionId }: { readonly connectionId: string }) {
  const hub = useHub();
  const navigate = useNavigateTo();
  const acts = useActs();
  const connecting = createConnectingActs(hub, useQueryClient());
  const connection = useQuery(connectionQuery(hub, connectionId));
  const { data: connectors } = useQuery(connectorsQuery(hub));
  const { data: calls = [] } = useQuery(handCallsQuery(hub, connectionId));
  return (
    <ConnectionPageView
      key={connectionId}
      connection={loaded(connection)}
      connector={connectors?.find(({ id }) => id === connection.data?.connectorId)}
      calls={calls}
      onCheck={() => acts.checkConnection(connectionId)}
      onPause={(isPaused) => acts.pauseConnection(connectionId, isPaused)}
      onChange={(change) => connecting.change(connectionId, change)}
      onSignIn={(credential) => connecting.signIn(connectionId, credential)}
      onSignOut={() => connecting.signOut(connectionId)}
      onWriting={connecting.setWriting}
      onRemove={async () => {
        await connecting.remove(connectionId);
        navigate(CONNECTIONS);
        return "";
      }}
    />
  );
}
