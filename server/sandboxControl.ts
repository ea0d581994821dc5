import { z } from "zod";
import { path } from "../kit/path.ts";
import {
  SANDBOX_CHILD_KINDS,
  type SandboxAnswer,
  SandboxChild,
  type SandboxChildKind,
  type SandboxChildren,
  SandboxContact,
  type SandboxPartner,
  type ValueView,
} from "../model/api/views.ts";
import { Failure } from "../model/errors.ts";
import { createDaybookControl, type DaybookAddress } from "./daybookControl.ts";

export type { SandboxPartner };

/** What people call them. */
const NAMES: Readonly<Record<SandboxPartner, string>> = {
  highlevel: "HighLevel",
  salesmate: "Salesmate",
  trustmary: "Trustmary",
  trustpilot: "Trustpilot",
  trint: "Trint",
  daybook: "Daybook",
};

/** Where the emulators answer, by partner, and Daybook. */
export type SandboxAddresses = Readonly<Partial<Record<Exclude<SandboxPartner, "daybook">, string>>> & {
  readonly daybook?: DaybookAddress;
};

type FieldValues = Readonly<Record<string, ValueView>>;

type Texts = Readonly<Record<string, string>>;

/** Acts inside one partner, as its own users would. */
export interface PartnerControl {
  readonly contacts: (query: {
    readonly query?: string | undefined;
    readonly offset: number;
    readonly limit: number;
  }) => Promise<{ readonly contacts: SandboxContact[]; readonly total: number }>;
  readonly create: (fields: FieldValues) => Promise<SandboxContact>;
  readonly edit: (id: string, fields: FieldValues) => Promise<SandboxContact>;
  readonly remove: (id: string) => Promise<void>;
  /** What belongs to a contact. */
  readonly children: {
    readonly of: (contactId: string) => Promise<SandboxChildren>;
    readonly create: (kind: SandboxChildKind, contactId: string, fields: Texts) => Promise<SandboxChild>;
    readonly edit: (kind: SandboxChildKind, id: string, fields: Texts) => Promise<SandboxChild>;
    readonly remove: (kind: SandboxChildKind, id: string) => Promise<void>;
  };
}

/** Acts inside the partners of a sandbox. */
export interface SandboxControl {
  /** @throws Failure `not_found` where the sandbox runs without it */
  readonly at: (partner: SandboxPartner) => PartnerControl;
  /** Has a contact of Trustmary answer its first survey. */
  readonly answer: (contactId: string, answer: SandboxAnswer) => Promise<{ readonly id: string }>;
}

/** Fetches; `globalThis.fetch` has this shape. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** The emulators write times as ISO text. */
const Contact = SandboxContact.extend({ updatedAt: z.iso.datetime().transform((text) => Date.parse(text)) });
const Contacts = z.object({ contacts: z.array(Contact), total: z.int() });
const Refused = z.object({ message: z.string() });

/** Speaks the emulators' control interface, and Daybook's own. @throws Failure with the product's words. */
export function createSandboxControl(addresses: SandboxAddresses, fetch: Fetch): SandboxControl {
  const { daybook, ...emulators } = addresses;
  const ask = (partner: Exclude<SandboxPartner, "daybook">): Ask => {
    const address = emulators[partner];
    if (address === undefined) throw new Failure("not_found", `This sandbox runs without ${NAMES[partner]}.`);
    return (method, at, body) => asked({ partner, address, fetch }, method, at, body);
  };
  return {
    at: (partner) => {
      if (partner !== "daybook") return emulatorControl(ask(partner));
      if (daybook === undefined) throw new Failure("not_found", "This sandbox runs without Daybook.");
      return createDaybookControl(daybook, fetch);
    },
    answer: async (contactId, { nps, feedback }) =>
      z.object({ id: z.string() }).parse(await ask("trustmary")("POST", "/answers", { contactId, nps, feedback })),
  };
}

type Ask = (method: string, at: string, body?: unknown) => Promise<unknown>;

interface Emulator {
  readonly partner: SandboxPartner;
  readonly address: string;
  readonly fetch: Fetch;
}

async function asked({ partner, address, fetch }: Emulator, method: string, at: string, body?: unknown) {
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const response = await fetch(`${address}/_control${at}`, { method, ...sent }).catch((cause: unknown) => {
    throw new Failure("unavailable", `The stand-in for ${NAMES[partner]} does not answer; start the sandbox again.`, {
      cause,
    });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refused(partner, response.status, answer);
  return answer;
}

function emulatorControl(call: Ask): PartnerControl {
  return {
    contacts: async ({ query, offset, limit }) => {
      const search = new URLSearchParams({ offset: String(offset), limit: String(limit), ...(query && { query }) });
      return Contacts.parse(await call("GET", `/contacts?${search}`));
    },
    create: async (fields) => Contact.parse(await call("POST", "/contacts", fields)),
    edit: async (id, fields) => Contact.parse(await call("PATCH", path`/contacts/${id}`, fields)),
    remove: async (id) => {
      await call("DELETE", path`/contacts/${id}`);
    },
    children: childControl(call),
  };
}

function childControl(call: Ask): PartnerControl["children"] {
  const list = async (kind: SandboxChildKind, contactId: string) => {
    const answer = await call("GET", path`/contacts/${contactId}/${kind}`);
    return z.record(z.string(), z.array(SandboxChild)).parse(answer)[kind] ?? [];
  };
  return {
    of: async (contactId) => {
      const [notes, tasks, appointments] = await Promise.all(SANDBOX_CHILD_KINDS.map((kind) => list(kind, contactId)));
      return { notes: notes ?? [], tasks: tasks ?? [], appointments: appointments ?? [] };
    },
    create: async (kind, contactId, fields) =>
      SandboxChild.parse(await call("POST", path`/contacts/${contactId}/${kind}`, fields)),
    edit: async (kind, id, fields) => SandboxChild.parse(await call("PATCH", path`/children/${kind}/${id}`, fields)),
    remove: async (kind, id) => {
      await call("DELETE", path`/children/${kind}/${id}`);
    },
  };
}

/** The products' words end as they please. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function refused(partner: SandboxPartner, status: number, answer: unknown): Failure {
  const words = Refused.safeParse(answer);
  const message = `${NAMES[partner]} says: ${words.success ? sentence(words.data.message) : `status ${status}.`}`;
  return new Failure(status === 404 ? "not_found" : "rejected", message, { status });
}
