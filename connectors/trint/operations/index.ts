import type { Operation } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";
import { further } from "./further.ts";
import { places } from "./places.ts";
import { transcripts } from "./transcripts.ts";
import { triggers } from "./triggers.ts";
import { upload } from "./upload.ts";

/** The catalogue of Trint, in the order in which it is numbered. */
export const operations: readonly Operation<Settings>[] = [upload, ...transcripts, ...places, ...further, ...triggers];
