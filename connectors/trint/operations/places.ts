import { z } from "zod";
import { EVENTS } from "../webhooks.ts";
import { actionsOf, SOURCES } from "./dialect.ts";

const folderAction = actionsOf("Folders", SOURCES.seen);
const driveAction = actionsOf("Shared drives", SOURCES.seen);
const callbackAction = actionsOf("Callbacks", SOURCES.callbacks);

const Id = (what: string) => z.string().min(1).describe(`Id of the ${what}.`);
const Folder = z.looseObject({ _id: z.string(), name: z.string() });
const FOLDER = { _id: "foDemo1", name: "Interviews" };
/** Sources differ in the key of the id. */
const Drive = z.looseObject({ _id: z.string().optional(), workspaceId: z.string().optional(), name: z.string() });
const DRIVE = { _id: "drDemo1", name: "Interviews" };
const CALLBACK = { callbackUrl: "https://hub.example/hooks", callbackSubscriptions: ["TRANSCRIPT_COMPLETE"] };
const Callback = { callbackUrl: z.string().optional(), callbackSubscriptions: z.array(z.string()).optional() };

/** What can be asked about folders and shared drives, and who is told of transcripts. */
export const places = [
  folderAction({
    id: "folder.list",
    title: "List folders",
    description: "Lists the folders of the account, or of a shared drive.",
    effect: "reads",
    method: "GET",
    path: "/folders/",
    input: { workspaceId: Id("shared drive").optional() },
    spelling: { current: { workspaceId: "workspace-id" } },
    output: { folders: z.array(Folder) },
    bare: "folders",
    example: { input: {}, output: { folders: [FOLDER] } },
  }),
  folderAction({
    id: "folder.read",
    title: "Read a folder",
    description: "Shows one folder.",
    effect: "reads",
    method: "GET",
    path: "/folders/folder",
    input: { folderId: Id("folder"), workspaceId: Id("shared drive").optional() },
    output: { folder: Folder },
    bare: "folder",
    example: { input: { folderId: FOLDER._id }, output: { folder: FOLDER } },
  }),
  folderAction({
    id: "folder.create",
    title: "Create a folder",
    description: "Makes a folder, within another or in a shared drive where one is named.",
    effect: "creates",
    method: "POST",
    path: "/folders/",
    input: {
      name: z.string().min(1),
      parentId: Id("folder that it lies in").optional(),
      workspaceId: Id("shared drive").optional(),
    },
    output: { folder: Folder },
    bare: "folder",
    example: { input: { name: FOLDER.name }, output: { folder: FOLDER } },
  }),
  driveAction({
    id: "drive.list",
    title: "List shared drives",
    description: "Lists the shared drives that the owner of the key is a member of.",
    effect: "reads",
    method: "GET",
    path: "/workspaces/",
    input: { includeArchived: z.boolean().optional() },
    spelling: { current: { includeArchived: "include-archived" } },
    output: { drives: z.array(Drive) },
    bare: "drives",
    example: { input: {}, output: { drives: [DRIVE] } },
  }),
  driveAction({
    id: "drive.read",
    title: "Read a shared drive",
    description: "Shows one shared drive.",
    effect: "reads",
    method: "GET",
    path: "/workspaces/workspace",
    input: { workspaceId: Id("shared drive") },
    output: { drive: Drive },
    bare: "drive",
    example: { input: { workspaceId: DRIVE._id }, output: { drive: DRIVE } },
  }),
  callbackAction({
    id: "callback.register",
    title: "Register a callback",
    description:
      "Has an address told of transcripts. Whether it stands beside the others or in their place is not published.",
    effect: "changes",
    method: "PUT",
    path: "/callbacks/transcript/",
    input: { callbackUrl: z.url(), callbackSubscriptions: z.array(z.enum(EVENTS)).min(1) },
    output: Callback,
    example: {
      input: { callbackUrl: CALLBACK.callbackUrl, callbackSubscriptions: ["TRANSCRIPT_COMPLETE"] },
      output: CALLBACK,
    },
  }),
  callbackAction({
    id: "callback.remove",
    title: "Remove a callback",
    description: "Has an address told no more.",
    effect: "deletes",
    method: "DELETE",
    path: "/callbacks/transcript/",
    input: { callbackUrl: z.url() },
    output: Callback,
    example: { input: { callbackUrl: CALLBACK.callbackUrl }, output: CALLBACK },
  }),
];
