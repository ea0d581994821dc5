import type { Paragraph, Transcript } from "./transcript.ts";

/** The formats in which a transcript can be taken out, by the last parts of the address. */
export const EXPORT_FORMATS = [
  ...["text", "docx", "srt", "webvtt", "json", "html", "xml", "edl", "premiere-xml", "avid-ds", "spruce-stl"],
  ...["vantage-xml", "csv/full", "csv/highlights", "csv/comments", "csv/markers"],
] as const;

/** The formats of a story. */
export const STORY_FORMATS = ["docx", "edl", "project_xml"] as const;

/** The file that an export leads to: what is said, in a form that shows which format was asked for. */
export function exportedFile(transcript: Transcript, format: string): string {
  const { paragraphs, title } = transcript;
  switch (format) {
    case "text":
      return paragraphs.map(({ speaker, text }) => `${speaker}: ${text}`).join("\n\n");
    case "srt":
      return paragraphs
        .map((paragraph, place) => `${place + 1}\n${span(paragraph, ",")}\n${paragraph.text}\n`)
        .join("\n");
    case "webvtt":
      return `WEBVTT\n\n${paragraphs.map((paragraph) => `${span(paragraph, ".")}\n${paragraph.text}\n`).join("\n")}`;
    case "csv/full":
      return [
        "Speaker,Text",
        ...paragraphs.map(({ speaker, text }) => `"${speaker}","${text.replaceAll('"', '""')}"`),
      ].join("\n");
    default:
      return `${format}: ${title}\n${paragraphs.map(({ text }) => text).join("\n")}`;
  }
}

const SENTENCE_MS = 4_000;

function span({ at }: Paragraph, mark: string): string {
  return `${clock(at, mark)} --> ${clock(at + SENTENCE_MS, mark)}`;
}

function clock(ms: number, mark: string): string {
  return new Date(ms).toISOString().slice(11, 23).replace(".", mark);
}

/** The words one by one, with who said them: the JSON export. */
export function exportedJson({ title, paragraphs }: Transcript): Record<string, unknown> {
  const speakers = [...new Set(paragraphs.map(({ speaker }) => speaker))];
  return {
    title,
    words: paragraphs.flatMap(({ text, at }, place) =>
      text.split(" ").map((value, word) => ({
        id: `w${place}-${word}`,
        value,
        time: at + word * 300,
        duration: 300,
        paragraphId: `p${place}`,
      })),
    ),
    paragraphs: Object.fromEntries(
      paragraphs.map(({ speaker }, place) => [`p${place}`, { speaker: `s${speakers.indexOf(speaker)}` }]),
    ),
    speakers: Object.fromEntries(speakers.map((name, place) => [`s${place}`, { name }])),
    realtime: null,
  };
}

/** A page with all that is said. */
export function exportedHtml({ title, paragraphs }: Transcript): string {
  const said = paragraphs.map(({ speaker, text }) => `<p><b>${clean(speaker)}</b> ${clean(text)}</p>`);
  return `<!doctype html><title>${clean(title)}</title>${said.join("")}`;
}

function clean(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
