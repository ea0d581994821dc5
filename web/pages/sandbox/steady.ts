import { useState } from "react";
import type { SandboxContact } from "../../../model/api/views.ts";

/**
 * The list as it stood, with the values of now. While a form is open nothing may move under the reader's hand: contacts
 * keep their places, those that the new answer no longer shows stay, and newer ones are put above.
 *
 * @param open the contact whose form is open, as it was last written, for when the new answer does not show it
 */
export function steady(
  held: readonly SandboxContact[],
  fresh: readonly SandboxContact[],
  open?: SandboxContact,
): readonly SandboxContact[] {
  const byId = new Map([...(open ? [open] : []), ...fresh].map((contact) => [contact.id, contact]));
  const known = new Set(held.map(({ id }) => id));
  const firstHeld = fresh.findIndex(({ id }) => known.has(id));
  const above = fresh.slice(0, Math.max(0, firstHeld));
  return [...above, ...held.map((contact) => byId.get(contact.id) ?? contact)];
}

/**
 * Holds a list steady while `isHeld`.
 * @param question what was asked for; another question's answer is shown as it comes
 */
export function useSteady(
  fresh: readonly SandboxContact[] | undefined,
  isHeld: boolean,
  question: string,
  open: SandboxContact | undefined,
): readonly SandboxContact[] | undefined {
  const [held, setHeld] = useState<{ readonly question: string; readonly contacts: readonly SandboxContact[] }>();
  const isFitting = held?.question === question;
  if (isHeld && fresh !== undefined && !isFitting) setHeld({ question, contacts: fresh });
  if (!isHeld && held !== undefined) setHeld(undefined);
  return isHeld && isFitting && fresh !== undefined ? steady(held.contacts, fresh, open) : fresh;
}
