import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { LiveEvent } from "../../../model/api/views.ts";
import type { SandboxPartner } from "../../api/keys.ts";
import { linkQuery } from "../../api/queries.ts";
import { useHub, useLiveEvents } from "../../app/hub.tsx";
import { createFollower, type Travel } from "./follow.ts";
import type { Journey } from "./journey.ts";

/** The newest deed on this page and how far it has come, and a way to begin the next. */
export function useJourney(sideOf: (partner: SandboxPartner) => "left" | "right"): {
  readonly journey: Journey | undefined;
  readonly travel: (travel: Travel) => Promise<void>;
} {
  const { call, workspaceId } = useHub();
  const client = useQueryClient();
  const [journey, setJourney] = useState<Journey>();
  const follower = useMemo(
    () =>
      createFollower({
        now: () => performance.now(),
        onChange: setJourney,
        sideOf,
        // A link that cannot be read is not the one looked for; if it was, the next event about it tells again.
        readLink: (linkId) =>
          client.fetchQuery({ ...linkQuery({ call, workspaceId }, linkId), staleTime: 0 }).catch(() => undefined),
      }),
    [call, workspaceId, client, sideOf],
  );
  useLiveEvents(
    useCallback(
      (event: LiveEvent) => {
        if (event.kind === "link") follower.hear(event.linkId, event.verdict, event.syncId);
      },
      [follower],
    ),
  );
  return { journey, travel: follower.travel };
}
