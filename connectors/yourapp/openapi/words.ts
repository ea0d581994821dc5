import type { DeclaredResource } from "../../../model/declaration.ts";

/** The words by which documents call what the hub knows. Compared in small letters, without marks between. */

/** A name without letter case and marks: `Due_Date` is `duedate`. */
export function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** What a kind of record may be called, the surest first. */
export const RESOURCE_WORDS: Readonly<Record<DeclaredResource, readonly string[]>> = {
  contact: [
    ...["contact", "person", "people", "customer", "client", "lead", "patient", "member", "guest", "subscriber"],
    ...["student", "donor", "attendee", "prospect", "user"],
  ],
  task: ["task", "todo", "actionitem", "reminder", "followup", "ticket"],
  note: ["note", "comment", "remark", "memo", "annotation"],
  appointment: ["appointment", "meeting", "booking", "visit", "reservation", "event", "session"],
};

/** What a field of ours may be called, by the end of its path; the surest first. */
export const FIELD_WORDS: Readonly<Record<DeclaredResource, Readonly<Record<string, readonly string[]>>>> = {
  contact: {
    firstName: ["firstname", "givenname", "forename", "fname", "namefirst"],
    lastName: ["lastname", "familyname", "surname", "lname", "namelast"],
    fullName: ["fullname", "displayname", "name"],
    email: ["email", "emailaddress", "primaryemail", "mail"],
    phone: ["phone", "phonenumber", "mobile", "mobilephone", "telephone", "primaryphone", "cell", "cellphone"],
    workPhone: ["workphone", "officephone", "businessphone"],
    companyName: ["companyname", "company", "organization", "organisation", "organizationname", "businessname"],
    jobTitle: ["jobtitle", "title", "position", "role"],
    addressLine1: ["addressline1", "address1", "line1", "street", "streetaddress", "street1"],
    addressLine2: ["addressline2", "address2", "line2", "street2"],
    city: ["city", "town", "locality"],
    state: ["state", "region", "province", "stateprovince"],
    postalCode: ["postalcode", "postcode", "zip", "zipcode"],
    country: ["country", "countrycode"],
    address: ["address", "fulladdress"],
    website: ["website", "websiteurl", "homepage", "url"],
    dateOfBirth: ["dateofbirth", "birthday", "birthdate", "dob"],
    source: ["source", "leadsource"],
    description: ["description", "about", "bio", "background"],
    tags: ["tags", "labels", "taglist"],
  },
  note: {
    title: ["title", "subject"],
    body: ["body", "content", "text", "note", "html", "message", "comment", "description"],
  },
  task: {
    title: ["title", "name", "subject", "summary"],
    body: ["body", "description", "details", "notes", "content"],
    dueAt: ["dueat", "duedate", "due", "dueon", "deadline", "duedatetime", "dueby"],
    isCompleted: ["iscompleted", "completed", "done", "isdone", "complete", "status", "state"],
  },
  appointment: {
    title: ["title", "name", "subject", "summary"],
    notes: ["notes", "description", "remarks", "details", "body"],
    startsAt: [
      "startsat",
      "start",
      "starts",
      "starttime",
      "startat",
      "startdate",
      "startdatetime",
      "begin",
      "begins",
      "from",
    ],
    endsAt: ["endsat", "end", "ends", "endtime", "endat", "enddate", "enddatetime", "until", "to"],
    location: ["location", "place", "address", "venue", "where"],
    state: ["status", "state", "appointmentstatus"],
  },
};

/** Words for what is done, and for what became of an appointment, among an app's own. */
export const DONE_WORDS: ReadonlySet<string> = new Set([
  "done",
  "completed",
  "complete",
  "closed",
  "finished",
  "resolved",
]);
export const STATE_WORDS: Readonly<Record<string, readonly string[]>> = {
  new: ["new", "planned", "scheduled", "booked", "pending", "open", "requested", "tentative"],
  confirmed: ["confirmed", "accepted", "approved"],
  cancelled: ["cancelled", "canceled", "calledoff", "declined", "rejected"],
  showed: ["showed", "came", "attended", "completed", "done", "arrived"],
  noshow: ["noshow", "missed", "absent"],
};

/** When a record changed, as a field and as a parameter that asks for what changed since. */
export const CHANGED_WORDS =
  /^(date|last)?(updated|modified|changed|edited)(at|on|date|time|datetime|timestamp)?$|^(update|modified|modification)(date|time)$/;
export const SINCE_WORDS =
  /^(date|last)?(updated|modified|changed|edited)(at|on)?(since|after|from|gte|gt|min)$|^(since|modifiedsince|ifmodifiedsince)$|^min(updated|modified|changed)(at)?$/;

/** Parameters that ask for a page. */
export const PAGING_WORDS = {
  page: /^(page|pagenumber|pageno|pageindex|currentpage)$/,
  offset: /^(offset|skip|start|startat|startindex|from)$/,
  cursor: /^(cursor|after|pagetoken|nexttoken|startingafter|pagecursor|nextcursor|continuationtoken|startafter)$/,
  size: /^(perpage|pagesize|limit|size|count|maxresults|pagelimit|take|top|results)$/,
} as const;

/** Where an answer tells the next cursor, the next page's address, and how many there are in all. */
export const ANSWER_WORDS = {
  cursor: /^(nextcursor|nextpagetoken|nexttoken|cursor|next|after|endcursor|continuationtoken|nextpage)$/,
  link: /^(next|nexturl|nextlink|nextpageurl|nextpage|odatanextlink)$/,
  total: /^(total|totalcount|totalresults|totalitems|totalrecords|recordcount|count)$/,
} as const;

/** The singular of an English word, roughly: good enough to compare two names of one thing. */
export function singular(word: string): string {
  if (word === "people") return "person";
  if (/ies$/.test(word)) return word.replace(/ies$/, "y");
  if (/(ss|us)$/.test(word)) return word;
  return word.replace(/(?<=(s|x|ch|sh))es$|s$/, "");
}

/** Which kind of record a name means, and how sure that is: 1 for the surest word, towards 0. */
export function meaningOf(name: string, resource: DeclaredResource): number {
  const word = singular(bare(name));
  const words = RESOURCE_WORDS[resource];
  const exact = words.indexOf(word);
  if (exact !== -1) return 1 - exact / (2 * words.length);
  const ending = words.findIndex((one) => word.endsWith(one) && one.length > 3);
  return ending === -1 ? 0 : 0.3 - ending / (10 * words.length);
}
