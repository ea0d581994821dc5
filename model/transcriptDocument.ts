import type { BesideNote, BesidePerson, BesideTask, TranscriptExport } from "./transcript.ts";

/** A transcript with everything that the hub keeps beside it, as a document to read, in Markdown. Pure. */
export function transcriptDocument(transcript: TranscriptExport): string {
  const { title, pageUrl, createdAt, people, text } = transcript;
  const facts = [createdAt === "" ? "" : `Recorded ${createdAt.slice(0, 10)}`, pageUrl ?? ""];
  const parts = [
    `# ${title || "Transcript"}`,
    facts.filter((fact) => fact !== "").join(" · "),
    ...people.map(personPart),
    `## Transcript\n\n${text.trim()}`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function personPart({ name, email, phone, keyNotes, narrativeNotes, tasks }: BesidePerson): string {
  const parts = [
    `## ${name}`,
    [email, phone].filter((one) => one !== "" && one !== name).join(" · "),
    listed("Key notes", keyNotes, noteLine),
    listed("What became of tasks", narrativeNotes, noteLine),
    listed("Tasks", tasks, taskLine),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function listed<One>(heading: string, all: readonly One[], line: (one: One) => string): string {
  return all.length === 0 ? "" : `### ${heading}\n\n${all.map((one) => `- ${line(one)}`).join("\n")}`;
}

function noteLine({ title, body }: BesideNote): string {
  const said = plain(body);
  return title === "" || said.includes(title) ? said : `${title}: ${said}`;
}

function taskLine({ title, dueAt, isCompleted }: BesideTask): string {
  return `[${isCompleted ? "x" : " "}] ${title}${dueAt === "" ? "" : `, due ${dueAt.slice(0, 10)}`}`;
}

/** Formatted text in one line. */
function plain(html: string): string {
  const text = html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
