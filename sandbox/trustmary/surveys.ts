import { opaqueId, type Random } from "../random.ts";

/** A survey of the account. Times are epoch milliseconds. */
export type Survey = {
  readonly id: string;
  readonly type: "customer" | "employee" | "embed";
  readonly name: string;
  readonly createdAt: number;
};

/** What somebody answered. */
export type AnswerValues = {
  /** 0 to 10; absent while only the first page was given. */
  readonly nps?: number;
  readonly feedback?: string;
  /** A recommendation that may be shown in public. */
  readonly comment?: string;
  readonly name?: string;
  readonly email?: string;
  readonly location?: string;
  readonly organization?: string;
  readonly isPublic?: boolean;
  readonly custom?: Readonly<Record<string, string | readonly string[]>>;
};

/** One answer to a survey. */
export type SurveyAnswer = {
  readonly id: string;
  readonly surveyId: string;
  /** The contact whose link was used; absent where the link carried nobody. */
  readonly contactId: string | undefined;
  readonly values: AnswerValues;
  readonly createdAt: number;
};

/** The surveys and what was answered. */
export type Surveys = {
  readonly all: () => readonly Survey[];
  readonly get: (id: string) => Survey | undefined;
  /** Oldest first. */
  readonly answersOf: (surveyId: string) => readonly SurveyAnswer[];
  readonly answer: (id: string) => SurveyAnswer | undefined;
  /** Keeps an answer, or says more in one that was given in part. */
  readonly give: (answer: Omit<SurveyAnswer, "id"> & { readonly id?: string }) => SurveyAnswer;
  readonly clear: () => void;
};

/** Makes the surveys that every emulated account has, without answers. */
export function createSurveys(random: Random, now: () => number): Surveys {
  const survey = (name: string, type: Survey["type"]): Survey => ({
    id: `sv${opaqueId(random, 8)}`,
    type,
    name,
    createdAt: now(),
  });
  const all = [
    survey("After the sale", "customer"),
    survey("How we work", "employee"),
    survey("On our pages", "embed"),
  ];
  const answers = new Map<string, SurveyAnswer>();
  return {
    all: () => all,
    get: (id) => all.find((known) => known.id === id),
    answersOf: (surveyId) => [...answers.values()].filter((answer) => answer.surveyId === surveyId),
    answer: (id) => answers.get(id),
    give: (given) => {
      const answer = { ...given, id: given.id ?? `an${opaqueId(random, 10)}` };
      answers.set(answer.id, answer);
      return answer;
    },
    clear: () => answers.clear(),
  };
}

/** A survey as answers of the API show it. */
export function shownSurvey({ id, type, name, createdAt }: Survey, count: number): Record<string, unknown> {
  const at = new Date(createdAt).toISOString();
  return { id, type, count, name, created_at: at, updated_at: at, deleted_at: null };
}

/** What was answered, as webhooks and the list of responses show it. */
export function shownAnswer(answer: SurveyAnswer, survey: Survey, organizationId: string): Record<string, unknown> {
  const { isPublic, ...values } = answer.values;
  return {
    survey_id: survey.id,
    survey_name: survey.name,
    answer_id: answer.id,
    organization_id: organizationId,
    created_at: new Date(answer.createdAt).toISOString(),
    answer_values: {
      ...values,
      publicConsent: isPublic === true ? "true" : "",
      noPublicConsent: isPublic === false ? "true" : "",
    },
  };
}
