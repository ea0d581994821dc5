/** An activity (a task, a meeting, a call) as it is stored. Never changed in place. */
export type StoredActivity = {
  readonly id: number;
  readonly owner: number;
  readonly title: string;
  /** The name of one of the account's activity types. */
  readonly type: string;
  /** Plain texts by field name; what was never set is absent, what was cleared is `""`. */
  readonly texts: Readonly<Record<string, string>>;
  /** When it is due or begins, epoch milliseconds. */
  readonly dueDate: number | undefined;
  /** Minutes. */
  readonly duration: number | undefined;
  readonly isCompleted: boolean;
  readonly completedAt: number | undefined;
  /** The contact it is about. */
  readonly primaryContact: number | undefined;
  readonly createdAt: number;
  readonly createdBy: number;
  readonly lastModifiedAt: number;
  readonly lastModifiedBy: number;
  readonly isDeleted: boolean;
};

/** What of an activity can be written. */
export type ActivityValues = Pick<
  StoredActivity,
  "owner" | "title" | "type" | "texts" | "dueDate" | "duration" | "isCompleted" | "primaryContact"
>;

/** The activity types of the account. Accounts define their own; these are the ones a new account has. */
export const ACTIVITY_TYPES = ["Task", "Meeting", "Call", "Email"] as const;

/** The longest text of each writable text field, in characters. Source: contract sheet, section 6. */
export const TEXT_LENGTHS: Readonly<Record<string, number>> = {
  description: 2_000,
  tags: 4_000,
  location: 255,
  outcome: 255,
  visibility: 255,
};

const MINUTE_MS = 60_000;

/** When an activity ends, epoch milliseconds; `undefined` unless both its beginning and its length are known. */
export function endOf({ dueDate, duration }: StoredActivity): number | undefined {
  return dueDate === undefined || duration === undefined ? undefined : dueDate + duration * MINUTE_MS;
}
