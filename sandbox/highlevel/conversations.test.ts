import { expect, test } from "vitest";
import type { HighLevelOptions } from "./index.ts";
import { receiving } from "./testing.ts";

const VERSION = { version: "2021-04-15" };

/** A location with one contact who can be written to, and shorthand for what is done with messages. */
async function withContact(options: HighLevelOptions = {}) {
  const bench = receiving(options);
  const contactId = await bench.add({ firstName: "Ann", email: "ann@x.example", phone: "+12025550143" });
  const call: typeof bench.call = (method, url, body, headers) =>
    bench.call(method, url, body, { ...VERSION, ...headers });
  const send = (more: object) => call("POST", "/conversations/messages", { type: "SMS", contactId, ...more });
  const events = async (...types: string[]) => (await bench.told()).filter(({ type }) => types.includes(String(type)));
  return { ...bench, call, contactId, send, events };
}

test("EH330 a contact's one conversation is made, read without an envelope, changed and deleted", async () => {
  const { call, contactId, locationId } = await withContact();
  const made = await call("POST", "/conversations/", { locationId, contactId });
  expect([made.status, made.body.success]).toEqual([201, true]);
  const { id } = made.body.conversation;
  const second = await call("POST", "/conversations/", { locationId, contactId });
  expect([second.status, second.body.conversationId]).toEqual([400, id]);
  const one = `/conversations/${id}`;
  expect((await call("GET", one)).body).toMatchObject({ id, contactId, locationId, unreadCount: 0, starred: false });
  const changed = await call("PUT", one, { locationId, starred: true, unreadCount: 3 });
  expect(changed.body).toMatchObject({ success: true, conversation: { starred: true, unreadCount: 3 } });
  expect((await call("PUT", one, { starred: true })).status).toBe(422);
  expect((await call("DELETE", one)).body.success).toBe(true);
  expect((await call("GET", one)).status).toBe(404);
});

test("EH331 an SMS and an e-mail are sent, and stand in the contact's conversation, newest first", async () => {
  const { call, send, clock } = await withContact();
  const sms = await send({ message: "Hello" });
  expect(sms.status).toBe(200);
  clock.advance(1_000);
  const mail = await send({ type: "Email", html: "<p>Offer</p>", subject: "Your offer" });
  expect(mail.body).toMatchObject({ conversationId: sms.body.conversationId, emailMessageId: expect.any(String) });
  const listed = (await call("GET", `/conversations/${sms.body.conversationId}/messages`)).body.messages;
  expect(listed).toMatchObject({ nextPage: false, lastMessageId: sms.body.messageId });
  expect(listed.messages).toMatchObject([
    { messageType: "TYPE_EMAIL", direction: "outbound", body: "<p>Offer</p>", contentType: "text/html" },
    { messageType: "TYPE_SMS", type: 2, body: "Hello", status: "sent" },
  ]);
  const email = (await call("GET", `/conversations/messages/email/${mail.body.emailMessageId}`)).body;
  expect(email).toMatchObject({ subject: "Your offer", from: "office@harbourlight.example", to: ["ann@x.example"] });
});

test("EH332 what can not be sent is refused: nothing to say, no address, or a contact not to be disturbed", async () => {
  const { call, send, add, contactId } = await withContact();
  expect((await send({})).status).toBe(400);
  expect((await send({ message: "Hi", type: "Pigeon" })).status).toBe(422);
  expect((await send({ message: "Hi", colour: "red" })).body.message).toEqual(["property colour should not exist"]);
  const silent = await add({ firstName: "Bob" });
  expect((await send({ message: "Hi", contactId: silent })).status).toBe(400);
  expect((await send({ message: "Hi", contactId: silent, type: "Email" })).status).toBe(400);
  await call("PUT", `/contacts/${contactId}`, { dndSettings: { SMS: { status: "active" } } });
  expect((await send({ message: "Hi" })).status).toBe(400);
  expect((await send({ message: "Hi", type: "Email" })).status).toBe(200);
});

test("EH333 messages are read page by page and by kind, one level deeper or not, by quirk", async () => {
  const { call, send, clock, emulator } = await withContact();
  let conversationId = "";
  for (const message of ["one", "two", "three"]) {
    conversationId = (await send({ message })).body.conversationId;
    clock.advance(1_000);
  }
  emulator.control.quirks.set({ messageListAs: "flat" });
  const list = async (more: string) => (await call("GET", `/conversations/${conversationId}/messages?${more}`)).body;
  const first = await list("limit=2");
  expect([first.nextPage, first.messages.map(({ body }: { body: string }) => body)]).toEqual([true, ["three", "two"]]);
  const second = await list(`limit=2&lastMessageId=${first.lastMessageId}`);
  expect([second.nextPage, second.messages[0].body]).toEqual([false, "one"]);
  expect((await list("type=TYPE_EMAIL")).messages).toEqual([]);
  const path = `/conversations/messages/${second.lastMessageId}`;
  expect((await call("GET", path)).body.body).toBe("one");
  emulator.control.quirks.set({ messageReadAs: "message" });
  expect((await call("GET", path)).body.message.body).toBe("one");
});

test("EH334 the location's messages are exported with a cursor, by contact, channel and date", async () => {
  const { call, send, add, locationId, clock } = await withContact();
  for (let number = 0; number < 12; number += 1) {
    await send({ message: `Note ${number}` });
    clock.advance(1_000);
  }
  const bob = await add({ firstName: "Bob", email: "bob@x.example" });
  await send({ contactId: bob, type: "Email", message: "Hi" });
  const path = `/conversations/messages/export?locationId=${locationId}`;
  const first = (await call("GET", `${path}&limit=10&sortOrder=asc`)).body;
  expect([first.messages.length, first.total]).toEqual([10, 13]);
  const second = (await call("GET", `${path}&limit=10&sortOrder=asc&cursor=${first.nextCursor}`)).body;
  expect([second.messages[0].body, second.messages.length, second.nextCursor]).toEqual(["Note 10", 3, null]);
  expect((await call("GET", `${path}&channel=Email`)).body.total).toBe(1);
  expect((await call("GET", `${path}&contactId=${bob}`)).body.total).toBe(1);
  const since = new Date(clock.now()).toISOString();
  expect((await call("GET", `${path}&startDate=${since}`)).body.total).toBe(1);
  expect((await call("GET", `${path}&limit=9`)).status).toBe(422);
});

test("EH335 a message that came in makes the conversation unread, and both are told", async () => {
  const { call, contactId, locationId, events } = await withContact();
  const { id } = (await call("POST", "/conversations/", { locationId, contactId })).body.conversation;
  const body = { type: "SMS", conversationId: id, conversationProviderId: "prv1", message: "Are you open?" };
  const taken = await call("POST", "/conversations/messages/inbound", body);
  expect(taken.body).toMatchObject({ success: true, conversationId: id, contactId });
  expect((await call("GET", `/conversations/${id}`)).body.unreadCount).toBe(1);
  const [inbound, unread] = await events("InboundMessage", "ConversationUnreadUpdate");
  expect(inbound).toMatchObject({ messageType: "SMS", direction: "inbound", body: "Are you open?", contactId });
  expect(unread).toMatchObject({ id, contactId, unreadCount: 1, deleted: false });
  const { conversationProviderId, ...incomplete } = body;
  expect((await call("POST", "/conversations/messages/inbound", incomplete)).status).toBe(422);
  expect((await call("POST", "/conversations/messages/inbound", { ...body, conversationId: "x" })).status).toBe(404);
});

test("EH336 a sent message is told with its channel, an e-mail with its subject and addresses", async () => {
  const { send, events } = await withContact();
  await send({ message: "Hello" });
  await send({ type: "Email", html: "<p>Offer</p>", subject: "Your offer" });
  const [sms, email] = await events("OutboundMessage");
  expect(sms).toMatchObject({ messageType: "SMS", body: "Hello", direction: "outbound" });
  expect(sms).not.toHaveProperty("subject");
  expect(email).toMatchObject({ messageType: "Email", subject: "Your offer", to: ["ann@x.example"] });
});

test("EH337 a message can be sent later, and taken back until then", async () => {
  const { call, send, clock, events } = await withContact();
  const scheduledTimestamp = clock.now() / 1_000 + 60;
  const early = (await send({ message: "Go", scheduledTimestamp })).body.messageId;
  const never = (await send({ message: "Stop", scheduledTimestamp })).body.messageId;
  expect((await call("GET", `/conversations/messages/${early}`)).body.status).toBe("scheduled");
  expect((await call("DELETE", `/conversations/messages/${never}/schedule`)).status).toBe(200);
  expect(await events("OutboundMessage")).toEqual([]);
  clock.advance(60_000);
  expect((await events("OutboundMessage")).map(({ body }) => body)).toEqual(["Go"]);
  expect((await call("DELETE", `/conversations/messages/${early}/schedule`)).status).toBe(400);
});

test("EH338 conversations are searched by contact, state and last message, the newest first, and continued", async () => {
  const { call, send, add, contactId, locationId, clock } = await withContact();
  const bob = await add({ firstName: "Bob", email: "bob@x.example" });
  await send({ message: "Hello" });
  clock.advance(1_000);
  await send({ contactId: bob, type: "Email", message: "Hi" });
  const search = async (more = "") => (await call("GET", `/conversations/search?locationId=${locationId}${more}`)).body;
  const people = (body: { conversations: { contactName: string }[] }) =>
    body.conversations.map(({ contactName }) => contactName);
  expect(people(await search())).toEqual(["Bob", "Ann"]);
  expect(people(await search("&sort=asc"))).toEqual(["Ann", "Bob"]);
  expect(people(await search(`&contactId=${contactId}`))).toEqual(["Ann"]);
  expect(people(await search("&lastMessageType=TYPE_EMAIL"))).toEqual(["Bob"]);
  expect(people(await search("&status=unread"))).toEqual([]);
  expect(people(await search(`&startDate=${clock.now()}`))).toEqual(["Bob"]);
  expect(people(await search(`&endDate=${clock.now() - 1}`))).toEqual(["Ann"]);
  const first = await search("&limit=1");
  expect(people(await search(`&limit=1&startAfterDate=${first.conversations[0].sort[0]}`))).toEqual(["Ann"]);
});

test("EH339 an app's own provider reports how a message fared", async () => {
  const { call, send } = await withContact();
  const { messageId } = (await send({ message: "Hello" })).body;
  const path = `/conversations/messages/${messageId}`;
  expect((await call("PUT", `${path}/status`, { status: "failed" })).body.messageId).toBe(messageId);
  expect((await call("GET", path)).body.status).toBe("failed");
  expect((await call("PUT", `${path}/status`, { status: "eaten" })).status).toBe(422);
  const { emailMessageId } = (await send({ type: "Email", message: "Hello" })).body;
  const email = `/conversations/messages/email/${emailMessageId}`;
  expect((await call("PUT", `${email}/status`, { status: "read" })).status).toBe(404);
  await call("PUT", `${email}/status`, { status: "read" }, { version: "v3" });
  expect((await call("GET", email)).body.status).toBe("read");
});

test("EH369 a call that was made elsewhere is noted in the conversation", async () => {
  const { call, contactId, locationId } = await withContact();
  const { id } = (await call("POST", "/conversations/", { locationId, contactId })).body.conversation;
  const body = { type: "Call", conversationId: id, conversationProviderId: "prv1", call: { status: "completed" } };
  expect((await call("POST", "/conversations/messages/outbound", body)).body.success).toBe(true);
  const { messages } = (await call("GET", `/conversations/${id}/messages`)).body.messages;
  expect(messages).toMatchObject([{ messageType: "TYPE_CALL", direction: "outbound" }]);
  expect((await call("POST", "/conversations/messages/outbound", { ...body, type: "SMS" })).status).toBe(422);
});
