import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { DECLARED_RESOURCES } from "../../../model/declaration.ts";
import { createConnectingActs } from "../../api/connecting.ts";
import { connectionsQuery, connectorsQuery, workspacesQuery } from "../../api/queries.ts";
import { createYourAppActs } from "../../api/yourApp.ts";
import { connectionAddress, OVERVIEW } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { useNavigateTo } from "../../ui/link.tsx";
import { syncsFor } from "./draft.ts";
import { YourAppPageView } from "./view.tsx";

/** An app of the user's own, connected without code. */
export function YourAppPage() {
  const hub = useHub();
  const client = useQueryClient();
  const navigate = useNavigateTo();
  const connecting = createConnectingActs(hub, client);
  const acts = createYourAppActs(hub, client);
  const connections = useQuery(connectionsQuery(hub));
  const connectors = useQuery(connectorsQuery(hub));
  const workspaces = useQuery(workspacesQuery(hub.call));
  // Once connected, another try to keep it in step does not connect it again.
  const added = useRef<string>(undefined);
  const name = workspaces.data?.find(({ id }) => id === hub.workspaceId)?.name ?? hub.workspaceId;
  const resourcesOf = (connectorId: string) =>
    connectors.data?.find(({ id, isDescribed }) => id === connectorId && isDescribed !== true)?.resources;
  return (
    <YourAppPageView
      connections={(connections.data ?? [])
        .filter(({ connectorId }) => resourcesOf(connectorId)?.includes("contact") === true)
        .map((row) => ({ id: row.id, name: row.name }))}
      onRead={acts.read}
      onTry={(app, credential, operation, input) => acts.tryOut({ app, credential, operation, input: { ...input } })}
      onConnect={async (app, credential, { isWriting, beside, webhookSecret }) => {
        const settings = { app, writing: isWriting, ...(app.webhooks && webhookSecret && { webhookSecret }) };
        added.current ??= await connecting.add({ connector: "yourapp", name: app.name, settings, credential });
        const other = connections.data?.find(({ id }) => id === beside);
        if (other === undefined) return navigate(connectionAddress(added.current));
        const both = resourcesOf(other.connectorId) ?? [];
        const resources = DECLARED_RESOURCES.filter((one) => app.resources[one] !== undefined && both.includes(one));
        await acts.keepInStep(name, syncsFor(other.id, added.current, resources));
        navigate(OVERVIEW);
      }}
    />
  );
}
