import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { loaded } from "../../api/loaded.ts";
import { createTranscriptActs } from "../../api/mutations.ts";
import { keptRecordsQuery, transcriptQuery } from "../../api/queries.ts";
import { useHub } from "../../app/hub.tsx";
import { saveText } from "../../ui/save.ts";
import { TranscriptPageView } from "./view.tsx";

const CANDIDATES_MAX = 10;

/** One transcript, and whom it is with. */
export function TranscriptPage(props: { readonly connectionId: string; readonly transcriptId: string }) {
  const { connectionId, transcriptId } = props;
  const hub = useHub();
  const acts = createTranscriptActs(hub, useQueryClient());
  const [wanted, setWanted] = useState("");
  const transcript = useQuery(transcriptQuery(hub, connectionId, transcriptId));
  const asked = { text: wanted, offset: 0, limit: CANDIDATES_MAX };
  const people = useQuery(keptRecordsQuery(hub, connectionId, wanted === "" ? "" : "contact", asked));
  return (
    <TranscriptPageView
      connectionId={connectionId}
      transcript={loaded(transcript)}
      candidates={wanted === "" ? [] : (people.data?.records ?? [])}
      wanted={wanted}
      onWanted={setWanted}
      onTie={async (personId) => {
        await acts.tie(connectionId, transcriptId, personId);
        setWanted("");
        return "Added";
      }}
      onUntie={async (personId) => {
        await acts.untie(connectionId, transcriptId, personId);
        return "Taken away";
      }}
      onExport={async () => {
        const { title, document } = await acts.export(connectionId, transcriptId);
        saveText(`${title || "transcript"}.md`, document);
        return "Saved";
      }}
    />
  );
}
