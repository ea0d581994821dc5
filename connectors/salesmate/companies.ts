import { COMPANY } from "./company.ts";
import { moduleRecords } from "./moduleRecords.ts";
import { COMPANIES } from "./search.ts";

/** The companies of a Salesmate account. */
export const companies = moduleRecords(COMPANIES, COMPANY);
