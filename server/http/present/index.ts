export { fieldsByKey } from "./fields.ts";
export { forecastOf } from "./forecast.ts";
export { type JournalNames, presentJournal, presentReplay, titlesOf } from "./journal.ts";
export { presentLink } from "./link.ts";
export { presentHandCall, presentOperation, presentRow, type Standing } from "./operations.ts";
export { presentConnection, presentSync } from "./overview.ts";
export { linkIdOf, presentTrouble } from "./trouble.ts";
