import { useQuery } from "@tanstack/react-query";
import { loaded } from "../../api/loaded.ts";
import { linkQuery } from "../../api/queries.ts";
import { useActs } from "../../app/acts.ts";
import { type RecordsSearch, recordsAddress } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { RecordPageView } from "./view.tsx";

/** One linked contact. */
export function RecordPage({ linkId, search }: { readonly linkId: string; readonly search: RecordsSearch }) {
  const acts = useActs();
  const link = useQuery(linkQuery(useHub(), linkId));
  return (
    <RecordPageView link={loaded(link)} back={recordsAddress(search)} onReconcile={() => acts.reconcileLink(linkId)} />
  );
}
