import type { Side } from "../../model/record.ts";
import type { Person } from "../people.ts";
import type { Jot, JotField, JotKind } from "./jots.ts";

/** What people do with notes and tasks. */
export type JotStep =
  | {
      readonly kind: "write";
      readonly jot: Jot;
      readonly of: JotKind;
      readonly person: Person;
      readonly side: Side;
      /** Whether somebody writes the same on the other side at that moment. */
      readonly isTwin?: boolean;
    }
  | {
      readonly kind: "rewrite";
      readonly jot: Jot;
      readonly of: JotKind;
      readonly side: Side;
      readonly field: JotField;
      /** Without the mark; `""` clears it. */
      readonly value: string;
    }
  | { readonly kind: "discard"; readonly jot: Jot; readonly of: JotKind; readonly side: Side };
