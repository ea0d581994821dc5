import { type Document, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { Failure } from "../model/errors.ts";
import { WorkspaceConfig } from "../model/workspace.ts";

const ENV_REFERENCE = /\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Reads a workspace file: YAML, with `${env:NAME}` in any text replaced by that variable.
 * @throws Failure `misconfigured`; every issue begins with file, line and column.
 */
export function readWorkspaceFile(
  file: string,
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): z.input<typeof WorkspaceConfig> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const broken = document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`);
  if (broken.length > 0) throw unreadable(file, broken);
  const missing = fillIn(document, environment).map(
    ({ name, offset }) => `${at(offset)}: the environment variable ${name} is not set`,
  );
  if (missing.length > 0) throw unreadable(file, missing);
  const parsed = WorkspaceConfig.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw unreadable(
    file,
    parsed.error.issues.map((issue) => `${at(offsetOf(document, issue.path))}: ${wordsOf(issue)}`),
  );
}

/** Replaces references in every text of the document. @returns the variables that are not set, and where they stand. */
function fillIn(document: Document, environment: Readonly<Record<string, string | undefined>>) {
  const missing: { name: string; offset: number }[] = [];
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== "string") return;
      node.value = node.value.replace(ENV_REFERENCE, (_whole, name: string) => {
        const value = environment[name];
        if (value === undefined || value === "") missing.push({ name, offset: node.range?.[0] ?? 0 });
        return value ?? "";
      });
    },
  });
  return missing;
}

/** Where the value at `path` begins, else the nearest of its parents that there is. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: Node | null = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const next = childOf(node, step);
    if (next === undefined) break;
    offset = next.offset;
    node = next.node;
  }
  return offset;
}

function childOf(node: Node | null, step: PropertyKey): { node: Node | null; offset: number } | undefined {
  if (isSeq(node) && typeof step === "number") return found(node.items[step], undefined);
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === step);
  return pair === undefined ? undefined : found(pair.value, pair.key);
}

function found(value: unknown, key: unknown): { node: Node | null; offset: number } | undefined {
  // The items of a parsed document are nodes; yaml's types leave room for documents built by hand.
  const node = (value ?? null) as Node | null;
  const offset = startOf(key as Node | null) ?? startOf(node);
  return offset === undefined ? undefined : { node, offset };
}

function startOf(node: Node | null | undefined): number | undefined {
  return node?.range?.[0];
}

function wordsOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join(".");
  return path === "" ? issue.message : `${path}: ${issue.message}`;
}

function unreadable(file: string, issues: readonly string[]): Failure {
  return new Failure("misconfigured", `The workspace file ${file} cannot be applied.`, { issues });
}
