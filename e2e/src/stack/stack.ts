import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '@pontaj/supabase';
import type {
  DeviceSpec,
  Fault,
  FaceView,
  FaultCount,
  JournalEntry,
  PersonEdit,
  PersonView,
  RequestFilter,
  Traits,
} from '@pontaj/simulator';
import type { Backend } from '../config.ts';
import type { Person } from '../people/people.ts';

/** What a suite may ask of a stack; everything absent has the value a reader would expect of a small one. */
export interface StackOptions {
  /** Absent: E2E_BACKEND, or `embedded`. */
  backend?: Backend;
  /** Number of simulated terminals, or each one described. Default 3. */
  devices?: number | DeviceSpec[];
  /** Of every terminal; a device's own traits come on top. */
  traits?: Partial<Traits>;
  /** Number of invented employees, or the people themselves. Default 5. */
  employees?: number | Person[];
  /** Settings of the daemon beyond those the stack needs. */
  daemonEnv?: Record<string, string>;
  /** False: the suite starts it. Default true. */
  startDaemon?: boolean;
  /** Everything random in the terminals comes from it. */
  seed?: number;
  /** Data folder that survives, the daemon's log in it; absent: temporary. Embedded only. */
  dataDir?: string;
  /** Fixed ports for people to look at; absent: free ones. Embedded only. */
  ports?: { supabase?: number; daemon?: number; devices?: number; control?: number };
}

/** One simulated terminal, whatever it runs in. Asynchronous, because it may be behind a network. */
export interface Terminal {
  readonly id: string;
  /** As this process reaches it. */
  readonly url: string;
  /** As the daemon reaches it, and its row names it. */
  readonly address: { host: string; port: number; scheme: 'http' | 'https' };
  /** As it was set up. */
  readonly account: { username: string; password: string };
  readonly serialNumber: string;
  /** SHA-256 of the HTTPS certificate, hex; null on http. */
  readonly certificateFingerprint: string | null;
  persons(): Promise<PersonView[]>;
  faces(): Promise<FaceView[]>;
  requests(filter?: RequestFilter): Promise<JournalEntry[]>;
  /** The next one that fits; with `after` the first one after that sequence, which may have been already. */
  waitForRequest(filter: RequestFilter): Promise<JournalEntry>;
  setFaults(faults: (Fault | string)[]): Promise<void>;
  /** How often each fault has taken part; a call that it holds up counts already. */
  faultCounts(): Promise<FaultCount[]>;
  changePassword(password: string): Promise<void>;
  editAtTerminal(change: PersonEdit): Promise<void>;
  showFace(employeeNo: string): Promise<void>;
  powerOff(): Promise<void>;
  powerOn(): Promise<void>;
}

/** A terminal that stands in the database. */
export interface DeviceHandle extends Terminal {
  /** `dispozitive_pontaj.id` */
  readonly databaseId: string;
  readonly name: string;
}

/** An employee as it stands in the database. */
export interface StoredEmployee extends Person {
  employeeId: string;
  biometricsId: string;
  employeeNo: number;
  photoUrl: string;
}

export interface DaemonHandle {
  readonly url: string;
  /** Of its process on this machine; null where it is on a host of its own. */
  readonly pid: number | null;
  /** Whether a lease's holder (`dispozitive_lease.detinator`) is this daemon. */
  isHolder(holder: string): boolean;
  /** The last log lines (bounded), parsed. */
  logs(): Record<string, unknown>[];
  /** The first log line that fits, of the past ones too, past the first `after`; rejects when the daemon ends without one. */
  waitForLog(
    fits: (entry: Record<string, unknown>) => boolean,
    after?: number,
  ): Promise<Record<string, unknown>>;
  /** Everything it printed (bounded), to prove what is not in it. */
  output(): string;
  stop(): Promise<void>;
  /** As a power cut: SIGKILL. */
  kill(): Promise<void>;
  /** It gets no processor time until `thaw`. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  readonly exited: Promise<number | null>;
}

export interface CommandResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

interface SyncAnswer {
  status: number;
  headers: Headers;
  /** Its shape is checked against the OpenAPI document in sync/. */
  body: RunBody;
}

/** The body of a sync answer and of `GET /runs/{id}`; problems carry `code` and `detail` instead. */
export interface RunBody {
  run_id: string;
  status: string;
  summary: Record<string, number>;
  devices: { dispozitiv_id: string; nume: string; status: string; reason: string | null }[];
  results: {
    angajat_id: string;
    dispozitiv_id: string;
    employee_no: number | null;
    status: string;
    person: string;
    face: string;
    error: { code: string; message: string } | null;
  }[];
  errors: { code: string; message: string; dispozitiv_id?: string; angajat_id?: string }[];
  code?: string;
  detail?: string;
}

export interface SupabaseAccess {
  url: string;
  /** The database itself, as superuser: for what no program of the company would do. */
  databaseUrl: string;
  publishableKey: string;
  secretKey: string;
  jwtSecret: string;
}

export interface Stack {
  readonly supabase: SupabaseAccess;
  /** What its daemons and commands are started with. */
  readonly daemonEnv: Readonly<Record<string, string>>;
  /** The simulator's control API and page, when a port was asked for. */
  readonly controlUrl: string | null;
  /** Service role. */
  readonly database: SupabaseClient<Database>;
  readonly employees: StoredEmployee[];
  readonly devices: DeviceHandle[];
  /** The one started last. */
  readonly daemon: DaemonHandle;
  /** All that were started, in their order, ended ones too. */
  readonly daemons: readonly DaemonHandle[];
  /** Starts a daemon (again, or one more): `env` on top of the stack's. */
  startDaemon(env?: Record<string, string>): Promise<DaemonHandle>;
  /** Runs one of the operator's commands, `devices accept-serial …`, with the daemon's settings. */
  cli(args: string[]): Promise<CommandResult>;
  addEmployees(people: Person[]): Promise<StoredEmployee[]>;
  /** A user's token; role `admin` may sync. */
  token(claims?: Record<string, unknown>): string;
  /** `POST /api/hikvision/<action>` as that user. */
  sync(
    action: string,
    body?: unknown,
    options?: { token?: string; headers?: Record<string, string> },
  ): Promise<SyncAnswer>;
  /** What database, Supabase and terminals have printed where they are hosts of their own; by a name for each. */
  outputs(): Promise<Record<string, string>>;
  stop(): Promise<void>;
}
