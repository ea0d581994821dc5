import { useQuery } from "@tanstack/react-query";
import { sideNames } from "../../../model/sideNames.ts";
import { loaded } from "../../api/loaded.ts";
import { overviewQuery, previewQuery, previewRowsQuery, wantedFieldsQuery } from "../../api/queries.ts";
import { useActs } from "../../app/acts.ts";
import { type StartSearch, startAddress } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { useNavigateTo } from "../../ui/link.tsx";
import { StartPageView } from "./view.tsx";

const PAGE_SIZE = 25;

/** What starting a sync would do, and the button that starts it. */
export function StartPage({ syncId, search }: { readonly syncId: string; readonly search: StartSearch }) {
  const hub = useHub();
  const acts = useActs();
  const navigate = useNavigateTo();
  const overview = useQuery(overviewQuery(hub));
  const wanted = {
    ...(search.mode === undefined ? {} : { mode: search.mode }),
    ...(search.kind === undefined ? {} : { kind: search.kind }),
    ...(search.after === undefined ? {} : { after: search.after }),
    limit: PAGE_SIZE,
  };
  const preview = useQuery(previewQuery(hub, syncId, wanted));
  const rows = useQuery(previewRowsQuery(hub, syncId, wanted));
  const wantedFields = useQuery(wantedFieldsQuery(hub, syncId));
  const sync = overview.data?.syncs.find(({ id }) => id === syncId);
  return (
    <StartPageView
      name={sync?.name ?? syncId}
      names={sync ? sideNames(sync, overview.data?.connections ?? []) : { left: "one side", right: "the other side" }}
      preview={loaded(preview)}
      rows={loaded(rows)}
      wantedFields={wantedFields.data ?? []}
      onMakeFields={() => acts.makeFields(syncId)}
      search={search}
      onSearch={(change) => navigate(startAddress(syncId, { ...search, after: undefined, ...change }))}
      onBegin={(mode) => acts.beginSync(syncId, mode)}
    />
  );
}
