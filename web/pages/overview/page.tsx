import { useQuery } from "@tanstack/react-query";
import { loaded } from "../../api/loaded.ts";
import { journalQuery, overviewQuery, troublesQuery } from "../../api/queries.ts";
import { useActs } from "../../app/acts.ts";
import { useHub } from "../../app/hub.tsx";
import { OverviewPageView } from "./view.tsx";

/** The first page: is everything in step? */
export function OverviewPage() {
  const hub = useHub();
  const acts = useActs();
  const overview = useQuery(overviewQuery(hub));
  const troubles = useQuery(troublesQuery(hub));
  const journal = useQuery(journalQuery(hub));
  return (
    <OverviewPageView overview={loaded(overview)} troubles={loaded(troubles)} journal={loaded(journal)} acts={acts} />
  );
}
