import type { AnswerClass } from '../answer.ts';

/** What a group of codes means: the class decides what is done, the code is the API's, the sentence the operator's. */
export interface Meaning {
  class: AnswerClass;
  /** Stable: the API, the database and metrics carry it. */
  code: string;
  /** What happened and what to do about it. */
  message: string;
}

export interface CatalogueEntry extends Meaning {
  /** subStatusCode as the vendor (or a device) spells it → errorCode, or null where the dictionary has none. */
  codes: Record<string, number | null>;
}
