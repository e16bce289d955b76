/** One exchange of a terminal, secrets removed: no Authorization, no passwords, no picture bytes. */
export interface JournalEntry {
  /** Grows by one per exchange of the device. */
  sequence: number;
  deviceId: string;
  startedAtMs: number;
  /** Null while under way. */
  endedAtMs: number | null;
  remoteAddress: string;
  method: string;
  /** Path with query as it came. */
  target: string;
  /** Name of the endpoint that answered; null when none fits. */
  endpoint: string | null;
  /** For a request no endpoint answers: the nearest one, to help whoever reads this. */
  nearest: string | null;
  /** How the credentials did: `none`, `ok`, `wrong-response`, `expired`, `locked`, … */
  auth: string;
  userName: string | null;
  employeeNo: string | null;
  /** Request body as text, shortened to 2 KB; a picture appears as its size. */
  requestBody: string | null;
  status: number | null;
  subStatusCode: string | null;
  responseBody: string | null;
  /** What left the device: an answer, or what a fault made of it. */
  outcome: 'answered' | 'silence' | 'reset' | 'refused' | 'truncated' | 'stream' | 'client-gone' | null;
  /** The terminal carried the request out, whether or not the client heard of it. */
  done: boolean;
  /** Ids of the faults that took part. */
  faults: string[];
}

export interface JournalFilter {
  method?: string;
  endpoint?: string;
  /** Target begins with this. */
  path?: string;
  employeeNo?: string;
  status?: number;
  auth?: string;
  outcome?: JournalEntry['outcome'];
  /** Entries with a greater sequence. */
  after?: number;
  limit?: number;
}
