/** A calendar in which appointments can be made. */
export type Calendar = {
  readonly id: string;
  readonly name: string;
  /** Minutes that an appointment takes when its end is not said. */
  readonly slotDuration: number;
  /** Whether a new appointment counts as confirmed at once. */
  readonly autoConfirm: boolean;
};

/** The calendars of the location; their ids are the same in every emulator. */
export const CALENDARS: readonly Calendar[] = [
  { id: "cal00000000000000001", name: "First meeting", slotDuration: 30, autoConfirm: true },
  { id: "cal00000000000000002", name: "Site visit", slotDuration: 60, autoConfirm: false },
];

/** A calendar as the product shows it. */
export function shownCalendar(calendar: Calendar, locationId: string) {
  return {
    ...calendar,
    locationId,
    calendarType: "event",
    slotDurationUnit: "mins",
    isActive: true,
    teamMembers: [{ userId: "usr00000000000000001", priority: 0.5, isPrimary: true }],
  };
}
