import { useEffect, useRef, useState } from "react";
import type { SandboxContact } from "../../../model/api/views.ts";

const FLASH_MS = 2_500;
const NONE: ReadonlySet<string> = new Set();

/** Ids of contacts whose values differ from the list before, or that are new in it. Pure. */
export function changedIds(before: readonly SandboxContact[], after: readonly SandboxContact[]): readonly string[] {
  const known = new Map(before.map((contact) => [contact.id, JSON.stringify(contact.fields)]));
  return after.filter((contact) => known.get(contact.id) !== JSON.stringify(contact.fields)).map(({ id }) => id);
}

/**
 * Ids of contacts that have just changed, for a moment.
 * @param question what was asked for; another question's answer is not a change
 */
export function useFlash(contacts: readonly SandboxContact[] | undefined, question: string): ReadonlySet<string> {
  const before = useRef<{ readonly question: string; readonly contacts: readonly SandboxContact[] }>(undefined);
  const [flashing, setFlashing] = useState(NONE);
  useEffect(() => {
    if (contacts === undefined) return;
    const known = before.current;
    before.current = { question, contacts };
    if (known === undefined || known.question !== question) return;
    const changed = changedIds(known.contacts, contacts);
    if (changed.length > 0) setFlashing(new Set(changed));
  }, [contacts, question]);
  useEffect(() => {
    if (flashing.size === 0) return;
    const timer = setTimeout(() => setFlashing(NONE), FLASH_MS);
    return () => clearTimeout(timer);
  }, [flashing]);
  return flashing;
}
