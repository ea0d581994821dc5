import { type Answered, type Caller, createCaller, createHandClock, type HandClock } from "../testing.ts";
import { createSalesmateEmulator, type SalesmateEmulator, type SalesmateOptions } from "./index.ts";

/** An emulator on a clock that stands still, and a caller that is signed in. */
export type Bench = {
  readonly clock: HandClock;
  readonly emulator: SalesmateEmulator;
  readonly call: Caller;
  /** Creates a contact through the API, with last name and owner filled in, and returns its id. */
  readonly add: (fields: object) => Promise<number>;
  /** Creates an activity of a contact through the API, a task unless the fields say otherwise, and returns its id. */
  readonly addActivity: (contactId: number, fields?: object) => Promise<number>;
  /** Searches with these rules; `rest` is laid over the body, `paging` over the address. */
  readonly search: (rules?: readonly object[], rest?: object, paging?: string) => Promise<Answered>;
};

const DISPLAYED = ["id", "name", "firstName", "lastName", "email", "mobile", "owner.id", "lastModifiedAt"];

/** Sets up such an emulator, without limits unless the options say otherwise. */
export function setUp(options: SalesmateOptions = {}): Bench {
  const clock = createHandClock();
  const emulator = createSalesmateEmulator({ ...clock, limits: { off: true }, ...options });
  const { linkname, sessionKey, ownerId } = emulator;
  const call = createCaller(emulator.app, { accesstoken: sessionKey, "x-linkname": `${linkname}.salesmate.io` });
  return {
    clock,
    emulator,
    call,
    add: async (fields) => {
      const { body } = await call("POST", "/apis/contact/v4", { lastName: "-", owner: ownerId, ...fields });
      if (body.Status !== "success") throw new Error(`create answered ${JSON.stringify(body)}`);
      return body.Data.id;
    },
    addActivity: async (contactId, fields = {}) => {
      const required = { title: "Call back", type: "Task", owner: ownerId, primaryContact: contactId };
      const { body } = await call("POST", "/apis/activity/v4", { ...required, ...fields });
      if (body.Status !== "success") throw new Error(`create answered ${JSON.stringify(body)}`);
      return body.Data.id;
    },
    search: (rules = [], rest = {}, paging = "rows=250&from=0") =>
      call("POST", `/apis/contact/v4/search?${paging}`, {
        displayingFields: DISPLAYED.map((name) => `contact.${name}`),
        filterQuery: { group: { operator: "AND", rules } },
        ...rest,
      }),
  };
}

/** A rule of a search, as a client writes it. */
export function rule(condition: string, fieldName: string, data: string): object {
  const type = condition === "IS_AFTER" ? "DateTime" : "Text";
  return {
    condition,
    moduleName: "Contact",
    field: { fieldName: `contact.${fieldName}`, type },
    data,
    eventType: type,
  };
}
