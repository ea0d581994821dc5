import type { Classification, ErrorAnswer } from "../../kit/index.ts";
import { ERROR_QUIRKS } from "./quirks.ts";
import { Envelope, Refusal } from "./wire.ts";

/** Whether an answer with a success status says in its envelope that it is none. */
export function isRefusal(body: unknown): boolean {
  const envelope = Envelope.safeParse(body);
  return envelope.success && envelope.data.Status.toLowerCase() !== "success";
}

/** What Salesmate's error answers mean: by the name in the envelope, whatever the status. See `ERROR_QUIRKS`. */
export function classify(answer: ErrorAnswer): Classification | undefined {
  const { name, message } = refusalIn(answer.body);
  const quirk = ERROR_QUIRKS.find((known) => known.name.test(name));
  if (quirk !== undefined) {
    const words = quirk.advice === undefined ? message : `${message} ${quirk.advice}`;
    return { kind: quirk.kind, message: words.trim(), ...(quirk.kind === "rejected" && { issues: [message] }) };
  }
  // Only Salesmate's own word proves that a record is gone; any other 404 came from something in between.
  if (answer.status === 404) return { kind: "unavailable", message: message || "there is no such address" };
  return undefined;
}

function refusalIn(body: unknown): { readonly name: string; readonly message: string } {
  const refusal = Refusal.safeParse(body);
  if (!refusal.success) return { name: "", message: "" };
  const { Name, name, Message, message } = refusal.data.Error;
  return { name: Name ?? name ?? "", message: Message ?? message ?? Name ?? name ?? "" };
}
