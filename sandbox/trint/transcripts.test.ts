import { expect, test } from "vitest";
import { basic, setUp } from "./testing.ts";

const HOOK = "https://hub.example/hooks/secret";
const META = JSON.stringify({ contactId: "hub-1" });

test("ER1 a recording is uploaded, transcribed in time, listed and told of with what it was given", async () => {
  const { upload, call, clock, emulator, received } = setUp();
  await call("PUT", "/callbacks/transcript/", { callbackUrl: HOOK, callbackSubscriptions: ["TRANSCRIPT_COMPLETE"] });
  const id = await upload({ filename: "call.mp3", metadata: META, language: "en-GB" });
  await emulator.control.webhooks.flush();
  expect(received).toEqual([]);
  clock.advance(30_000);
  await emulator.control.webhooks.flush();
  const told = { eventType: "TRANSCRIPT_COMPLETE", transcriptId: id, title: "call.mp3", metadata: META };
  expect(received).toMatchObject([{ url: HOOK, body: told }]);
  const row = { id, title: "call.mp3", metadata: META, language: "en-GB", duration: 12_000, fileType: "TRANSCRIPT" };
  expect((await call("GET", "/transcripts/")).body).toMatchObject([row]);
  expect((await call("GET", `/transcripts/file/${id}`)).body).toMatchObject(row);
  expect((await call("GET", "/transcripts/file/none")).status).toBe(404);
  emulator.control.quirks.set({ readsFile: false });
  expect((await call("GET", `/transcripts/file/${id}`)).status).toBe(404);
});

test("ER2 an export is not found until the words are there, forbidden for another's, and then lies at an address for a while", async () => {
  const { upload, call, clock } = setUp();
  const id = await upload({ filename: "call.mp3" });
  const early = await call("GET", `/export/text/${id}`);
  expect([early.status, early.text]).toEqual([404, "Not Found"]);
  clock.advance(30_000);
  const { title, url } = (await call("GET", `/export/text/${id}`)).body;
  expect(title).toBe("call.mp3");
  const bare = { authorization: undefined };
  expect(url).toMatch(/^http:\/\/[^/]+\/signed\//);
  expect((await call("GET", url, undefined, bare)).text).toContain("Guest: I would like the second quote");
  expect((await call("GET", url)).status).toBe(400);
  clock.advance(600_000);
  expect((await call("GET", url, undefined, bare)).status).toBe(403);
  const others = await call("GET", "/export/text/none");
  expect([others.status, others.text]).toEqual([403, "Forbidden"]);
});

test("ER3 every format can be taken out, words one by one as JSON and the whole as a page", async () => {
  const { upload, call, clock } = setUp();
  const id = await upload({ filename: "call.mp3" });
  clock.advance(30_000);
  const formats =
    "text docx srt webvtt xml edl premiere-xml avid-ds spruce-stl vantage-xml csv/full csv/highlights csv/comments csv/markers";
  for (const format of [
    ...formats.split(" "),
    "story-builder/docx",
    "story-builder/edl",
    "story-builder/project_xml",
  ]) {
    expect((await call("GET", `/export/${format}/${id}`)).body, format).toMatchObject({
      title: "call.mp3",
      url: expect.stringMatching(/^http:\/\/localhost:80\/signed\//),
    });
  }
  const json = (await call("GET", `/export/json/${id}`)).body;
  expect(json.words[0]).toMatchObject({ value: "Good", paragraphId: "p0" });
  expect(json.speakers[json.paragraphs.p1.speaker]).toEqual({ name: "Guest" });
  expect((await call("GET", `/export/html/${id}`)).text).toContain("<b>Guest</b>");
  expect((await call("GET", `/export/mp4/${id}`)).status).toBe(404);
});

test("ER4 the list is skipped through, narrowed to a drive or folder, and in the order of the quirk", async () => {
  const { call, emulator, upload, clock } = setUp();
  const { _id: drive } = (await call("GET", "/workspaces/")).body[0];
  const { _id: folder } = (await call("POST", "/folders/", { name: "May", workspaceId: drive })).body;
  const first = await upload({ filename: "one", "workspace-id": drive, "folder-id": folder });
  clock.advance(1_000);
  const second = await upload({ filename: "two" });
  const ids = async (query: string) =>
    (await call("GET", `/transcripts/?${query}`)).body.map(({ id }: { id: string }) => id);
  expect(await ids("")).toEqual([second, first]);
  expect(await ids("limit=1&skip=1")).toEqual([first]);
  expect(await ids(`sharedDriveId=${drive}&folderId=${folder}`)).toEqual([first]);
  emulator.control.quirks.set({ listOrder: "oldest" });
  expect(await ids("")).toEqual([first, second]);
  expect((await call("GET", "/transcripts/?limit=1001")).status).toBe(400);
});

test("ER5 what is being transcribed is in the list or not, by quirk", async () => {
  const { call, upload, clock } = setUp({ quirks: { listsUnfinished: false } });
  await upload();
  expect((await call("GET", "/transcripts/")).body).toEqual([]);
  clock.advance(30_000);
  expect((await call("GET", "/transcripts/")).body).toHaveLength(1);
});

test("ER6 an upload without media, to another's folder, or without credit is refused", async () => {
  const { call, emulator, upload } = setUp();
  const send = (query: string, body = "sound") =>
    call("POST", `/upload/?${query}`, body, { "content-type": "audio/mpeg" });
  expect((await call("POST", "/upload/", { no: "media" })).status).toBe(400);
  expect((await send("folder-id=none")).status).toBe(403);
  expect((await send("workspace-id=none")).status).toBe(403);
  await upload();
  for (const noCreditAs of ["402", "403", "400"] as const) {
    emulator.control.quirks.set({ credit: 1, noCreditAs });
    const refused = await send("");
    expect([refused.status, refused.text]).toEqual([Number(noCreditAs), "Transcription blocked, insufficient credit"]);
  }
});

test("ER7 what a user does in the editor is told of: verified, and a new version by quirk", async () => {
  const { emulator, received } = setUp({ webhookUrls: [HOOK] });
  const { id } = emulator.studio.shelve({ title: "Old call" }, 0);
  emulator.studio.verify(id);
  emulator.studio.edit(id, { title: "Old call, corrected" });
  emulator.control.quirks.set({ tellsNewVersion: false });
  emulator.studio.edit(id, { notes: "-" });
  await emulator.control.webhooks.flush();
  expect(received.map(({ body }) => body.eventType)).toEqual(["TRANSCRIPT_VERIFIED", "TRANSCRIPT_NEW_VERSION"]);
  expect(received[0]?.body).not.toHaveProperty("metadata");
});

test("ER8 an address stops being told when it is taken back; a second stands beside it or in its place, by quirk", async () => {
  const { call, emulator, received } = setUp();
  const register = (callbackUrl: string) =>
    call("PUT", "/callbacks/transcript/", { callbackUrl, callbackSubscriptions: ["TRANSCRIPT_VERIFIED"] });
  const verifyOne = async () => {
    emulator.studio.verify(emulator.studio.shelve({ title: "Call" }, 0).id);
    await emulator.control.webhooks.flush();
    return received.splice(0).map(({ url }) => url);
  };
  await register("https://one.example");
  await register("https://two.example");
  expect(await verifyOne()).toEqual(["https://one.example", "https://two.example"]);
  emulator.control.quirks.set({ callbacks: "one" });
  await register("https://three.example");
  expect(await verifyOne()).toEqual(["https://three.example"]);
  await call("DELETE", "/callbacks/transcript/", { callbackUrl: "https://three.example" });
  expect(await verifyOne()).toEqual([]);
  expect((await register("no address")).status).toBe(400);
  const wrong = { callbackUrl: HOOK, callbackSubscriptions: ["TRANSCRIPT_DELETED"] };
  expect((await call("PUT", "/callbacks/transcript/", wrong)).text).toBe("Unknown event: TRANSCRIPT_DELETED");
});

test("ER9 a key opens with id and secret, or as the single key of older accounts by quirk, until it is revoked", async () => {
  const { call, emulator } = setUp();
  const { keyId, keySecret, legacyKey } = emulator.signIn();
  const ask = async (headers: Readonly<Record<string, string | undefined>>) =>
    (await call("GET", "/workspaces/", undefined, { authorization: undefined, ...headers })).status;
  expect(await ask({ authorization: basic(keyId, keySecret) })).toBe(200);
  expect(await ask({ authorization: basic(keyId, "wrong") })).toBe(401);
  expect(await ask({ "api-key": legacyKey })).toBe(200);
  expect(await ask({})).toBe(401);
  emulator.control.quirks.set({ takesLegacyKey: false });
  expect(await ask({ "api-key": legacyKey })).toBe(401);
  emulator.revokeKeys();
  expect(await ask({ authorization: basic(keyId, keySecret) })).toBe(401);
});

test("ER10 over its limit a key is refused in plain words", async () => {
  const { call } = setUp({ limits: { off: false, requests: 1 } });
  await call("GET", "/workspaces/");
  const refused = await call("GET", "/workspaces/");
  expect([refused.status, refused.text]).toEqual([429, "Too Many Requests"]);
});

test("ER11 drives have their id under the key of the quirk, and folders lie in drives", async () => {
  const { call, emulator } = setUp();
  const [drive] = (await call("GET", "/workspaces/")).body;
  expect((await call("GET", "/workspaces/?include-archived=true")).body).toHaveLength(2);
  emulator.control.quirks.set({ driveIdAs: "workspaceId" });
  expect((await call("GET", `/workspaces/workspace?workspaceId=${drive._id}`)).body).toEqual({
    workspaceId: drive._id,
    name: drive.name,
  });
  const folder = (await call("POST", "/folders/", { name: "May", workspaceId: drive._id })).body;
  expect((await call("GET", `/folders/?workspace-id=${drive._id}`)).body).toEqual([folder]);
  expect((await call("GET", `/folders/folder?folderId=${folder._id}`)).body).toEqual(folder);
  expect((await call("GET", "/folders/")).body).toEqual([]);
  expect((await call("POST", "/folders/", { name: "-", parentId: "none" })).status).toBe(403);
});

test("ER12 transcripts are translated, streams followed and members listed, each under its own address", async () => {
  const { call, emulator } = setUp();
  const { id } = emulator.studio.shelve({ title: "Call" }, 0);
  const [{ languageCode: language }] = (await call("GET", "/translation/translation-languages")).body.data
    .translationLanguages;
  await call("POST", "/translation", { transcriptId: id, language });
  expect((await call("GET", `/translation?transcriptId=${id}`)).body.translations).toMatchObject([
    { languageCode: language },
  ]);
  expect((await call("DELETE", `/translation?transcriptId=${id}&language=${language}`)).body.translations).toEqual([]);
  expect((await call("POST", "/translation", { transcriptId: id, language: "xx" })).status).toBe(400);
  const live = (await call("PUT", "/transcripts/realtime/", { title: "Live" })).body;
  expect((await call("GET", `/transcripts/realtime/${live.id}`)).body.status).toBe("TRANSCRIBING");
  expect((await call("DELETE", "/transcripts/realtime/", { id: live.id })).body.status).toBe("STOPPED");
  expect((await call("POST", "/transcripts/realtime/push")).body).toHaveProperty("streamKey");
  expect((await call("GET", "/scim/v2/Users")).body.totalResults).toBe(2);
  expect((await call("POST", "/scim/v2/Users/.search", {})).body.totalResults).toBe(2);
  expect((await call("GET", "/scim/v2/Groups")).body.totalResults).toBe(1);
});

test("ER13 users act through the control address, and a stale read shows what was before", async () => {
  const { call, emulator } = setUp();
  const made = (await call("POST", "/_control/contacts", { title: "Fitting", metadata: META })).body;
  await call("PATCH", `/_control/contacts/${made.id}`, { title: "Fitting, 2nd" });
  expect((await call("POST", `/_control/transcripts/${made.id}/verify`)).body.isVerified).toBe(true);
  expect(emulator.control.contacts.list("2nd").total).toBe(1);
  emulator.studio.edit(made.id, { title: "Fitting, 3rd" });
  emulator.control.faults.set([{ match: {}, effect: "stale-read", times: 1 }]);
  expect((await call("GET", `/transcripts/file/${made.id}`)).body.title).toBe("Fitting, 2nd");
  await call("DELETE", `/_control/contacts/${made.id}`);
  expect((await call("GET", "/transcripts/")).body).toEqual([]);
  expect(emulator.control.reset(1, 9)).toEqual({ count: 9 });
});
