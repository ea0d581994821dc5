import { expect } from "vitest";
import { trintWorld } from "../../test/trintWorld.ts";
import { type Bag, type CatalogueCase, type CatalogueRun, describeCatalogue } from "../catalogueConformance.ts";
import { trint } from "./index.ts";

type World = Awaited<ReturnType<typeof trintWorld>>;
type Case = CatalogueCase<World>;

/** A read: this list of its answer must hold something. */
function fills(name: string, input?: Case["input"]): Case {
  return {
    ...(input && { input }),
    after: (_world, _input, output) => expect(Object(output[name]).length).toBeGreaterThan(0),
  };
}

/** A transcript that is finished. */
async function finished({ emulator, clock }: World): Promise<Bag> {
  const { id } = emulator.control.contacts.create({ title: "First visit.mp3", text: "Good morning" });
  await clock.advance(60_000);
  return { transcriptId: id };
}

/** An address that leads to the file, without the key. */
function leadsTo(words: string, given = finished): Case {
  return {
    input: given,
    after: async (_world, _input, { url }) => expect(await (await fetch(String(url))).text()).toContain(words),
  };
}

async function story(world: World): Promise<Bag> {
  return { storyId: (await finished(world)).transcriptId };
}

async function folder({ run }: CatalogueRun<World>): Promise<Bag> {
  return { folderId: Object((await run("folder.create", { name: "Interviews" })).folder)._id };
}

async function drive({ run }: CatalogueRun<World>): Promise<Bag> {
  const [first] = Object((await run("drive.list")).drives);
  return { workspaceId: first._id };
}

async function translated(world: CatalogueRun<World>): Promise<Bag> {
  const { transcriptId } = await finished(world);
  await world.run("translation.create", { transcriptId, language: "de" });
  return { transcriptId };
}

async function started({ run }: CatalogueRun<World>): Promise<string> {
  return String((await run("live.start", { title: "Press conference" })).id);
}

const HOOK = "https://hub.example/hooks";

const CASES: Readonly<Record<string, Case>> = {
  "transcript.upload": {
    input: () => ({ metadata: '{"email":"mia@example.com"}', language: "de" }),
    after: async ({ run }, _input, { trintId }) =>
      expect(await run("transcript.list")).toMatchObject({
        transcripts: [
          { id: trintId, title: "First visit.mp3", metadata: '{"email":"mia@example.com"}', language: "de" },
        ],
      }),
  },
  "transcript.list": fills("transcripts", async (world) => {
    await finished(world);
    return {};
  }),
  "transcript.read": {
    input: finished,
    after: (_world, { transcriptId }, output) =>
      expect(output.transcript).toMatchObject({ id: transcriptId, title: "First visit.mp3" }),
  },
  "export.text": leadsTo("Ines Moreau: Good morning"),
  "export.docx": leadsTo("docx: First visit.mp3"),
  "export.srt": leadsTo("00:00:00,000 --> 00:00:04,000"),
  "export.webvtt": leadsTo("WEBVTT"),
  "export.xml": leadsTo("xml: First visit.mp3"),
  "export.edl": leadsTo("edl: First visit.mp3"),
  "export.premiereXml": leadsTo("premiere-xml: First visit.mp3"),
  "export.avidDs": leadsTo("avid-ds: First visit.mp3"),
  "export.spruceStl": leadsTo("spruce-stl: First visit.mp3"),
  "export.vantageXml": leadsTo("vantage-xml: First visit.mp3"),
  "export.csvFull": leadsTo('"Ines Moreau","Good morning"'),
  "export.csvHighlights": leadsTo("csv/highlights: First visit.mp3"),
  "export.csvComments": leadsTo("csv/comments: First visit.mp3"),
  "export.csvMarkers": leadsTo("csv/markers: First visit.mp3"),
  "export.json": fills("words", finished),
  "export.html": {
    input: finished,
    after: (_world, _input, { html }) => expect(html).toContain("<b>Ines Moreau</b> Good morning"),
  },
  "story.docx": leadsTo("docx: First visit.mp3", story),
  "story.edl": leadsTo("edl: First visit.mp3", story),
  "story.projectXml": leadsTo("project_xml: First visit.mp3", story),
  "folder.list": fills("folders", async (world) => {
    await folder(world);
    return {};
  }),
  "folder.read": {
    input: folder,
    after: (_world, { folderId }, output) => expect(output.folder).toMatchObject({ _id: folderId, name: "Interviews" }),
  },
  "folder.create": {
    input: async (world) => ({ name: "Deeper", parentId: (await folder(world)).folderId }),
    after: async ({ run }, _input, output) => expect((await run("folder.list")).folders).toContainEqual(output.folder),
  },
  "drive.list": fills("drives"),
  "drive.read": {
    input: drive,
    after: (_world, { workspaceId }, output) => expect(output.drive).toMatchObject({ _id: workspaceId }),
  },
  "callback.register": {
    after: (_world, _input, output) =>
      expect(output).toEqual({ callbackUrl: HOOK, callbackSubscriptions: ["TRANSCRIPT_COMPLETE"] }),
  },
  "callback.remove": {
    input: async ({ run }) => {
      await run("callback.register", { callbackUrl: HOOK, callbackSubscriptions: ["TRANSCRIPT_VERIFIED"] });
      return {};
    },
    after: (_world, _input, output) => expect(output.callbackSubscriptions).toEqual(["TRANSCRIPT_VERIFIED"]),
  },
  "translation.languages": {
    after: (_world, _input, { data }) => expect(Object(data).translationLanguages.length).toBeGreaterThan(0),
  },
  "translation.create": {
    input: finished,
    after: async ({ run }, { transcriptId }) =>
      expect(await run("translation.list", { transcriptId })).toMatchObject({ translations: [{ languageCode: "de" }] }),
  },
  "translation.list": fills("translations", translated),
  "translation.delete": {
    input: translated,
    after: async ({ run }, { transcriptId }) =>
      expect(await run("translation.list", { transcriptId })).toMatchObject({ translations: [] }),
  },
  "live.start": {
    after: async ({ run }, _input, { id }) =>
      expect(await run("live.read", { liveId: id })).toMatchObject({ status: "TRANSCRIBING" }),
  },
  "live.stop": {
    input: async (world) => ({ id: await started(world) }),
    after: async ({ run }, { id }) =>
      expect(await run("live.read", { liveId: id })).toMatchObject({ status: "STOPPED" }),
  },
  "live.read": {
    input: async (world) => ({ liveId: await started(world) }),
    after: (_world, { liveId }, output) => expect(output).toMatchObject({ id: liveId, status: "TRANSCRIBING" }),
  },
  "live.push": { after: (_world, _input, { streamUrl }) => expect(streamUrl).toMatch(/^rtmp:/) },
  "member.list": fills("Resources"),
  "member.search": fills("Resources"),
  "group.list": fills("Resources"),
};

describeCatalogue({ connector: trint, makeWorld: trintWorld, cases: CASES });
