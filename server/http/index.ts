export { type AppParts, createApp } from "./app.ts";
export { createHandlers, type HandlerParts } from "./handlers/index.ts";
