import { expect, test } from "vitest";
import { HubProblem } from "../../api/client.ts";
import { TranscriptsSearch, transcriptAddress } from "../../app/addresses.ts";
import { aTranscript } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { failed, ready } from "../../stories/loaded.ts";
import { TranscriptsPageView } from "../transcripts/view.tsx";
import { type TranscriptPageProps, TranscriptPageView } from "./view.tsx";

const SAID = async (): Promise<string> => "";

function page(different: Partial<TranscriptPageProps> = {}) {
  const full: TranscriptPageProps = {
    ...{ connectionId: "trint", transcript: ready(aTranscript()), candidates: [], wanted: "", onWanted: () => {} },
    ...{ onTie: SAID, onUntie: SAID, onExport: SAID },
  };
  return <TranscriptPageView {...full} {...different} />;
}

test("UI151 a transcript is shown with its state and link, and its people with details, notes and tasks", () => {
  const text = words(page());
  expect(text).toContain("First visit.mp3");
  expect(text).toContain("6 Mar 2026 · 12 s Finished Good morning Open in Trint");
  expect(text).toContain("Ana Lima Kept by Kith, beside Trint ana@example.com · +447700900123");
  expect(text).toContain("By the e-mail in its file name");
  expect(text).toContain("Key notes Tiles Likes blue & green.");
  expect(text).toContain("What became of tasks Task “Call back” was completed on 6 March 2026.");
  expect(text).toContain("Tasks Send the quote Due 9 Mar 2026");
  expect(drawn(page())).toContain("Take Ana Lima away from this transcript");
});

test("UI151 one that is still being transcribed says so, and can not be exported yet", () => {
  const early = page({ transcript: ready(aTranscript({ state: "transcribing", excerpt: "" })) });
  expect(words(early)).toContain("Being transcribed");
  expect(drawn(early)).toContain('aria-disabled="true"');
});

test("UI152 a transcript that is with nobody asks whom it is with, and offers those who fit and are not there", () => {
  const alone = aTranscript({ people: [] });
  expect(words(page({ transcript: ready(alone) }))).toContain("With nobody yet");
  expect(drawn(page({ transcript: ready(alone) }))).toContain('aria-label="Who is it with?"');
  const candidates = [{ externalId: "kith_2", title: "Ben Ode" }];
  const found = page({ transcript: ready(alone), wanted: "ben", candidates });
  expect(drawn(found)).toContain("Add Ben Ode to this transcript");
  expect(words(page({ transcript: ready(alone), wanted: "zoe" }))).toContain("Nobody whom Kith keeps here fits");
});

test("UI153 transcripts are listed with whom they are with, and lead to their page", () => {
  const { people, ...head } = aTranscript();
  const rows = [{ ...head, people: people.map(({ externalId, name, by }) => ({ externalId, name, by })) }];
  const common = { connectionId: "trint", search: TranscriptsSearch.parse({}), pageSize: 25, onSearch: () => {} };
  const list = (transcripts: typeof rows, search = common.search) => (
    <TranscriptsPageView
      {...common}
      search={search}
      found={ready({ connection: head.connection, transcripts, total: transcripts.length })}
    />
  );
  expect(words(list(rows))).toContain("First visit.mp3 6 Mar 2026 · 12 s · with Ana Lima");
  expect(drawn(list(rows))).toContain(transcriptAddress("trint", "t1"));
  expect(words(list([]))).toContain("No transcripts yet");
  expect(words(list([], TranscriptsSearch.parse({ text: "zoe" })))).toContain("Nothing found for “zoe”");
  const gone = failed(new HubProblem(404, "not_found", "No such transcript", ""));
  expect(words(<TranscriptsPageView {...common} found={gone} />)).toContain("This connection has no transcripts");
  expect(words(page({ transcript: gone }))).toContain("There is no such transcript");
});
