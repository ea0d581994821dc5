import type { Random } from "../random.ts";
import { opaqueId } from "../random.ts";

/** A list that contacts are put on. Times are epoch milliseconds. */
export type ContactList = {
  readonly id: string;
  readonly type: "customer" | "employee";
  readonly name: string;
  readonly source: "list" | "smart";
  /** The automation that begins for whoever is put on the list with a segment. */
  readonly automationId: string | undefined;
  readonly createdAt: number;
};

/** What sends surveys and messages by itself. */
export type Automation = {
  readonly id: string;
  readonly name: string;
  readonly type: "customer" | "employee";
  readonly status: "active" | "draft";
  readonly createdAt: number;
};

/** A start of an automation for one contact. */
export type AutomationStart = { readonly automationId: string; readonly email: string; readonly at: number };

/** The lists and automations of an account. They are made on its own pages only. */
export type Sendings = {
  readonly lists: () => readonly ContactList[];
  readonly automations: () => readonly Automation[];
  /** What was started so far, oldest first. */
  readonly starts: () => readonly AutomationStart[];
  readonly start: (automationId: string, email: string) => void;
  readonly clear: () => void;
};

/** Makes the lists and automations that every emulated account has. */
export function createSendings(random: Random, now: () => number): Sendings {
  const madeAt = now();
  const automations: readonly Automation[] = [
    { id: `aut${opaqueId(random, 9)}`, name: "After a sale", type: "customer", status: "active", createdAt: madeAt },
    { id: `aut${opaqueId(random, 9)}`, name: "Yearly pulse", type: "employee", status: "draft", createdAt: madeAt },
  ];
  const list = (name: string, type: ContactList["type"], automationId?: string): ContactList => ({
    id: `lst${opaqueId(random, 9)}`,
    type,
    name,
    source: "list",
    automationId,
    createdAt: madeAt,
  });
  const lists = [
    list("Customers", "customer", automations[0]?.id),
    list("Newsletter", "customer"),
    list("Workshop", "employee", automations[1]?.id),
  ];
  let starts: AutomationStart[] = [];
  return {
    lists: () => lists,
    automations: () => automations,
    starts: () => starts,
    start: (automationId, email) => void starts.push({ automationId, email, at: now() }),
    clear: () => {
      starts = [];
    },
  };
}
