import { highlevel } from "../connectors/highlevel/index.ts";
import { type Action, actionOf, checkedInput, openConnection, PRIORITIES, partnerAgent } from "../kit/index.ts";
import { manualClock } from "../kit/manualClock.ts";
import { createHighLevelEmulator, type HighLevelEmulator } from "../sandbox/highlevel/index.ts";

/** What an operation is given or gives, not looked into. */
export type Bag = Readonly<Record<string, unknown>>;

/** An emulator and a connection to it, on which operations are run one after the other. */
export interface OperationWorld {
  readonly emulator: HighLevelEmulator;
  /** Runs an operation as its users do. @throws Failure */
  readonly run: (id: string, input?: Bag) => Promise<Bag>;
  /** The id of a real record, made when it is first asked for; by the name that inputs have for it. */
  readonly make: (name: string) => Promise<string>;
  /** An example's input with real ids in the place of invented ones. */
  readonly real: (input: Bag) => Promise<Bag>;
  /** Calls that were made so far. */
  readonly calls: readonly { readonly method: string; readonly path: string; readonly status: number }[];
  /** The version that each request named. */
  readonly versions: () => readonly string[];
  readonly end: () => Promise<void>;
}

/** The generations of HighLevel's API, by the version that a connection is configured for. */
export const VERSIONS = { dated: "2021-07-28", v3: "v3" } as const;

const NOON = Date.UTC(2026, 2, 6, 12);

/** A fresh emulator, signed in with a private token of the location or of its agency. */
export async function operationWorld(
  version: string,
  { tokenClass = "location", settings = {} }: { tokenClass?: "location" | "agency"; settings?: Bag } = {},
): Promise<OperationWorld> {
  const clock = manualClock(NOON);
  const emulator = createHighLevelEmulator({ ...clock, random: aRandom(), quirks: { searchLagMs: 0 } });
  const versions: string[] = [];
  emulator.app.addHook("onRequest", async ({ headers }) => void versions.push(String(headers.version)));
  const { url, close } = await emulator.listen(0);
  const agent = partnerAgent(1);
  const token = tokenClass === "agency" ? emulator.access.issuePrivate(undefined, "Company").value : emulator.token;
  const open = openConnection({
    connector: highlevel,
    connection: {
      id: "highlevel",
      settings: { locationId: emulator.location.id, writing: true, apiVersion: version, ...settings },
      baseUrls: { api: url },
    },
    credential: { load: async () => ({ kind: "token", token }), store: async () => {} },
    clock,
    random: () => 0.5,
    dispatcher: agent,
  });
  const context = { priority: PRIORITIES.live, calls: [] };
  const run = async (id: string, input: Bag = {}): Promise<Bag> => {
    const action = operation(id);
    // An operation's output is an object, always.
    return (await action.run(open.session(context), checkedInput(action, input))) as Bag;
  };
  const made = new Map<string, Promise<string>>();
  const make = (name: string): Promise<string> => {
    const known = made.get(name) ?? maker(name)({ run, make, emulator });
    made.set(name, known);
    return known;
  };
  return {
    emulator,
    run,
    make,
    real: (input) => realInput(input, make),
    calls: context.calls,
    versions: () => versions,
    end: async () => {
      await open.close();
      await agent.destroy();
      await close();
    },
  };
}

/** The action of this id. @throws Error when there is none */
export function operation(id: string): Action<Parameters<Action["run"]>[0]["settings"]> {
  const action = actionOf(highlevel.operations ?? [], id);
  if (action === undefined) throw new Error(`there is no operation ${id}`);
  // Sessions of the connection above carry the settings that the connector has checked.
  return action as Action;
}

type Making = (parts: Pick<OperationWorld, "run" | "make" | "emulator">) => Promise<string>;

function maker(name: string): Making {
  const making = MAKERS[name];
  if (making === undefined) throw new Error(`nothing says how to make a ${name}`);
  return making;
}

const NEXT_TUESDAY = { startTime: "2026-03-10T14:00:00-04:00", endTime: "2026-03-10T14:30:00-04:00" };

/** How to come by a real one of everything that inputs name. */
const MAKERS: Readonly<Record<string, Making>> = {
  contactId: async ({ run }) =>
    idIn(await run("contact.create", { firstName: "Zoë", email: "zoe@example.com", phone: "+12015550199" }), "contact"),
  taskId: async ({ run, make }) =>
    idIn(
      await run("task.create", {
        contactId: await make("contactId"),
        title: "Measure",
        dueDate: "2026-03-20T10:00:00Z",
      }),
      "task",
    ),
  noteId: async ({ run, make }) =>
    idIn(await run("note.create", { contactId: await make("contactId"), body: "Has a dog." }), "note"),
  calendarId: async ({ run }) => firstId(await run("calendar.list"), "calendars"),
  eventId: async ({ run, make }) =>
    idIn(
      await run("appointment.create", {
        calendarId: await make("calendarId"),
        contactId: await make("contactId"),
        title: "Visit",
        ...NEXT_TUESDAY,
      }),
      "appointment",
    ),
  appointmentId: ({ make }) => make("eventId"),
  blockId: async ({ run, make }) =>
    idIn(
      await run("blockedTime.create", { calendarId: await make("calendarId"), title: "Away", ...NEXT_TUESDAY }),
      "blockedTime",
    ),
  appointmentNoteId: async ({ run, make }) =>
    idIn(await run("appointmentNote.create", { appointmentId: await make("eventId"), body: "Ring twice." }), "note"),
  groupId: async ({ run }) =>
    idIn(await run("calendarGroup.create", { name: "Visits", description: "All visits.", slug: "visits" }), "group"),
  businessId: async ({ run }) => idIn(await run("business.create", { name: "Harbour Bakery" }), "business"),
  userId: async () => "usr00000000000000002",
  workflowId: async ({ run }) => firstId(await run("workflow.list"), "workflows"),
  campaignId: async ({ run }) => firstId(await run("campaign.list", { status: "published" }), "campaigns"),
  pipelineId: async ({ run }) => firstId(await run("pipeline.list"), "pipelines"),
  pipelineStageId: async ({ run }) => {
    const { pipelines } = await run("pipeline.list");
    return firstId(Object((pipelines as readonly unknown[])[0]), "stages");
  },
  opportunityId: async ({ run, make }) =>
    idIn(
      await run("opportunity.create", {
        pipelineId: await make("pipelineId"),
        contactId: await make("contactId"),
        name: "New roof",
        monetaryValue: 900,
      }),
      "opportunity",
    ),
  conversationId: async ({ run, make }) =>
    idIn(await run("conversation.create", { contactId: await make("contactId") }), "conversation"),
  messageId: async ({ run, make }) =>
    String((await run("message.sendSms", { contactId: await make("contactId"), message: "Good day." })).messageId),
  tagId: async ({ run }) => idIn(await run("tag.create", { name: "gardener" }), "tag"),
  customFieldId: async ({ run }) =>
    idIn(await run("customField.create", { name: "Hat size", dataType: "NUMERICAL", model: "contact" }), "customField"),
  customValueId: async ({ run }) =>
    idIn(await run("customValue.create", { name: "Motto", value: "Slow and steady" }), "customValue"),
  recurringTaskId: async ({ run }) =>
    idIn(
      await run("recurringTask.create", {
        title: "Wind the clock",
        rruleOptions: {
          intervalType: "daily",
          interval: 1,
          startDate: "2026-03-07T10:00:00.000Z",
          dueAfterSeconds: 60,
        },
      }),
      "recurringTask",
    ),
  templateId: async ({ run, emulator }) =>
    firstId(await run("template.list", { originId: emulator.location.id }), "templates"),
  originId: async ({ emulator }) => emulator.location.id,
};

/** Lists of ids, by the name that inputs have for them. */
const LISTS: Readonly<Record<string, string>> = {
  contacts: "contactId",
  ids: "contactId",
  contactIds: "contactId",
  followers: "userId",
};

async function realInput(input: Bag, make: OperationWorld["make"]): Promise<Bag> {
  const entries = Object.entries(input).map(async ([name, value]) => {
    const ofList = Array.isArray(value) ? LISTS[name] : undefined;
    if (ofList !== undefined) return [name, [await make(ofList)]] as const;
    return [name, typeof value === "string" && name in MAKERS ? await make(name) : value] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The id of the record that stands under this name. */
export function idIn(bag: Bag, name: string): string {
  const { id } = Object(bag[name]);
  if (typeof id !== "string") throw new Error(`there is no ${name} with an id`);
  return id;
}

/** The id of the first row of the list that stands under this name. */
export function firstId(bag: Bag, name: string): string {
  const [first] = Object(bag[name]);
  return idIn({ first }, "first");
}

/** The same numbers in every run. */
function aRandom(): () => number {
  let state = 7;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
