export { type ApplyOptions, type ApplyWorkspace, createApply, versionOf } from "./apply.ts";
export { connectionIssues } from "./validate.ts";
