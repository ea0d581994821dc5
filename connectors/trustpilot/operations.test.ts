import { expect } from "vitest";
import { trustpilotWorld } from "../../test/trustpilotWorld.ts";
import { type Bag, type CatalogueCase, type CatalogueRun, describeCatalogue } from "../catalogueConformance.ts";
import { trustpilot } from "./index.ts";

type World = Awaited<ReturnType<typeof trustpilotWorld>>;
type Case = CatalogueCase<World>;
type Run = CatalogueRun<World>;

const ANA = { email: "ana@example.com", name: "Ana", stars: 4, title: "Good", isInvited: true };

const aReview = ({ emulator }: Run): Bag => ({ reviewId: emulator.reviewers.write(ANA).id });
const aConsumer = ({ emulator }: Run): Bag => ({ consumerId: emulator.reviewers.write(ANA).consumerId });
const aProductReview = ({ emulator }: Run): Bag => ({
  reviewId: emulator.reviewers.writeOfProduct({ sku: "S1", stars: 4, email: "ana@example.com" }).id,
});
const domain = ({ emulator }: Run): Bag => ({ name: emulator.signIn().domain });

async function aConversation(world: Run): Promise<Bag> {
  const { conversationId } = await world.run("conversation.create", aProductReview(world));
  return { conversationId };
}

async function aComment(world: Run): Promise<Bag> {
  const { conversationId } = await aConversation(world);
  const { commentId } = await world.run("comment.create", { conversationId, content: "Which one?" });
  return { conversationId, commentId };
}

/** A read of something that is there: its answer says something. */
function says(input?: Case["input"]): Case {
  return {
    ...(input && { input }),
    after: (_world, _input, { answer }) => expect(Object.keys(Object(answer)).length).toBeGreaterThan(0),
  };
}

/** A read of a list that holds this many. */
function holds(name: string, count: number, input?: Case["input"]): Case {
  return {
    ...(input && { input }),
    after: (_world, _input, output) => expect(Object(output[name])).toHaveLength(count),
  };
}

async function tagged(world: Run): Promise<Bag> {
  const one = aReview(world);
  await world.run("review.addTags", { ...one, tags: [{ group: "Generic", value: "vip" }] });
  return one;
}

const UNIT_PARTS = "read profile links categories images logo header promotionImage promotionBox promotion guarantee";
const RESOURCES = "images icons logos locales countries starImages starWords";

const CASES: Readonly<Record<string, Case>> = {
  "review.list": holds("reviews", 0, (world) => {
    aReview(world); // four stars, where one and two are asked for
    return {};
  }),
  "review.read": {
    input: aReview,
    after: (_world, _input, { review }) => expect(review).toMatchObject({ stars: 4, referralEmail: "ana@example.com" }),
  },
  "review.reply": {
    input: aReview,
    after: async ({ run }, { reviewId }) =>
      expect(await run("review.read", { reviewId })).toMatchObject({
        review: { companyReply: { text: "Thank you!" } },
      }),
  },
  "review.deleteReply": {
    input: async (world) => {
      const one = aReview(world);
      await world.run("review.reply", { ...one, message: "Thank you!" });
      return one;
    },
    after: async ({ run }, { reviewId }) =>
      expect(await run("review.read", { reviewId })).not.toHaveProperty("review.companyReply"),
  },
  "review.tags": holds("tags", 1, tagged),
  "review.addTags": holds("tags", 2, async (world) => ({
    ...(await tagged(world)),
    tags: [{ group: "Generic", value: "regular" }],
  })),
  "review.setTags": holds("tags", 1, async (world) => ({
    ...(await tagged(world)),
    tags: [{ group: "Generic", value: "regular" }],
  })),
  "review.deleteTag": {
    input: tagged,
    after: async ({ run }, { reviewId }) => expect(await run("review.tags", { reviewId })).toEqual({ tags: [] }),
  },
  "review.findReviewer": { input: aReview, after: (_world, _input, output) => expect(output.succeeded).toBe(true) },
  "review.public": says(aReview),
  "review.likes": says(aReview),
  "review.links": says(aReview),
  "review.latest": says(),
  "invitation.templates": holds("templates", 2),
  "invitation.send": {
    after: async ({ emulator, run }, input) => {
      expect(emulator.invitations()).toMatchObject([{ email: "mia@example.com", referenceId: "person-123" }]);
      await expect(run("invitation.send", input)).rejects.toMatchObject({ kind: "rejected" });
      expect(emulator.invitations()).toHaveLength(1);
    },
  },
  "invitation.link": {
    after: ({ emulator }, _input, { url }) => {
      expect(String(url)).toMatch(/^https:/);
      expect(emulator.invitations()).toMatchObject([{ kind: "link", email: "mia@example.com" }]);
    },
  },
  "invitation.forget": {
    input: async ({ run }) => {
      await run("invitation.link", { email: "mia@example.com", name: "Mia", referenceId: "r", locale: "en-US" });
      return {};
    },
    after: ({ emulator }) => expect(emulator.invitations()).toEqual([]),
  },
  "product.upsert": {
    after: async ({ run }) =>
      expect(await run("product.list")).toMatchObject({ products: [{ sku: "S1", title: "Lamp" }] }),
  },
  "product.list": holds("products", 1, async ({ run }) => {
    await run("product.upsert", { products: [{ sku: "S1", title: "Lamp" }] });
    return {};
  }),
  "productReview.list": holds("productReviews", 1, (world) => {
    aProductReview(world);
    return {};
  }),
  "productReview.read": {
    input: aProductReview,
    after: (_world, _input, { review }) => expect(review).toMatchObject({ stars: 4 }),
  },
  "productReview.summaries": says(),
  "productReview.invitationLink": {
    after: (_world, _input, { url, id }) => expect([typeof url, typeof id]).toEqual(["string", "string"]),
  },
  "productReview.summary": says(),
  "productReview.public": says(),
  "productReview.imported": says(),
  "productReview.importedSummaries": says(),
  "productReview.batchSummaries": holds("summaries", 1),
  "productReview.attributeSummaries": holds("summaries", 1),
  "conversation.create": {
    input: aProductReview,
    after: async ({ run }, _input, { conversationId }) =>
      expect(await run("conversation.read", { conversationId })).toMatchObject({ answer: { id: conversationId } }),
  },
  "conversation.read": says(aConversation),
  "conversation.public": says(async (world) => {
    const one = await aConversation(world);
    await world.run("conversation.setState", { ...one, state: "public" });
    return one;
  }),
  "conversation.setState": {
    input: aConversation,
    after: async ({ run }, { conversationId }) =>
      expect(await run("conversation.public", { conversationId })).toMatchObject({ answer: { state: "public" } }),
  },
  "comment.create": {
    input: aConversation,
    after: async ({ run }, { conversationId }, { commentId }) =>
      expect(await run("comment.read", { conversationId, commentId })).toMatchObject({ content: "Which one was it?" }),
  },
  "comment.read": {
    input: aComment,
    after: (_world, _input, output) => expect(output.content).toBe("Which one?"),
  },
  "comment.update": {
    input: aComment,
    after: async ({ run }, { conversationId, commentId }) =>
      expect(await run("comment.read", { conversationId, commentId })).toMatchObject({ content: "Which of them?" }),
  },
  "unit.find": says(domain),
  "unit.search": says(),
  "unit.list": says(),
  "unit.reviews": says(),
  "unit.allReviews": says(),
  ...Object.fromEntries(UNIT_PARTS.split(" ").map((part) => [`unit.${part}`, says()])),
  "consumer.read": says(aConsumer),
  "consumer.profile": says(aConsumer),
  "consumer.reviews": says(aConsumer),
  "consumer.links": says(aConsumer),
  "consumer.profiles": holds("consumers", 1, (world) => ({ consumerIds: [aConsumer(world).consumerId] })),
  "consumer.createDisplayName": { after: (_world, _input, output) => expect(output.displayName).toBe("Mia") },
  "consumer.validateDisplayName": { after: (_world, _input, output) => expect(output.isValid).toBe(true) },
  "category.list": says(),
  "category.read": says(),
  "category.units": says(),
  ...Object.fromEntries(RESOURCES.split(" ").map((part) => [`resource.${part}`, says()])),
  "domain.availability": says(),
};

describeCatalogue({ connector: trustpilot, makeWorld: trustpilotWorld, cases: CASES });
