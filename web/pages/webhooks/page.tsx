import { useQuery } from "@tanstack/react-query";
import { loaded } from "../../api/loaded.ts";
import { deliveriesQuery, overviewQuery } from "../../api/queries.ts";
import { useHub } from "../../app/hub.tsx";
import { WebhooksPageView } from "./view.tsx";

/** The webhooks that came, and what each led to. */
export function WebhooksPage() {
  const hub = useHub();
  const deliveries = useQuery(deliveriesQuery(hub));
  const overview = useQuery(overviewQuery(hub));
  return <WebhooksPageView deliveries={loaded(deliveries)} connections={overview.data?.connections ?? []} />;
}
