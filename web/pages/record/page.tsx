import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Decision } from "../../../model/api/views.ts";
import { loaded } from "../../api/loaded.ts";
import { linkQuery, linksQuery, WAITING_WANTED } from "../../api/queries.ts";
import { useActs } from "../../app/acts.ts";
import { type RecordsSearch, recordAddress, recordsAddress, WAITING } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { type AnswerGiven, answerNow } from "../../text/decisions.ts";
import { nextQuestion } from "../../text/questions.ts";
import { KeptBelongings } from "../kept/belongings.tsx";
import { RecordPageView } from "./view.tsx";

/** One linked contact. */
export function RecordPage(props: { readonly linkId: string; readonly search: RecordsSearch }) {
  // Another contact is another page: what was said of one is not said of the next.
  return <OneRecord key={props.linkId} {...props} isSurvivor={false} />;
}

interface OneRecordProps {
  readonly linkId: string;
  readonly search: RecordsSearch;
  /** Whether it was asked for by the address of one that has joined it. */
  readonly isSurvivor: boolean;
}

function OneRecord({ linkId, search, isSurvivor }: OneRecordProps) {
  const hub = useHub();
  const acts = useActs();
  const [said, setSaid] = useState<AnswerGiven>();
  const link = useQuery(linkQuery(hub, linkId));
  const waiting = useQuery({ ...linksQuery(hub, WAITING_WANTED), enabled: said !== undefined });
  const { data } = link;
  if (data !== undefined && data.id !== linkId) {
    return <OneRecord key={data.id} linkId={data.id} search={search} isSurvivor={true} />;
  }
  const decide = async (decision: Decision): Promise<string> => {
    if (data === undefined) return "";
    setSaid({ ...(await acts.decide(data, decision)), decision, of: data });
    // What was done stands at the top, and the question it was given at may be gone.
    window.scrollTo({ top: 0 });
    return "";
  };
  const next = said && nextQuestion(waiting.data?.links ?? [], said.of);
  return (
    <RecordPageView
      link={loaded(link)}
      back={search.show === "attention" ? { to: WAITING, name: "Waiting for you" } : allOf(search)}
      isSurvivor={isSurvivor}
      said={said && answerNow(said, data)}
      next={next && { to: recordAddress(next.id, { show: "attention" }), title: next.title }}
      onReconcile={async () => (data === undefined ? "" : acts.reconcileLink(data))}
      onDecide={decide}
      belongings={(connectionId, parentId) => (
        <KeptBelongings {...{ connectionId, parentId }} who={data?.title ?? ""} />
      )}
    />
  );
}

function allOf(search: RecordsSearch): { readonly to: string; readonly name: string } {
  return { to: recordsAddress(search), name: "All records" };
}
