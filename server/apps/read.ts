import type { Dispatcher } from "undici";
import { importApi } from "../../connectors/index.ts";
import type { Clock } from "../../engine/ports.ts";
import { fetchDocument } from "../../kit/index.ts";
import type { AppRead, AppSource } from "../../model/api/apps.ts";
import { AppDeclaration } from "../../model/declaration.ts";
import { Failure } from "../../model/errors.ts";

/**
 * Reads what an app is described by: a declaration that was exported before, or a document that one is suggested from.
 * @throws Failure `rejected` when it is neither, with what is wrong with a declaration; as `fetchDocument` for an address
 */
export async function readApp(
  source: AppSource,
  ways: { readonly dispatcher: Dispatcher; readonly clock: Clock },
): Promise<AppRead> {
  const address = "address" in source ? source.address : undefined;
  const text = "text" in source ? source.text : await fetchDocument(source.address, ways);
  const declaration = declarationIn(text);
  if (declaration !== undefined) return { kind: "declaration", declaration };
  return { kind: "document", ...(await importApi(text, address)) };
}

/** A declaration, where the text is meant to be one. @throws Failure `rejected` when it is one that errs */
function declarationIn(text: string): AppDeclaration | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Declarations are exported as JSON.
    return undefined;
  }
  if (typeof json !== "object" || json === null || !("resources" in json) || !("baseUrl" in json)) return undefined;
  const parsed = AppDeclaration.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 20).map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Failure("rejected", "This declaration errs. Correct what is named, then give it again.", { issues });
}
