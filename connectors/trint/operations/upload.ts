import { z } from "zod";
import { type Action, readAnswer, type Session } from "../../../kit/index.ts";
import { Failure } from "../../../model/errors.ts";
import { about } from "../calls.ts";
import type { Settings } from "../settings.ts";
import { GENERATIONS, SOURCES } from "./dialect.ts";

const UPLOAD_TIMEOUT_MS = 120_000;
const Option = z.string().min(1).max(2_000).optional();

const Input = z.strictObject({
  mediaUrl: z.url().optional().describe("Public https address that the hub fetches the recording from."),
  media: z.base64().optional().describe("The recording itself, in base64, in the place of an address."),
  contentType: z
    .string()
    .regex(/^(audio|video)\/[\w.+-]+$/)
    .describe("What kind of recording it is, for instance audio/mpeg."),
  filename: Option.describe("Title of the transcript."),
  language: Option.describe("For instance en or de; the account's own where absent."),
  metadata: Option.describe('Comes back with the transcript, and ties it to a person: {"email":"mia@example.com"}.'),
  detectSpeakerChange: z.boolean().optional().describe("Whether speakers are told apart; they are unless false."),
  customDictionary: z.boolean().optional().describe("Whether the account's own words are used; they are unless false."),
  folderId: Option.describe("Folder to put it into."),
  workspaceId: Option.describe("Shared drive to put it into."),
  user: Option.describe("User to whom it is to belong."),
});
const Output = z.object({ trintId: z.string() });

/**
 * Uploads a recording. Trint is handed bytes, not an address: an upload by address is mentioned for some plans and described
 * nowhere, so the hub fetches the recording first.
 */
export const upload: Action<Settings> = {
  kind: "action",
  id: "transcript.upload",
  subject: "Transcripts",
  title: "Upload a recording",
  description: "Has a recording transcribed; the hub fetches it from its address first, or is given it.",
  effect: "creates",
  scopes: [],
  source: SOURCES.flow,
  generations: GENERATIONS,
  calls: [{ method: "POST", path: "/", generation: "current" }],
  input: Input,
  output: Output,
  example: {
    input: { media: "c29tZSBzb3VuZA==", contentType: "audio/mpeg", filename: "First visit.mp3" },
    output: { trintId: "trDemo1" },
  },
  run: async (session, given) => {
    const input = Input.parse(given);
    const bytes = await mediaOf(session, input);
    const doing = "upload a recording";
    const answer = await session.http.request({
      method: "POST",
      base: "upload",
      path: "/",
      query: {
        filename: input.filename,
        language: input.language,
        metadata: input.metadata,
        "detect-speaker-change": input.detectSpeakerChange,
        "custom-dictionary": input.customDictionary,
        "folder-id": input.folderId,
        "workspace-id": input.workspaceId,
        user: input.user,
      },
      content: { type: input.contentType, bytes },
      timeoutMs: UPLOAD_TIMEOUT_MS,
      doing,
    });
    return readAnswer(Output, answer, about(doing, true));
  },
};

/** @throws Failure `rejected` for no recording, or one that is too large */
async function mediaOf(
  session: Session<Settings>,
  { media, mediaUrl }: Pick<z.infer<typeof Input>, "media" | "mediaUrl">,
): Promise<Uint8Array> {
  const { uploadBytesMax } = session.settings;
  if (media !== undefined && mediaUrl === undefined) {
    const bytes = Buffer.from(media, "base64");
    if (bytes.length > 0 && bytes.length <= uploadBytesMax) return bytes;
  }
  if (mediaUrl === undefined || media !== undefined) {
    const words = `Give either media, of at most ${uploadBytesMax} bytes, or mediaUrl.`;
    throw new Failure("rejected", `Could not upload a recording to Trint. ${words}`, { issues: [words] });
  }
  const doing = "fetch a recording";
  const request = { method: "GET", path: "/recording", address: mediaUrl, answers: "bytes", doing } as const;
  const limits = { answerBytesMax: uploadBytesMax, timeoutMs: UPLOAD_TIMEOUT_MS };
  const answer = await session.http.request({ ...request, ...limits, isExpected: () => true });
  if (answer.status === 200 && answer.body instanceof Uint8Array) return answer.body;
  const words = `Its address answered ${answer.status}.`;
  throw new Failure("rejected", `Could not ${doing} for Trint. ${words}`, { issues: [words] });
}
