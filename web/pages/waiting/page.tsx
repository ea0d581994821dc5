import { useQuery } from "@tanstack/react-query";
import { loaded } from "../../api/loaded.ts";
import { linksQuery, overviewQuery, troublesQuery, WAITING_WANTED } from "../../api/queries.ts";
import { useActs } from "../../app/acts.ts";
import { useHub } from "../../app/hub.tsx";
import { WaitingPageView } from "./view.tsx";

/** Everything that waits for a person, in one place. */
export function WaitingPage() {
  const hub = useHub();
  const acts = useActs();
  const overview = useQuery(overviewQuery(hub));
  const links = useQuery(linksQuery(hub, WAITING_WANTED));
  const troubles = useQuery(troublesQuery(hub));
  return <WaitingPageView overview={loaded(overview)} links={loaded(links)} troubles={loaded(troubles)} acts={acts} />;
}
