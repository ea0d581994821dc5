import { type AnswerContext, type HttpRequest, path, readAnswer, type Session } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { NOT_READY, NOT_SEEN } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { ExportAnswer, File, FileList, WordsAnswer } from "./wire.ts";

/** What an answer of Trint was to, for messages. */
export function about(doing: string, isWrite = false): AnswerContext {
  return { partner: "Trint", doing, ...(isWrite && { isWrite }) };
}

/** One page of the list of files, of a shared drive where one is named. */
export async function listFiles(
  session: Session<Settings>,
  query: NonNullable<HttpRequest["query"]>,
): Promise<readonly File[]> {
  const doing = "list transcripts";
  const answer = await session.http.request({ method: "GET", path: "/transcripts/", query, doing });
  return readAnswer(FileList, answer, about(doing));
}

/** One file; `unknown` where Trint shows none, which it may also do where it has it but not this operation. */
export async function readFile(session: Session<Settings>, id: string): Promise<File | "unknown"> {
  const doing = `read transcript ${id}`;
  const isExpected = isAbsent;
  const answer = await session.http.request({ method: "GET", path: path`/transcripts/file/${id}`, doing, isExpected });
  return answer.status === 200 ? readAnswer(File, answer, about(doing)) : "unknown";
}

function isAbsent({ status }: { readonly status: number }): boolean {
  return status === NOT_READY || status === NOT_SEEN;
}

/** The words of a transcript: not there yet, not for this key, or where they lie for a while. */
export type Words =
  | { readonly kind: "early" }
  | { readonly kind: "unseen" }
  | { readonly kind: "there"; readonly address: string };

/** Asks where the words lie, which is the only way to learn how far a transcript is. */
export async function findWords(session: Session<Settings>, id: string): Promise<Words> {
  const doing = `export transcript ${id}`;
  const isExpected = isAbsent;
  const answer = await session.http.request({ method: "GET", path: path`/export/text/${id}`, doing, isExpected });
  if (answer.status === NOT_READY) return { kind: "early" };
  if (answer.status === NOT_SEEN) return { kind: "unseen" };
  return { kind: "there", address: readAnswer(ExportAnswer, answer, about(doing)).url };
}

/** Fetches an exported file from where it lies, which must not see the key. @throws Failure `unavailable` */
export async function fetchWords(session: Session<Settings>, address: string): Promise<string> {
  const doing = "fetch an exported transcript";
  const request = { method: "GET", path: "/exported", address, answers: "text", doing } as const;
  const answer = await session.http.request({ ...request, isExpected: () => true });
  if (answer.status === 200) return String(answer.body);
  throw new Failure("unavailable", `Could not ${doing} from Trint: it answered ${answer.status}. It is tried again.`);
}

/** The names of who speaks. */
export async function speakersOf(session: Session<Settings>, id: string): Promise<readonly string[]> {
  const doing = `read who speaks in transcript ${id}`;
  const answer = await session.http.request({ method: "GET", path: path`/export/json/${id}`, doing });
  const { speakers } = readAnswer(WordsAnswer, answer, about(doing));
  return [...new Set(Object.values(speakers ?? {}).flatMap(({ name }) => name?.trim() || []))];
}
