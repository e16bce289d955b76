/** When and for whom a photo is wanted. */
interface PhotoWanted {
  /** The run that needs it was asked for then: what was learned of the photo before is asked anew. */
  askedAtMs: number;
  signal: AbortSignal;
}

/** Photos as the engine needs them; fetched and prepared once, however many devices get them. */
export interface PhotoSource {
  /** Never rejects: what is wrong with the photo is an answer. */
  fetchAndPrepare(url: string, wanted: PhotoWanted): Promise<PreparedPhoto>;
}

export type PreparedPhoto =
  | {
      ok: true;
      /** Fit for a terminal: repaired where that was needed. */
      jpeg: Buffer;
      /** What terminals dislike about the photo as it is stored, in plain words; empty: nothing. */
      findings: readonly string[];
    }
  | { ok: false; code: string; message: string };
