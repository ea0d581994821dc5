import type { SandboxContact, ValueView } from "../../../model/api/views.ts";
import { toText } from "../../text/values.ts";

/** A recording with its words, as its form shows it. */
export interface Recording {
  readonly title: string;
  readonly text: string;
  /** Whom it is with; empty where nothing tells. */
  readonly email: string;
}

/** One with nobody yet, or with somebody who is known. */
export function newRecording(person: { readonly email: string } | undefined): Recording {
  return { title: "", text: "", email: person?.email ?? "" };
}

/** What the emulator holds of a recording. */
export function recordingOf({ fields }: Pick<SandboxContact, "fields">): Recording {
  const [title, text, metadata] = [toText(fields.title), toText(fields.text), toText(fields.metadata)];
  return { title, text, email: firstEmail(metadata) ?? firstEmail(title) ?? "" };
}

/** What was given along, or else the file's name, tells whom a recording is with. */
function firstEmail(text: string): string | undefined {
  return /[^\s"'<>:,;]+@[\w-]+(?:\.[\w-]+)+?(?=\.(?:mp3|mp4|wav|m4a)\b|[^\w.-]|$)/i.exec(text)?.[0];
}

/** Why it cannot be sent, or `undefined` when it can. */
export function whyNoRecording({ title, text, email }: Recording): string | undefined {
  if (title.trim() === "") return "Give it a title first";
  if (email.trim() === "") return "By the e-mail the hub tells whom it is with";
  return text.trim() === "" ? "Write what was said" : undefined;
}

/** What is sent of it: all when it is new, else what differs from before. Whom it is with was said at its upload. */
export function recordingFields(recording: Recording, before?: Recording): Readonly<Record<string, ValueView>> {
  const { title, text, email } = recording;
  if (before === undefined) return { title, text, metadata: JSON.stringify({ email: email.trim() }) };
  const keys = (["title", "text"] as const).filter((key) => recording[key] !== before[key]);
  return Object.fromEntries(keys.map((key) => [key, recording[key]]));
}
