import { callFinder } from "../../../kit/index.ts";
import { operations } from "./index.ts";

/** The first action of the catalogue that makes such a call, if any does. */
export const actionAt = callFinder(operations);
