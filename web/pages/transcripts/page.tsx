import { useQuery } from "@tanstack/react-query";
import { loaded } from "../../api/loaded.ts";
import { transcriptsQuery } from "../../api/queries.ts";
import { type TranscriptsSearch, transcriptsAddress } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { useNavigateTo } from "../../ui/link.tsx";
import { TranscriptsPageView } from "./view.tsx";

const PAGE_SIZE = 25;

/** The transcripts of a connection. */
export function TranscriptsPage(props: { readonly connectionId: string; readonly search: TranscriptsSearch }) {
  const { connectionId, search } = props;
  const navigate = useNavigateTo();
  const wanted = { text: search.text, offset: (search.page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
  const found = useQuery(transcriptsQuery(useHub(), connectionId, wanted));
  return (
    <TranscriptsPageView
      connectionId={connectionId}
      found={loaded(found)}
      search={search}
      pageSize={PAGE_SIZE}
      onSearch={(change) => navigate(transcriptsAddress(connectionId, { ...search, page: 1, ...change }))}
    />
  );
}
