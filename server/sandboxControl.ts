import { z } from "zod";
import { path } from "../kit/path.ts";
import {
  SANDBOX_CHILD_KINDS,
  SandboxChild,
  type SandboxChildKind,
  type SandboxChildren,
  SandboxContact,
  type ValueView,
} from "../model/api/views.ts";
import { Failure } from "../model/errors.ts";

/** The emulated partners. */
export type SandboxPartner = "highlevel" | "salesmate";

/** What people call them. */
const NAMES: Readonly<Record<SandboxPartner, string>> = { highlevel: "HighLevel", salesmate: "Salesmate" };

/** Where the emulators answer, by partner. */
export type SandboxAddresses = Readonly<Record<SandboxPartner, string>>;

type FieldValues = Readonly<Record<string, ValueView>>;

/** Acts inside the emulated partners, as their own users would. */
export interface SandboxControl {
  readonly contacts: (
    partner: SandboxPartner,
    query: { readonly query?: string | undefined; readonly offset: number; readonly limit: number },
  ) => Promise<z.infer<typeof Contacts>>;
  readonly create: (partner: SandboxPartner, fields: FieldValues) => Promise<SandboxContact>;
  readonly edit: (partner: SandboxPartner, id: string, fields: FieldValues) => Promise<SandboxContact>;
  readonly remove: (partner: SandboxPartner, id: string) => Promise<void>;
  /** What belongs to a contact. */
  readonly children: SandboxChildControl;
}

type Texts = Readonly<Record<string, string>>;

/** Acts on notes, tasks and appointments. */
export interface SandboxChildControl {
  readonly of: (partner: SandboxPartner, contactId: string) => Promise<SandboxChildren>;
  readonly create: (
    partner: SandboxPartner,
    kind: SandboxChildKind,
    contactId: string,
    fields: Texts,
  ) => Promise<SandboxChild>;
  readonly edit: (partner: SandboxPartner, kind: SandboxChildKind, id: string, fields: Texts) => Promise<SandboxChild>;
  readonly remove: (partner: SandboxPartner, kind: SandboxChildKind, id: string) => Promise<void>;
}

/** Fetches; `globalThis.fetch` has this shape. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** The emulators write times as ISO text. */
const Contact = SandboxContact.extend({ updatedAt: z.iso.datetime().transform((text) => Date.parse(text)) });
const Contacts = z.object({ contacts: z.array(Contact), total: z.int() });
const Refused = z.object({ message: z.string() });

/** Speaks the emulators' control interface. @throws Failure with the emulator's words. */
export function createSandboxControl(addresses: SandboxAddresses, fetch: Fetch): SandboxControl {
  async function call(partner: SandboxPartner, method: string, at: string, body?: unknown): Promise<unknown> {
    const sent =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const response = await fetch(`${addresses[partner]}/_control${at}`, { method, ...sent }).catch((cause: unknown) => {
      throw new Failure("unavailable", `The stand-in for ${NAMES[partner]} does not answer; start the sandbox again.`, {
        cause,
      });
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw refused(partner, response.status, answer);
    return answer;
  }
  return {
    contacts: async (partner, { query, offset, limit }) => {
      const search = new URLSearchParams({ offset: String(offset), limit: String(limit), ...(query && { query }) });
      return Contacts.parse(await call(partner, "GET", `/contacts?${search}`));
    },
    create: async (partner, fields) => Contact.parse(await call(partner, "POST", "/contacts", fields)),
    edit: async (partner, id, fields) => Contact.parse(await call(partner, "PATCH", path`/contacts/${id}`, fields)),
    remove: async (partner, id) => {
      await call(partner, "DELETE", path`/contacts/${id}`);
    },
    children: childControl(call),
  };
}

type Ask = (partner: SandboxPartner, method: string, at: string, body?: unknown) => Promise<unknown>;

function childControl(call: Ask): SandboxChildControl {
  const list = async (partner: SandboxPartner, kind: SandboxChildKind, contactId: string) => {
    const answer = await call(partner, "GET", path`/contacts/${contactId}/${kind}`);
    return z.record(z.string(), z.array(SandboxChild)).parse(answer)[kind] ?? [];
  };
  return {
    of: async (partner, contactId) => {
      const [notes, tasks, appointments] = await Promise.all(
        SANDBOX_CHILD_KINDS.map((kind) => list(partner, kind, contactId)),
      );
      return { notes: notes ?? [], tasks: tasks ?? [], appointments: appointments ?? [] };
    },
    create: async (partner, kind, contactId, fields) =>
      SandboxChild.parse(await call(partner, "POST", path`/contacts/${contactId}/${kind}`, fields)),
    edit: async (partner, kind, id, fields) =>
      SandboxChild.parse(await call(partner, "PATCH", path`/children/${kind}/${id}`, fields)),
    remove: async (partner, kind, id) => {
      await call(partner, "DELETE", path`/children/${kind}/${id}`);
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
