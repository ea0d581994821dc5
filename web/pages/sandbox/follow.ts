import type { LinkView } from "../../../model/api/views.ts";
import type { SandboxPartner } from "../../api/keys.ts";
import { afterEvent, type Heard, isWorthAsking, type Journey } from "./journey.ts";

/** One deed of a person, to be followed. */
export interface Travel {
  readonly who: string;
  readonly from: SandboxPartner;
  readonly to: SandboxPartner;
  readonly deed: Journey["deed"];
  /** The sync that carries it. */
  readonly syncId: string | undefined;
  /** Does the deed; resolves with the record's id at its partner. */
  readonly run: () => Promise<string>;
}

export interface FollowOptions {
  /** The link as the hub shows it, or `undefined` when it is not there. */
  readonly readLink: (linkId: string) => Promise<LinkView | undefined>;
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number;
  /** On which side of the links a partner stands. */
  readonly sideOf: (partner: SandboxPartner) => "left" | "right";
  readonly onChange: (journey: Journey | undefined) => void;
}

/** Events kept while a deed is being saved: its end may be told before its beginning is confirmed. */
const HEARD_MAX = 200;

/**
 * Follows the newest deed until it has arrived at the other side. A link's event does not say which contacts it joins,
 * so the link is read; one at a time, because a busy hub tells of many.
 */
export function createFollower(options: FollowOptions): {
  /** An event of another sync than the journey's is not about it. */
  readonly hear: (linkId: string, verdict: string, syncId?: string) => void;
  /** @throws what the deed throws; the journey is then forgotten. */
  readonly travel: (travel: Travel) => Promise<void>;
} {
  let journey: Journey | undefined;
  let heard: Heard[] = [];
  let isAsking = false;

  const become = (next: Journey | undefined): void => {
    journey = next;
    options.onChange(next);
  };
  const ask = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    while (journey?.state === "travelling" || journey?.state === "equal") {
      const event = heard.shift();
      if (event === undefined) break;
      if (!isWorthAsking(journey, event)) continue;
      const asked = journey;
      const link = await options.readLink(event.linkId);
      if (link === undefined || journey !== asked) continue;
      const next = afterEvent(asked, event, link, options.sideOf(asked.from));
      if (next !== asked) become(next);
    }
    isAsking = false;
  };
  return {
    hear(linkId, verdict, syncId) {
      if (syncId !== undefined && journey?.syncId !== undefined && syncId !== journey.syncId) return;
      heard = [...heard.slice(1 - HEARD_MAX), { linkId, verdict, at: options.now() }];
      void ask();
    },
    async travel({ who, from, to, deed, syncId, run }) {
      heard = [];
      const begun: Journey = { who, from, to, deed, syncId, startedAt: options.now(), state: "saving" };
      become(begun);
      try {
        const recordId = await run();
        if (journey === begun) become({ ...begun, recordId, state: "travelling" });
      } catch (problem) {
        if (journey === begun) become(undefined);
        throw problem;
      }
      void ask();
    },
  };
}
