import { useQuery } from "@tanstack/react-query";
import { loaded } from "../../api/loaded.ts";
import { linksQuery, overviewQuery, troublesQuery } from "../../api/queries.ts";
import { useActs } from "../../app/acts.ts";
import { useHub } from "../../app/hub.tsx";
import { WaitingPageView } from "./view.tsx";

/** Contacts shown here; the records page has the rest. */
const SHOWN_MAX = 50;

/** Everything that waits for a person, in one place. */
export function WaitingPage() {
  const hub = useHub();
  const acts = useActs();
  const wanted = { text: "", attention: "true", sort: "updated", offset: 0, limit: SHOWN_MAX } as const;
  const overview = useQuery(overviewQuery(hub));
  const links = useQuery(linksQuery(hub, wanted));
  const troubles = useQuery(troublesQuery(hub));
  return <WaitingPageView overview={loaded(overview)} links={loaded(links)} troubles={loaded(troubles)} acts={acts} />;
}
