/**
 * A request the terminal turns down. Thrown by whatever reads or carries out a request, and made into an answer at the
 * edge of the endpoint (`json-call.ts`).
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly subStatusCode: string;
  /** The field at fault; undefined: a copy of the code. */
  readonly errorMsg: string | undefined;

  constructor(subStatusCode: string, errorMsg?: string) {
    super(`${subStatusCode}${errorMsg === undefined ? '' : `: ${errorMsg}`}`);
    this.subStatusCode = subStatusCode;
    this.errorMsg = errorMsg;
  }
}
