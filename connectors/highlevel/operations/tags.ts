import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { id, required, Succeeded, Text } from "./shapes.ts";

const action = actionsOf({
  subject: "Tags of the location",
  module: "locations",
  scopes: { reads: "locations/tags.readonly", writes: "locations/tags.write" },
});

const Tag = z.object({ id: z.string(), name: Text, locationId: Text });
const ONE = { tagId: id("Id of the tag.") };
const NAME = { name: required("Name of the tag; HighLevel keeps it in lower case.") };
const EXAMPLE = { id: "R3Y5rWTjRrdvwGfFrYaX", name: "customer", locationId: "ve9EPM428h8vShlRW1KT" };
const ONE_EXAMPLE = { tagId: EXAMPLE.id };

/** The tags that contacts of the location can have. */
export const tags = [
  action({
    id: "tag.list",
    title: "List the tags of the location",
    description: "Lists every tag that the location knows.",
    effect: "reads",
    method: "GET",
    path: "/locations/{locationId}/tags",
    input: {},
    output: { tags: z.array(Tag) },
    example: { input: {}, output: { tags: [EXAMPLE] } },
  }),
  action({
    id: "tag.create",
    title: "Create a tag",
    description: "Makes a new tag for the location, on no contact yet.",
    effect: "creates",
    method: "POST",
    path: "/locations/{locationId}/tags",
    input: NAME,
    output: { tag: Tag },
    example: { input: { name: "partner" }, output: { tag: { ...EXAMPLE, name: "partner" } } },
  }),
  action({
    id: "tag.read",
    title: "Read a tag",
    description: "Shows one tag of the location.",
    effect: "reads",
    method: "GET",
    path: "/locations/{locationId}/tags/{tagId}",
    input: ONE,
    output: { tag: Tag },
    example: { input: ONE_EXAMPLE, output: { tag: EXAMPLE } },
  }),
  action({
    id: "tag.update",
    title: "Rename a tag",
    description: "Gives one tag of the location another name.",
    effect: "changes",
    method: "PUT",
    path: "/locations/{locationId}/tags/{tagId}",
    input: { ...ONE, ...NAME },
    output: { tag: Tag },
    example: { input: { ...ONE_EXAMPLE, name: "client" }, output: { tag: { ...EXAMPLE, name: "client" } } },
  }),
  action({
    id: "tag.delete",
    title: "Delete a tag",
    description: "Deletes one tag of the location.",
    effect: "deletes",
    method: "DELETE",
    path: "/locations/{locationId}/tags/{tagId}",
    input: ONE,
    output: Succeeded,
    example: { input: ONE_EXAMPLE, output: { succeeded: true } },
  }),
];
