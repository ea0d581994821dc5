import { z } from "zod";

/**
 * HighLevel's JSON of notes, tasks and appointments. Keys that are not named are ignored. Source: the published API
 * description (contacts, calendars, locations); rows of the task search are described nowhere.
 */

const Text = z.union([z.string(), z.number(), z.boolean()]).nullish();
const Time = z.union([z.string(), z.number()]).nullish();
const Id = z.string().min(1);

export const Note = z.object({ id: Id, body: Text, title: Text, contactId: Text });
export type Note = z.infer<typeof Note>;

export const NoteAnswer = z.object({ note: Note });
export const NotesAnswer = z.object({ notes: z.array(Note) });

export const Task = z.object({
  id: Id,
  title: Text,
  body: Text,
  dueDate: Time,
  completed: z.boolean().nullish(),
  contactId: Text,
});
export type Task = z.infer<typeof Task>;

export const TaskAnswer = z.object({ task: Task });
export const TasksAnswer = z.object({ tasks: z.array(Task) });

/** A row of the task search, which may name its id in either way. */
export const TaskRow = Task.extend({ id: Id.nullish(), _id: Id.nullish(), deleted: z.boolean().nullish() });
export type TaskRow = z.infer<typeof TaskRow>;

export const TaskSearchAnswer = z.object({ tasks: z.array(TaskRow) });

export const Appointment = z.object({
  id: Id,
  title: Text,
  notes: Text,
  description: Text,
  address: Text,
  appointmentStatus: Text,
  startTime: Time,
  endTime: Time,
  contactId: Text,
  dateUpdated: Time,
  deleted: z.boolean().nullish(),
});
export type Appointment = z.infer<typeof Appointment>;

/** An appointment by itself, or in one of two envelopes. */
export const AppointmentAnswer = z.union([
  z.object({ event: Appointment }).transform(({ event }) => event),
  z.object({ appointment: Appointment }).transform(({ appointment }) => appointment),
  Appointment,
]);

export const AppointmentsAnswer = z.object({ events: z.array(Appointment) });

export const LocationAnswer = z.object({
  location: z.object({ timezone: z.string().nullish(), country: z.string().nullish() }),
});
