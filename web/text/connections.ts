import type { AppView, ConnectionListRow, ConnectorView } from "../../model/api/connections.ts";
import { PLURALS } from "../../model/record.ts";
import { counted } from "./numbers.ts";
import type { Worded } from "./words.ts";

/** How a connection is signed in, in words. */
const SIGN_IN_WORDS: Readonly<Record<ConnectionListRow["signIn"], Worded>> = {
  none: { word: "Not signed in", tone: "wait" },
  waiting: { word: "Waits for you to agree", tone: "wait" },
  token: { word: "Signed in with a token", tone: "good" },
  oauth: { word: "Signed in, renewed by itself", tone: "good" },
  agency: { word: "Signed in by its agency", tone: "good" },
};

/** How a connection is signed in, in words. */
export function signInWords({ signIn }: Pick<ConnectionListRow, "signIn">): Worded {
  return SIGN_IN_WORDS[signIn];
}

/** Whether the hub may change anything there. */
export function writingWords({ mayWrite }: Pick<ConnectionListRow, "mayWrite">): string {
  return mayWrite ? "Reads and writes" : "Only reads";
}

/** What the hub keeps in step, by what a partner says that it has. */
const NAMES: Readonly<Record<string, string>> = PLURALS;

/** What a partner is good for, in a sentence. */
export function offerWords({
  isDescribed,
  resources,
  operations,
}: Pick<ConnectorView, "isDescribed" | "resources" | "operations">): string {
  if (isDescribed) return "Any other app with an API: described by its document, or by you. No code is needed.";
  const names = resources.map((resource) => NAMES[resource] ?? resource);
  const kept = names.length === 0 ? "" : `Keeps ${listed(names)} in step`;
  const asked = operations === 0 ? "" : `${counted(operations, "thing")} it can do or tell of`;
  return `${[kept, asked].filter(Boolean).join("; ")}.`;
}

function listed(words: readonly string[]): string {
  const [last = "", ...before] = [...words].reverse();
  return before.length === 0 ? last : `${before.reverse().join(", ")} and ${last}`;
}

/** What a group of permissions of an app is for. */
export const PURPOSE_WORDS: Readonly<Record<AppView["scopes"][number]["purpose"], string>> = {
  reading: "To read",
  writing: "To write as well",
  agency: "To connect all locations of an agency at once",
};
