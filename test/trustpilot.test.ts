import { afterEach, expect, test } from "vitest";
import { createTrustpilotEmulator, type TrustpilotEmulator } from "../sandbox/trustpilot/index.ts";
import { aPair, makeCustomFields, type PairedPartner, type PairWorld } from "./pairWorld.ts";

/** HighLevel and Trustpilot in step, from one emulator through the hub to the other. */

type Trustpilot = PairedPartner & { readonly emulator: TrustpilotEmulator };
type World = PairWorld<Trustpilot>;

const SECRET = "a-secret-of-twenty-four-letters";

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** The custom fields that the score is kept in are made first, as its owner would. */
async function open(): Promise<World> {
  world = await aPair<Trustpilot>({
    children: ["note", "task"],
    makePartner: ({ clock, random, deliver }) => {
      const emulator = createTrustpilotEmulator({
        ...{ now: clock.now, after: clock.after, random, deliver, limits: { off: true } },
        webhookUrls: [`https://kith.example/hooks/trustpilot/trustpilot/${SECRET}`],
      });
      const { apiKey, apiSecret, businessUnitId, businessUserId } = emulator.signIn();
      return {
        ...{ id: "trustpilot", emulator, ask: emulator.ask, close: emulator.close },
        paths: { api: "/v1", invitations: "/invitations/v1", consent: "/authenticate" },
        settings: { webhookSecret: SECRET, businessUnitId, businessUserId },
        credential: { kind: "consent", clientId: apiKey, clientSecret: apiSecret },
      };
    },
    before: (highlevel) =>
      makeCustomFields(highlevel, {
        "Trustpilot score": "NUMERICAL",
        "Trustpilot reviews": "NUMERICAL",
        "Trustpilot id": "TEXT",
      }),
  });
  return world;
}

const ANA = { firstName: "Ana", lastName: "Ruiz", email: "ana@example.com" };
const REVIEW = {
  email: "ana@example.com",
  name: "Ana R.",
  stars: 2,
  title: "Late",
  text: "Two weeks",
  isInvited: true,
};

function contacts({ highlevel }: World) {
  return highlevel.control.contacts.list("", 0, 50).contacts;
}

function texts(
  found: readonly { readonly fields: Readonly<Record<string, unknown>> }[],
  key: string,
): readonly string[] {
  return found.map(({ fields }) =>
    String(fields[key])
      .replaceAll(/<[^>]*>/g, " ")
      .trim(),
  );
}

test("TA05 a contact of HighLevel is looked up at Trustpilot, and its stars stand in custom fields with a note beside", async () => {
  const at = await open();
  const { consumerId } = at.partner.emulator.reviewers.write(REVIEW);
  await at.settle();
  const before = contacts(at).length;
  const { id } = at.highlevel.control.contacts.create({ ...ANA, email: "ben@example.com" });
  at.partner.emulator.reviewers.write({ ...REVIEW, email: "ben@example.com", stars: 5 });
  await at.settle();
  const ana = contacts(at).find(({ fields }) => fields.email === "ana@example.com");
  expect([before, contacts(at).length]).toEqual([1, 2]);
  expect(ana?.fields).toMatchObject({
    "custom.trustpilot_score": "2",
    "custom.trustpilot_reviews": "1",
    "custom.trustpilot_id": consumerId,
  });
  expect(contacts(at).find((contact) => contact.id === id)?.fields).toMatchObject({ "custom.trustpilot_score": "5" });
  expect(texts(at.highlevel.children.list("notes", id), "body")).toEqual([expect.stringContaining("Two weeks")]);
  expect(await at.troubles()).toEqual([]);
});

test("TA06 a task of HighLevel is mirrored beside Trustpilot with its due date", async () => {
  const at = await open();
  const { id } = at.highlevel.control.contacts.create(ANA);
  const dueAt = "2031-03-04T09:30:00.000Z";
  at.highlevel.children.create("tasks", id, { title: "Call", dueAt, isCompleted: "false" });
  await at.settle();
  const book = { workspaceId: "acme", connectionId: "trustpilot" };
  const kept = async () => (await at.store.books.page(book, "task", {})).records;
  expect(await kept()).toMatchObject([{ origin: "hub", fields: { title: "Call", dueAt, isCompleted: false } }]);
});

test("TA07 a task that is edited on either side is edited on the other", async () => {
  const at = await open();
  const { id } = at.highlevel.control.contacts.create(ANA);
  const { children } = at.highlevel;
  const task = children.create("tasks", id, { title: "Call", dueAt: "2031-03-04T09:30:00.000Z", isCompleted: "false" });
  await at.settle();
  children.edit("tasks", task.id, { title: "Call twice" });
  await at.advance(1_800_000);
  const book = { workspaceId: "acme", connectionId: "trustpilot" };
  const [kept] = (await at.store.books.page(book, "task", {})).records;
  expect(kept?.fields.title).toBe("Call twice");
});

test("TA08 a review with few stars makes one follow-up task in HighLevel, and a good one none", async () => {
  const at = await open();
  const { id } = at.highlevel.control.contacts.create(ANA);
  await at.settle();
  at.partner.emulator.reviewers.write(REVIEW);
  at.partner.emulator.reviewers.write({ ...REVIEW, stars: 5 });
  await at.settle();
  await at.settle();
  expect(texts(at.highlevel.children.list("tasks", id), "title")).toEqual(["Follow up: 2 of 5 stars on Trustpilot"]);
});

test("TA09 a review is a note in HighLevel within seconds, and follows when it is edited or deleted", async () => {
  const at = await open();
  const { id } = at.highlevel.control.contacts.create(ANA);
  await at.settle();
  const review = at.partner.emulator.reviewers.write(REVIEW);
  await at.advance(10_000);
  const notes = () => texts(at.highlevel.children.list("notes", id), "body");
  expect(notes()).toEqual([expect.stringContaining("Two weeks")]);
  at.partner.emulator.reviewers.edit(review.id, { text: "Mended at once" });
  await at.advance(10_000);
  expect(notes()).toEqual([expect.stringContaining("Mended at once")]);
  at.partner.emulator.reviewers.remove(review.id);
  await at.settle();
  expect(notes()).toEqual([]);
});

test("TA09 a note is made once, however often the hub is killed meanwhile", async () => {
  const at = await open();
  const { id } = at.highlevel.control.contacts.create(ANA);
  await at.settle();
  at.partner.emulator.reviewers.write(REVIEW);
  for (let step = 0; step < 40; step += 1) {
    await at.advance(1 + step);
    await at.killAndRestart();
  }
  await at.settle();
  expect([at.highlevel.children.list("notes", id).length, at.highlevel.children.list("tasks", id).length]).toEqual([
    1, 1,
  ]);
});
