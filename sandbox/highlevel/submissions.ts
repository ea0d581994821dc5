import { opaqueId } from "../random.ts";
import type { Origin } from "./contact.ts";
import { createDrawer, type Drawer } from "./drawer.ts";
import type { Place, Stand } from "./place.ts";
import type { ContactWrite } from "./write.ts";
import type { Writer } from "./writer.ts";

/** A form or a survey. */
export type Sheet = { readonly id: string; readonly name: string };

/** What somebody filled in. */
export type Submission = {
  readonly id: string;
  readonly sheetId: string;
  readonly contactId: string;
  readonly name: string;
  readonly email: string | null;
  readonly answers: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly createdAt: number;
};

/** The forms, or the surveys, of one location and what was filled in. */
export type Sheets = {
  readonly sheets: Drawer<Sheet>;
  readonly submissions: Drawer<Submission>;
  /**
   * Somebody fills one in: their contact is found by e-mail or phone and changed, or made.
   * @param contact Answers that are fields of the contact; must hold an e-mail, a phone or a name.
   * @param others Answers that are not.
   */
  readonly submit: (sheet: Sheet, contact: ContactWrite, others: Readonly<Record<string, unknown>>) => Submission;
  readonly clear: () => void;
};

/** The forms of every location. */
export const FORMS: readonly Sheet[] = [
  { id: "frm00000000000000001", name: "Ask for a visit" },
  { id: "frm00000000000000002", name: "Newsletter" },
];

/** The surveys of every location. */
export const SURVEYS: readonly Sheet[] = [{ id: "srv00000000000000001", name: "How was it?" }];

/** Makes a location's forms or surveys; nobody has filled one in. */
export function createSheets(first: readonly Sheet[], { now, random }: Stand, writer: Writer): Sheets {
  const sheets = createDrawer<Sheet>(() => first);
  const submissions = createDrawer<Submission>();
  return {
    sheets,
    submissions,
    submit: (sheet, given, others) => {
      const origin: Origin = { source: "FORM", channel: "PUBLIC", sourceId: sheet.id };
      const { contact } = writer.upsert({ ...given, source: given.source ?? sheet.name }, false, origin);
      const { tags, customFields, ...texts } = given;
      return submissions.put({
        id: opaqueId(random, 24),
        sheetId: sheet.id,
        contactId: contact.id,
        name: [contact.firstName, contact.lastName].filter(Boolean).join(" "),
        email: contact.email ?? null,
        answers: { ...texts, ...others },
        createdAt: now(),
      });
    },
    clear: () => {
      sheets.clear();
      submissions.clear();
    },
  };
}

/** The forms or the surveys of a place. */
export function sheetsOf(place: Place, kind: "form" | "survey"): Sheets {
  return kind === "form" ? place.forms : place.surveys;
}
