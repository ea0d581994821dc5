import { registerHooks } from "node:module";
import { mutationNamed } from "./index.ts";
import { mutated } from "./mutation.ts";

/** Imported before everything else: brings the bug that `KITH_MUTATION` names back into this process. */
const mutation = mutationNamed(process.env.KITH_MUTATION ?? "");
const url = new URL(`../../${mutation.file}`, import.meta.url).href;

registerHooks({
  load: (loaded, context, next) => {
    const result = next(loaded, context);
    if (loaded !== url || result.source == null) return result;
    const text = typeof result.source === "string" ? result.source : new TextDecoder().decode(result.source);
    return { ...result, source: mutated(text, mutation) };
  },
});
