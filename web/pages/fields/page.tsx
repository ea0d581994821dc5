import { useQuery } from "@tanstack/react-query";
import { sideNames } from "../../../model/sideNames.ts";
import { loaded } from "../../api/loaded.ts";
import { fieldFindingsQuery, overviewQuery } from "../../api/queries.ts";
import { useActs } from "../../app/acts.ts";
import { useHub } from "../../app/hub.tsx";
import { FieldsPageView } from "./view.tsx";

/** The custom fields of a sync that are not what they were, each with what there is to choose. */
export function FieldsPage({ syncId }: { readonly syncId: string }) {
  const hub = useHub();
  const acts = useActs();
  const overview = useQuery(overviewQuery(hub));
  const findings = useQuery(fieldFindingsQuery(hub, syncId));
  const sync = overview.data?.syncs.find(({ id }) => id === syncId);
  return (
    <FieldsPageView
      name={sync?.name ?? syncId}
      names={sync ? sideNames(sync, overview.data?.connections ?? []) : { left: "one side", right: "the other side" }}
      findings={loaded(findings)}
      onAnswer={(answer, labels) => acts.answerField(syncId, answer, labels)}
    />
  );
}
