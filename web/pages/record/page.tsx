import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Decision } from "../../../model/api/views.ts";
import { loaded } from "../../api/loaded.ts";
import { linkQuery } from "../../api/queries.ts";
import { useActs } from "../../app/acts.ts";
import { type RecordsSearch, recordsAddress } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { RecordPageView } from "./view.tsx";

/** One linked contact. */
export function RecordPage(props: { readonly linkId: string; readonly search: RecordsSearch }) {
  // Another contact is another page: what was said of one is not said of the next.
  return <OneRecord key={props.linkId} {...props} />;
}

function OneRecord({ linkId, search }: { readonly linkId: string; readonly search: RecordsSearch }) {
  const acts = useActs();
  const [said, setSaid] = useState("");
  const link = useQuery(linkQuery(useHub(), linkId));
  const { data } = link;
  const decide = async (decision: Decision): Promise<string> => {
    if (data === undefined) return "";
    const outcome = await acts.decide(data, decision);
    setSaid(outcome);
    return outcome;
  };
  return (
    <RecordPageView
      link={loaded(link)}
      back={recordsAddress(search)}
      said={said}
      onReconcile={async () => (data === undefined ? "" : acts.reconcileLink(data))}
      onDecide={decide}
    />
  );
}
