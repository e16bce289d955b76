/**
 * An answer that a fault gives in place of the terminal's own. The request is not carried out, unless `done`: then this
 * stands for the answer of a success, and a refusal of the terminal's own is sent as it is.
 */
export type InsteadAnswer = { done: boolean } & (
  | { form: 'raw'; status: number; contentType: string | null; body: string }
  /** Rendered by the ISAPI layer in the form (JSON or XML) that the endpoint speaks. */
  | {
      form: 'sub-status';
      subStatusCode: string;
      errorMsg: string | undefined;
      status: number | undefined;
    }
);

/** What an endpoint meets inside the terminal because of faults. Absent members: nothing out of the ordinary. */
export interface TerminalBends {
  /** New persons are refused with `deviceUserFull` from this number on. */
  maxPersons?: number;
  /** New faces are refused with `deviceFaceFull` from this number on. */
  maxFaces?: number;
  /** The picture download fails; `code` replaces the profile's sub-status. */
  downloadFails?: { code: string | undefined };
  /** Modelling fails; `code` replaces `SubpicAnalysisModelingError`. */
  modellingFails?: { code: string | undefined };
  /** Modelling takes this long instead of the profile's time. */
  modellingMs?: number;
}

/** Where an exchange is cut off before the terminal has carried it out. */
type Cut =
  { how: 'silence' } | { how: 'reset'; at: 'before-request' | 'middle-of-request' | 'after-request' };

/** What the line does to an answer. */
export interface LineBends {
  /** Nothing of the answer leaves the device. */
  lost: 'silence' | 'reset' | null;
  /** Only so many bytes of the body leave, `half` of them, or all (null). What follows is `afterCut`. */
  keepBytes: number | 'half' | null;
  afterCut: 'close' | 'reset';
  /** Null: at full speed. */
  bytesPerSecond: number | null;
}

/** Everything the faults of one exchange ask for, ready to be performed in this order: delay, cut, login, instead, terminal, answer, line. */
export interface ExchangePlan {
  /** Ids of the faults that took part, for the journal. */
  faultIds: string[];
  delayMs: number;
  cut: Cut | null;
  /** Treat the login as one with a wrong password: counted, 401. */
  refuseLogin: boolean;
  instead: InsteadAnswer | null;
  terminal: TerminalBends;
  /** Replaces the Content-Type of the answer. */
  contentType: string | null;
  /** The body of the answer becomes `body`, or its own first half when `body` is undefined. Null: untouched. */
  malformed: { body: string | undefined } | null;
  line: LineBends;
}

/** A plan in which nothing happens. */
export function emptyPlan(): ExchangePlan {
  return {
    faultIds: [],
    delayMs: 0,
    cut: null,
    refuseLogin: false,
    instead: null,
    terminal: {},
    contentType: null,
    malformed: null,
    line: { lost: null, keepBytes: null, afterCut: 'close', bytesPerSecond: null },
  };
}
