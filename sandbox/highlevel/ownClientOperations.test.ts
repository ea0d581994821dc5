import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { HighLevel } from "@gohighlevel/api-client";
import { afterEach, expect, test } from "vitest";
import type { HighLevelEmulator } from "./index.ts";
import { setUp } from "./testing.ts";

const closing: HighLevelEmulator[] = [];

afterEach(async () => {
  for (const emulator of closing.splice(0)) await emulator.close();
});

/** The product's own client, signed in to a location with one contact. */
async function withOwnClient(apiVersion = "2021-07-28") {
  const { emulator, add, clock } = setUp();
  closing.push(emulator);
  const { url } = await emulator.listen(0);
  const client = new HighLevel({ privateIntegrationToken: emulator.token, apiVersion, logLevel: "none" });
  client.getHttpClient().defaults.baseURL = url;
  const contactId = await add({ firstName: "Ann", email: "ann@x.example", phone: "+12025550143" });
  return { client, emulator, clock, contactId, locationId: emulator.location.id };
}

const [ROSA, TOM] = ["usr00000000000000001", "usr00000000000000002"];
const PIPELINE = "pip00000000000000001";

/** The id of what was made; the client's types hold every one for missing. */
function idOf(made: { readonly id?: string } | undefined): string {
  if (made?.id === undefined) throw new Error("nothing was made");
  return made.id;
}

test("EH371 the product's own client tags, follows, enrols and gathers contacts", async () => {
  const { client, contactId, locationId } = await withOwnClient();
  const { contacts } = client;
  const followers = { followers: [ROSA, TOM] };
  expect((await contacts.addFollowersContact({ contactId }, followers)).followersAdded).toEqual(followers.followers);
  expect((await contacts.removeFollowersContact({ contactId }, { followers: [ROSA] })).followers).toEqual([TOM]);
  const campaignId = "cmp00000000000000001";
  expect((await contacts.addContactToCampaign({ contactId, campaignId }, {})).succeded).toBe(true);
  await contacts.removeContactFromCampaign({ contactId, campaignId });
  await contacts.removeContactFromEveryCampaign({ contactId });
  const workflow = { contactId, workflowId: "wfl00000-0000-4000-8000-000000000001" };
  const start = { eventStartTime: "2026-05-06T10:00:00+02:00" };
  expect((await contacts.addContactToWorkflow(workflow, start)).succeded).toBe(true);
  await contacts.deleteContactFromWorkflow(workflow, start);
  const many = { contacts: [contactId], tags: ["warm"], locationId, removeAllTags: false };
  expect((await contacts.createAssociation({ type: "add" }, many)).errorCount).toBe(0);
  const made = await client.businesses.createBusiness({ name: "Tiles", locationId });
  const businessId = idOf(made.buiseness);
  await contacts.addRemoveContactFromBusiness({ locationId, ids: [contactId], businessId });
  expect((await contacts.getContactsByBusinessId({ businessId, locationId })).count).toBe(1);
  await client.businesses.updateBusiness({ businessId }, { city: "Porto" });
  expect((await client.businesses.getBusiness({ businessId })).business.city).toBe("Porto");
  expect((await client.businesses.getBusinessesByLocation({ locationId })).businesses).toHaveLength(1);
  expect((await client.businesses.deleteBusiness({ businessId })).success).toBe(true);
});

test("EH371 the product's own client keeps tags, fields, values and recurring tasks of a location", async () => {
  const { client, contactId, locationId } = await withOwnClient();
  const { locations } = client;
  expect((await locations.searchLocations({})).locations).toHaveLength(1);
  const tagId = idOf((await locations.createTag({ locationId }, { name: "Warm" })).tag);
  await locations.updateTag({ locationId, tagId }, { name: "Hot" });
  expect((await locations.getTagById({ locationId, tagId })).tag?.name).toBe("hot");
  expect((await locations.getLocationTags({ locationId })).tags).toHaveLength(1);
  await locations.deleteTag({ locationId, tagId });
  const field = await locations.createCustomField({ locationId }, { name: "Size", dataType: "TEXT" });
  const id = idOf(field.customField);
  await locations.updateCustomField({ locationId, id }, { name: "Shoe size" });
  expect((await locations.getCustomField({ locationId, id })).customField?.name).toBe("Shoe size");
  expect((await locations.getCustomFields({ locationId, model: "contact" })).customFields).toHaveLength(14);
  expect((await locations.deleteCustomField({ locationId, id })).succeded).toBe(true);
  const value = await locations.createCustomValue({ locationId }, { name: "Door", value: "Blue" });
  const valueId = idOf(value.customValue);
  await locations.updateCustomValue({ locationId, id: valueId }, { name: "Door", value: "Green" });
  expect((await locations.getCustomValue({ locationId, id: valueId })).customValue?.value).toBe("Green");
  expect((await locations.getCustomValues({ locationId })).customValues).toHaveLength(3);
  await locations.deleteCustomValue({ locationId, id: valueId });
  const rruleOptions = { intervalType: "daily", interval: 1, startDate: "2026-05-06T09:00:00Z", dueAfterSeconds: 60 };
  const task = await locations.createRecurringTask(
    { locationId },
    { title: "Ring", contactIds: [contactId], owners: [ROSA], rruleOptions },
  );
  const taskId = idOf(task.recurringTask);
  await locations.updateRecurringTask({ locationId, id: taskId }, { title: "Write" });
  expect((await locations.getRecurringTaskById({ locationId, id: taskId })).recurringTask.title).toBe("Write");
  expect((await locations.taskSearch({ locationId }, { contactId: [contactId] })).tasks).toHaveLength(1);
  expect((await locations.deleteRecurringTask({ locationId, id: taskId })).success).toBe(true);
  expect((await locations.getTimezones({ locationId })).timeZones).toContain("Europe/Berlin");
  expect((await locations.gETAllOrEmailSmsTemplates({ locationId, originId: locationId })).totalCount).toBe(2);
});

test("EH371 the product's own client books appointments into free slots, blocks time and groups calendars", async () => {
  const { client, contactId, locationId, clock } = await withOwnClient("2021-04-15");
  const { calendars } = client;
  const made = await calendars.createCalendar({ locationId, name: "Tasting", slotDuration: 30, autoConfirm: true });
  const calendarId = made.calendar.id;
  await calendars.updateCalendar({ calendarId }, { teamMembers: [{ userId: TOM }] });
  expect((await calendars.getCalendar({ calendarId })).calendar.name).toBe("Tasting");
  expect((await calendars.getCalendars({ locationId })).calendars).toHaveLength(3);
  const day = { startDate: clock.now(), endDate: clock.now() + 86_400_000 };
  const slots: Record<string, { slots: string[] }> = { ...(await calendars.getSlots({ calendarId, ...day })) };
  const [startTime = ""] = slots["2026-05-04"]?.slots ?? [];
  const { id: eventId } = await calendars.createAppointment({ calendarId, locationId, contactId, startTime });
  await calendars.editAppointment({ eventId }, { appointmentStatus: "cancelled", title: "Later" });
  expect((await calendars.getAppointment({ eventId })).event?.appointmentStatus).toBe("cancelled");
  const times = { startTime: String(clock.now()), endTime: String(clock.now() + 86_400_000) };
  expect((await calendars.getCalendarEvents({ locationId, calendarId, ...times })).events).toHaveLength(1);
  const note = await calendars.createAppointmentNote({ appointmentId: eventId }, { body: "Ring first", userId: ROSA });
  const noted = { appointmentId: eventId, noteId: idOf(note.note) };
  await calendars.updateAppointmentNote(noted, { body: "Ring twice" });
  expect((await calendars.getAppointmentNotes({ appointmentId: eventId, limit: 10, offset: 0 })).notes).toHaveLength(1);
  expect((await calendars.deleteAppointmentNote(noted)).success).toBe(true);
  expect((await calendars.deleteEvent({ eventId }, {})).succeeded).toBe(true);
  const away = { calendarId, locationId, startTime: "2026-05-04T09:00:00-04:00", endTime: "2026-05-04T10:00:00-04:00" };
  const block = await calendars.createBlockSlot(away);
  await calendars.editBlockSlot({ eventId: block.id }, { ...away, title: "Away" });
  expect((await calendars.getBlockedSlots({ locationId, calendarId, ...times })).events).toHaveLength(1);
  const words = { name: "Visits", description: "", slug: "visits" };
  const groupId = idOf((await calendars.createCalendarGroup({ locationId, ...words })).group);
  expect((await calendars.validateGroupsSlug({ locationId, slug: "visits" })).available).toBe(false);
  await calendars.editGroup({ groupId }, { ...words, name: "Outside" });
  await calendars.disableGroup({ groupId }, { isActive: false });
  expect((await calendars.getGroups({ locationId })).groups).toMatchObject([{ name: "Outside", isActive: false }]);
  expect((await calendars.deleteGroup({ groupId })).success).toBe(true);
  expect((await calendars.deleteCalendar({ calendarId })).success).toBe(true);
});

test("EH371 the product's own client carries opportunities through a pipeline", async () => {
  const { client, contactId, locationId } = await withOwnClient();
  const { opportunities } = client;
  const [pipeline] = (await opportunities.getPipelines({ locationId })).pipelines ?? [];
  expect(pipeline).toMatchObject({ id: PIPELINE });
  const about = { locationId, pipelineId: PIPELINE, contactId, name: "A pond" };
  const made = await opportunities.createOpportunity({ ...about, status: "open", monetaryValue: 5 });
  const id = idOf(made.opportunity);
  await opportunities.updateOpportunity({ id }, { monetaryValue: 7 });
  await opportunities.updateOpportunityStatus({ id }, { status: "won" });
  expect((await opportunities.getOpportunity({ id })).opportunity).toMatchObject({ status: "won", monetaryValue: 7 });
  expect((await opportunities.addFollowersOpportunity({ id }, { followers: [ROSA] })).followers).toEqual([ROSA]);
  await opportunities.removeFollowersOpportunity({ id }, { followers: [ROSA] });
  const followers = { followers: [TOM], isRemoveAllFollowers: false, followersActionType: "add" };
  expect((await opportunities.upsertOpportunity({ id, locationId, pipelineId: PIPELINE, ...followers })).new).toBe(
    false,
  );
  expect((await opportunities.searchOpportunity({ locationId, status: "won" })).meta?.total).toBe(1);
  const additionalDetails = { notes: true, tasks: true, calendarEvents: true, unReadConversations: false };
  const search = { locationId, query: "pond", limit: 10, page: 1, searchAfter: [], additionalDetails };
  expect((await opportunities.searchOpportunitiesAdvanced(search)).total).toBe(1);
  expect((await opportunities.getLostReason({ locationId })).total).toBe(3);
  await opportunities.deleteOpportunity({ id });
  expect((await opportunities.searchOpportunity({ locationId })).meta?.total).toBe(0);
});

test("EH371 the product's own client writes and reads messages", async () => {
  const { client, contactId, locationId, clock } = await withOwnClient("2021-04-15");
  const { conversations } = client;
  const conversationId = idOf((await conversations.createConversation({ locationId, contactId })).conversation);
  const send = (more: object) =>
    conversations.sendANewMessage({ type: "SMS", subType: "", status: "pending", contactId, message: "Hi", ...more });
  const { messageId } = await send({});
  const { emailMessageId = "" } = await send({ type: "Email", html: "<p>Hi</p>", subject: "Hi" });
  expect((await conversations.getMessage({ id: messageId })).body).toBe("Hi");
  expect((await conversations.getEmailById({ id: emailMessageId })).subject).toBe("Hi");
  expect((await conversations.getMessages({ conversationId })).messages).toBeDefined();
  const provider = { conversationId, conversationProviderId: "prv1" };
  expect(
    (await conversations.addAnInboundMessage({ type: "SMS", contactId, message: "Yes", ...provider })).success,
  ).toBe(true);
  expect((await conversations.addAnOutboundMessage({ type: "Call", ...provider })).success).toBe(true);
  await conversations.updateMessageStatus({ messageId }, { status: "delivered" });
  const later = await send({ scheduledTimestamp: clock.now() / 1_000 + 60 });
  await conversations.cancelScheduledMessage({ messageId: later.messageId });
  expect((await conversations.exportMessagesByLocation({ locationId, limit: 10 })).total).toBe(4);
  expect((await conversations.searchConversation({ locationId, status: "unread" })).total).toBe(1);
  await conversations.updateConversation({ conversationId }, { locationId, unreadCount: 0 });
  expect((await conversations.getConversation({ conversationId })).unreadCount).toBe(0);
  expect((await conversations.deleteConversation({ conversationId })).success).toBe(true);
});

test("EH371 the product's own client keeps users, reads lists, and handles records", async () => {
  const { client, emulator, locationId } = await withOwnClient();
  const { companyId } = emulator.agency;
  const ida = { firstName: "Ida", lastName: "Falk", email: "ida@x.example", password: "a long one", type: "account" };
  const { id } = await client.users.createUser({ ...ida, companyId, role: "user", locationIds: [locationId] });
  const userId = idOf({ ...(id !== undefined && { id }) });
  await client.users.updateUser({ userId }, { role: "admin" });
  expect((await client.users.getUser({ userId })).roles?.role).toBe("admin");
  expect((await client.users.searchUsers({ companyId, query: "ida" })).count).toBe(1);
  expect((await client.users.getUserByLocation({ locationId })).users).toHaveLength(4);
  expect((await client.users.deleteUser({ userId })).succeded).toBe(true);
  expect((await client.workflows.getWorkflow({ locationId })).workflows).toHaveLength(3);
  expect((await client.campaigns.getCampaigns({ locationId })).campaigns).toHaveLength(2);
  expect((await client.forms.getForms({ locationId })).total).toBe(2);
  expect((await client.forms.getFormsSubmissions({ locationId })).meta?.total).toBe(0);
  expect((await client.surveys.getSurveys({ locationId })).total).toBe(1);
  expect((await client.surveys.getSurveysSubmissions({ locationId })).submissions).toEqual([]);
  const schemaKey = "business";
  const made = await client.objects.createObjectRecord({ schemaKey }, { locationId, properties: { name: "Tiles" } });
  const record = { schemaKey, id: idOf(made.record) };
  await client.objects.updateObjectRecord({ ...record, locationId }, { properties: { city: "Porto" } });
  expect((await client.objects.getRecordById(record)).record?.properties).toMatchObject({ city: "Porto" });
  const search = { locationId, page: 1, pageLimit: 10, query: "", searchAfter: [] };
  expect((await client.objects.searchObjectRecords({ schemaKey }, search)).total).toBe(1);
  expect((await client.objects.deleteObjectRecord(record)).success).toBe(true);
  const objects = (await client.objects.getObjectByLocationId({ locationId })).objects ?? [];
  expect(objects.map(({ key }) => key)).toEqual(["contact", "opportunity", "business"]);
});

const MODULES = [
  "contacts",
  "locations",
  "users",
  "businesses",
  "calendars",
  "opportunities",
  "conversations",
  "forms",
  "surveys",
  "workflows",
  "campaigns",
  "objects",
];

/** What these modules of the client know and the emulator does not, by the beginnings of method and path. */
const NOT_EMULATED = [
  "PUT /locations/:x",
  "DELETE /locations/:x",
  "POST /locations",
  "POST /locations/:x/customFields/upload",
  "* /calendars/resources/",
  "* /calendars/schedules",
  "* /calendars/:x/notifications",
  "* /conversations/preferences/",
  "* /conversations/messages/review-reply",
  "* /conversations/messages/upload",
  "* /conversations/messages/:x/attachments",
  "* /conversations/messages/:x/locations/",
  "* /conversations/locations/",
  "* /conversations/providers/",
  "POST /forms/upload-custom-files",
  "PUT /objects/:x",
  "POST /objects",
];

const WRITTEN = /method: '(\w+)',\s*url: [^(]*\([^)]*\)\('([^']+)'/g;

function shape(path: string): string {
  return path.replaceAll(/\{[^}]+\}|:\w+/g, ":x").replace(/\/$/, "");
}

test("EH372 of these subjects, all that the product's own client knows is emulated, except what is named here", () => {
  const folder = join(dirname(createRequire(import.meta.url).resolve("@gohighlevel/api-client")), "lib", "code");
  const known = MODULES.flatMap((name) => [
    ...readFileSync(join(folder, name, `${name}.js`), "utf8").matchAll(WRITTEN),
  ]).map(([, method = "", path = ""]) => `${method} ${shape(path)}`);
  const { emulator } = setUp();
  const all = [...emulator.at(emulator.location.id).operations.all()];
  const emulated = new Set(all.map(({ method, url }) => `${method} ${shape(url)}`));
  const isNamed = (one: string) =>
    NOT_EMULATED.some((named) =>
      named.startsWith("* ") ? one.split(" ")[1]?.startsWith(named.slice(2)) : one === named,
    );
  expect(known.filter((one) => !emulated.has(one) && !isNamed(one))).toEqual([]);
  expect(
    NOT_EMULATED.filter((named) => !known.some((one) => !emulated.has(one) && one.includes(named.replace(/^\* /, "")))),
  ).toEqual([]);
  expect(known.length).toBeGreaterThan(150);
});
