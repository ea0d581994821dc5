/** A partner says no: thrown by an emulator's rules, turned into the answer by its app. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param status  HTTP status of the answer.
   * @param body    Its JSON body, in the partner's own shape.
   * @param headers Further headers, such as Retry-After.
   */
  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`refused with ${status}`);
    this.name = "Refusal";
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}
