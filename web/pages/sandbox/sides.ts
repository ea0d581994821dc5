import type { SandboxContact } from "../../../model/api/views.ts";
import type { SandboxPartner } from "../../api/keys.ts";
import type { SandboxSearch } from "../../app/addresses.ts";
import type { Open } from "./column.tsx";
import type { Travel } from "./follow.ts";
import type { Journey, SandboxApp } from "./journey.ts";

/** How many are on one page of a list. */
export const PAGE_SIZE = 25;

/** What is open, on which side, and the contact as it was when it was opened. */
export interface Opened {
  readonly partner: SandboxPartner;
  readonly open: Open;
  readonly contact?: SandboxContact | undefined;
}

/** What both sides of the page work with. */
export interface SideProps {
  /** What stands beside HighLevel. */
  readonly app: SandboxApp;
  readonly search: SandboxSearch;
  readonly opened: Opened | undefined;
  readonly setOpened: (opened: Opened | undefined) => void;
  readonly journey: Journey | undefined;
  readonly travel: (travel: Travel) => Promise<void>;
  readonly sideOf: (partner: SandboxPartner) => "left" | "right";
  /** The id of the sync of a resource. */
  readonly syncOf: (resource: string) => string | undefined;
}
