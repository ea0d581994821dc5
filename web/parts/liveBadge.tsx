import type { LiveState } from "../api/live.ts";
import type { Worded } from "../text/words.ts";
import { Badge } from "../ui/badge.tsx";

const WORDS: Readonly<Record<LiveState, Worded>> = {
  connecting: { word: "Connecting", tone: "quiet" },
  open: { word: "Live", tone: "good" },
  lost: { word: "Not live, reconnecting", tone: "bad" },
};

/** Whether the page hears of changes as they happen. */
export function LiveBadge({ live }: { readonly live: LiveState }) {
  const { word, tone } = WORDS[live];
  return (
    <span role="status" aria-label="Live updates">
      <Badge tone={tone}>{word}</Badge>
    </span>
  );
}
