/** What every note, task and appointment has. Never changed in place, so that older states can be kept. */
export type Child = {
  readonly id: string;
  readonly contactId: string;
  /** Epoch milliseconds. */
  readonly addedAt: number;
  readonly updatedAt: number;
};

/** A note as it is stored; what was never set is `null`. */
export type StoredNote = Child & {
  readonly body: string;
  readonly title: string | null;
  readonly userId: string | null;
  readonly color: string | null;
  readonly pinned: boolean;
};

/** A task as it is stored. */
export type StoredTask = Child & {
  readonly title: string;
  readonly body: string | null;
  readonly assignedTo: string | null;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly completed: boolean;
};

/** The states of an appointment. */
export const APPOINTMENT_STATUSES = ["new", "confirmed", "cancelled", "showed", "noshow", "invalid"] as const;

/** An appointment as it is stored. */
export type StoredAppointment = Child & {
  readonly calendarId: string;
  readonly title: string;
  readonly appointmentStatus: string;
  readonly assignedUserId: string | null;
  readonly description: string | null;
  readonly address: string | null;
  readonly meetingLocationType: string | null;
  /** The rule of a series, as it was sent; the series is kept as its first appointment. */
  readonly rrule: string | null;
  /** Epoch milliseconds. */
  readonly startAt: number;
  readonly endAt: number;
  readonly source: string;
};
