/**
 * A request the terminal turns down. Thrown by whatever reads or carries out a request, and made into an answer at the
 * edge of the endpoint (`json-call.ts`).
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly subStatusCode: string;
  /** The field at fault; undefined: a copy of the code. */
  readonly errorMsg: string | undefined;
  /** For the journal alone: why. */
  readonly note: string | undefined;

  constructor(subStatusCode: string, errorMsg?: string, note?: string) {
    super(`${subStatusCode}${errorMsg === undefined ? '' : `: ${errorMsg}`}`);
    this.subStatusCode = subStatusCode;
    this.errorMsg = errorMsg;
    this.note = note;
  }
}

/**
 * What `handle` answers, or `render` for a `Refusal` it throws or rejects with. Nearly every call answers at once, so
 * nothing is made a promise that is none: waits in turn would be most of what such a call costs.
 */
export function answerRefusals<Answer extends object>(
  handle: () => Answer | Promise<Answer>,
  render: (refusal: Refusal) => Answer,
): Answer | Promise<Answer> {
  const refused = (error: unknown) => {
    if (error instanceof Refusal) return render(error);
    throw error;
  };
  try {
    const answer = handle();
    return answer instanceof Promise ? answer.catch(refused) : answer;
  } catch (error) {
    return refused(error);
  }
}
