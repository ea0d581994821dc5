import { z } from "zod";
import type { Trigger } from "../../../kit/index.ts";
import { GENERATIONS, SOURCES } from "./dialect.ts";

const MINUTE_MS = 60_000;

const Told = z.looseObject({
  eventType: z.string(),
  transcriptId: z.string(),
  title: z.string().optional(),
  user: z.string().optional(),
  metadata: z.string().optional(),
});

const AT_ONCE = {
  words: "Within seconds where a callback is registered, else within two minutes.",
  ms: 2 * MINUTE_MS,
};

/** What Trint tells of by callbacks, each with an address of the hub's that carries a secret. */
export const triggers: readonly Trigger[] = [
  told(
    "transcript.complete",
    "TRANSCRIPT_COMPLETE",
    "A transcript is finished",
    "Fires when a recording is transcribed.",
  ),
  told(
    "transcript.verified",
    "TRANSCRIPT_VERIFIED",
    "A transcript was verified",
    "Fires when somebody has gone through a transcript, also one that is shared with the account.",
  ),
  told(
    "transcript.newVersion",
    "TRANSCRIPT_NEW_VERSION",
    "A transcript has a new version",
    "Fires when a new version of a transcript is saved, also of one that is shared with the account.",
  ),
  {
    ...told("transcript.changed", "", "A transcript is new or changed", "Found by reading the list again and again."),
    firedBy: { kind: "poll", operation: "transcript.list" },
    delay: {
      words:
        "Within two minutes for those at the head of the list, within an hour for all others: Trint can not be asked for changes.",
      ms: 60 * MINUTE_MS,
    },
  },
];

function told(id: string, event: string, title: string, description: string): Trigger {
  return {
    ...{ kind: "trigger", effect: "reads", id, subject: "Transcripts", title, description, scopes: [] },
    source: SOURCES.callbacks,
    generations: GENERATIONS,
    firedBy: { kind: "webhook", events: [event] },
    delay: AT_ONCE,
    output: Told,
    example: {
      output: {
        eventType: event || "changed",
        transcriptId: "trDemo1",
        title: "First visit.mp3",
        user: "ines@example.com",
      },
    },
  };
}
