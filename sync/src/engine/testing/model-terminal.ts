import type { Clock } from '../../clock.ts';
import type { Answer, AnswerClass } from '../../isapi/answer.ts';
import type { Call, DeviceClient, DevicePerson, FaceImage, FoundPerson } from '../../isapi/device-client.ts';
import type { Device, DeviceCapabilities } from '../../model/device.ts';
import { keptBack, ModelDoor } from './model-door.ts';
import { done, said } from './verdicts.ts';

export type Operation = Exclude<keyof DeviceClient, 'close'>;

/** One call as the terminal saw it. */
export interface SeenCall {
  operation: Operation;
  employeeNo: string | null;
  startedMs: number;
  endedMs: number;
  /** Class of what the caller got. */
  class: AnswerClass;
  person: DevicePerson | null;
}

/**
 * What goes wrong with a call. `lost`: done, but nobody hears of it. `swallowed`: not done, and nobody hears of it.
 * `silent`: not even the challenge comes.
 */
export type Fault =
  | { kind: 'silent' | 'lost' | 'swallowed' | 'refused' | 'garbage-before' | 'garbage-after' }
  | { kind: 'says'; class: AnswerClass; unlockTimeS?: number };

/** How this model differs from one that can do everything. */
export interface Quirks {
  record: boolean;
  modify: boolean;
  setUp: 'upsert' | 'edit-only' | 'none';
  search: boolean;
  countsFaces: boolean;
  addFace: boolean;
  faceSetUp: boolean;
  faceSearch: boolean;
  faceDelete: 'fd-search-delete' | 'fd-delete' | 'none';
  downloads: boolean;
  maxPersons: number;
  maxFaces: number;
  /** Photos it refuses, by URL. */
  badPhotos: ReadonlySet<string>;
  /** The challenge says how many bad logins are left. */
  tellsTries: boolean;
}

const able: Quirks = {
  record: true,
  modify: true,
  setUp: 'upsert',
  search: true,
  countsFaces: true,
  addFace: true,
  faceSetUp: true,
  faceSearch: true,
  faceDelete: 'fd-search-delete',
  downloads: true,
  maxPersons: 1500,
  maxFaces: 1500,
  badPhotos: new Set(),
  tellsTries: true,
};

const ANSWER_MS = 40;

/** A terminal in memory that knows nothing of the engine: what it holds is the truth that tests compare with. */
export class ModelTerminal {
  readonly persons = new Map<string, DevicePerson>();
  /** Person → the photo: its URL, or the text of what was sent. */
  readonly faces = new Map<string, string>();
  readonly calls: SeenCall[] = [];
  /** What nobody may ever see: two calls at once, a pause too short. */
  readonly offences: string[] = [];
  readonly door: ModelDoor;
  serialNumber: string;
  firmware = 'V1';
  readonly quirks: Quirks;
  fault: (operation: Operation, employeeNo: string | null) => Fault | null = () => null;
  readonly #clock: Clock;
  readonly #pauseMs: number;
  #busy = false;
  #lastEndMs = -Infinity;

  constructor(clock: Clock, pauseMs: number, quirks: Partial<Quirks> = {}, serialNumber = 'DS-1') {
    this.#clock = clock;
    this.#pauseMs = pauseMs;
    this.quirks = { ...able, ...quirks };
    this.door = new ModelDoor(this.quirks.tellsTries);
    this.serialNumber = serialNumber;
  }

  callsOf(operation: Operation): SeenCall[] {
    return this.calls.filter((call) => call.operation === operation);
  }

  clientFor(device: Device): DeviceClient {
    const run = <Value>(
      operation: Operation,
      employeeNo: string | null,
      call: Call,
      work: () => Answer<Value>,
      person: DevicePerson | null = null,
    ): Promise<Answer<Value>> => this.#exchange(device, operation, employeeNo, call, work, person);
    const only = <Value>(can: boolean, work: () => Answer<Value>) => (can ? work() : said('unsupported'));
    const { quirks } = this;
    return {
      readIdentity: (call) =>
        run('readIdentity', null, call, () =>
          done({ serialNumber: this.serialNumber, model: 'DS-K1T000', firmware: this.firmware }),
        ),
      readPersonCapabilities: (call) =>
        run('readPersonCapabilities', null, call, () => done(this.#personCapabilities())),
      readFaceCapabilities: (call) =>
        run('readFaceCapabilities', null, call, () =>
          done({ maxFaces: quirks.maxFaces, faceSetUp: quirks.faceSetUp ? 'yes' : 'no' }),
        ),
      countPersons: (call) => run('countPersons', null, call, () => done(this.persons.size)),
      countFaces: (call) => run('countFaces', null, call, () => done(this.faces.size)),
      recordPerson: (person, call) =>
        run(
          'recordPerson',
          person.employeeNo,
          call,
          () => only(quirks.record, () => this.#record(person)),
          person,
        ),
      modifyPerson: (person, call) =>
        run(
          'modifyPerson',
          person.employeeNo,
          call,
          () =>
            only(quirks.modify, () =>
              this.persons.has(person.employeeNo) ? this.#put(person) : said('missing'),
            ),
          person,
        ),
      setUpPerson: (person, call) =>
        run(
          'setUpPerson',
          person.employeeNo,
          call,
          () => {
            if (quirks.setUp === 'none') return said('unsupported');
            if (this.persons.has(person.employeeNo)) return this.#put(person);
            return quirks.setUp === 'edit-only' ? said('missing') : this.#record(person);
          },
          person,
        ),
      searchPersons: (query, call) =>
        run('searchPersons', query.employeeNos[0] ?? null, call, () =>
          only(quirks.search, () => this.#search(query)),
        ),
      deletePerson: (employeeNo, call) =>
        run('deletePerson', employeeNo, call, () => {
          this.persons.delete(employeeNo);
          this.faces.delete(employeeNo);
          return done(null);
        }),
      addFace: (employeeNo, image, call) =>
        run('addFace', employeeNo, call, () =>
          only(quirks.addFace, () =>
            this.faces.has(employeeNo) && this.persons.has(employeeNo)
              ? said('already')
              : this.#putFace(employeeNo, image),
          ),
        ),
      setUpFace: (employeeNo, image, call) =>
        run('setUpFace', employeeNo, call, () =>
          only(quirks.faceSetUp, () => this.#putFace(employeeNo, image)),
        ),
      searchFace: (employeeNo, call) =>
        run('searchFace', employeeNo, call, () =>
          only(quirks.faceSearch, () => done(this.faces.has(employeeNo))),
        ),
      deleteFace: (employeeNo, by, call) =>
        run('deleteFace', employeeNo, call, () => {
          if (quirks.faceDelete === 'none') return said('unsupported');
          // [K1T341AMF] refuses the usual call by its content.
          if (quirks.faceDelete !== by) return said(by === 'fd-search-delete' ? 'item' : 'unsupported');
          this.faces.delete(employeeNo);
          return done(null);
        }),
      close: () => Promise.resolve(),
    };
  }

  async #exchange<Value>(
    device: Device,
    operation: Operation,
    employeeNo: string | null,
    call: Call,
    work: () => Answer<Value>,
    person: DevicePerson | null,
  ): Promise<Answer<Value>> {
    const clock = this.#clock;
    const startedMs = clock.now();
    if (this.#busy) this.offences.push(`two calls at once: ${operation} at ${startedMs}`);
    if (startedMs - this.#lastEndMs < this.#pauseMs)
      this.offences.push(`pause of ${startedMs - this.#lastEndMs} ms before ${operation}`);
    this.#busy = true;
    const fault = this.fault(operation, employeeNo);
    const answer = await this.#answer(device, fault, call, work);
    const unanswered = fault?.kind === 'silent' || fault?.kind === 'lost' || fault?.kind === 'swallowed';
    await clock.sleep(unanswered ? call.timeoutMs : ANSWER_MS);
    this.#busy = false;
    this.#lastEndMs = clock.now();
    this.calls.push({
      operation,
      employeeNo,
      startedMs,
      endedMs: clock.now(),
      class: answer.verdict.class,
      person,
    });
    return answer;
  }

  async #answer<Value>(
    device: Device,
    fault: Fault | null,
    call: Call,
    work: () => Answer<Value>,
  ): Promise<Answer<Value>> {
    if (fault?.kind === 'refused' || fault?.kind === 'silent')
      return said('network', { delivery: 'not-sent' });
    const decision = await Promise.race([
      this.door.challenge(call),
      // Whoever asked has died since: the connection is closed one day.
      this.#clock.sleep(call.timeoutMs, call.signal).then(() => null),
    ]);
    if (decision === null) return said('network', { delivery: 'not-sent' });
    if (decision !== 'log-in') return keptBack(decision);
    if (fault?.kind === 'swallowed') return said('network', { delivery: 'unknown' });
    const refusal = this.door.logIn(device.password);
    // Refused or not, nobody hears of an answer that is lost.
    if (refusal !== null) return fault?.kind === 'lost' ? said('network', { delivery: 'unknown' }) : refusal;
    switch (fault?.kind) {
      case 'garbage-before':
        return said('unknown');
      case 'says':
        return said(fault.class, { unlockTimeS: fault.unlockTimeS ?? null });
      case 'lost':
        work();
        return said('network', { delivery: 'unknown' });
      case 'garbage-after':
        work();
        return said('unknown');
      case undefined:
        return work();
    }
  }

  #personCapabilities(): Partial<DeviceCapabilities> {
    return {
      maxPersons: this.quirks.maxPersons,
      personSetUp: this.quirks.setUp === 'none' ? 'no' : 'yes',
      searchPageSize: 30,
    };
  }

  #put(person: DevicePerson): Answer<null> {
    this.persons.set(person.employeeNo, structuredClone(person));
    return done(null);
  }

  #record(person: DevicePerson): Answer<null> {
    if (this.persons.has(person.employeeNo)) return said('already');
    if (this.persons.size >= this.quirks.maxPersons) return said('full');
    return this.#put(person);
  }

  #putFace(employeeNo: string, image: FaceImage): Answer<null> {
    if (!this.persons.has(employeeNo)) return said('missing');
    if (image.delivery === 'url' && !this.quirks.downloads) return said('download');
    const photo = image.delivery === 'url' ? image.url : image.jpeg.toString();
    if (this.quirks.badPhotos.has(photo)) return said('item', { code: 'face_rejected' });
    if (!this.faces.has(employeeNo) && this.faces.size >= this.quirks.maxFaces) return said('full');
    this.faces.set(employeeNo, photo);
    return done(null);
  }

  #search(query: { employeeNos: string[]; position: number; pageSize: number }) {
    const all = [...this.persons.values()].filter(
      ({ employeeNo }) => query.employeeNos.length === 0 || query.employeeNos.includes(employeeNo),
    );
    const page = all.slice(query.position, query.position + Math.min(30, query.pageSize));
    const next = query.position + page.length;
    const persons = page.map((person): FoundPerson => ({
      ...structuredClone(person),
      numOfFace: this.quirks.countsFaces ? (this.faces.has(person.employeeNo) ? 1 : 0) : null,
    }));
    return done({ persons, totalMatches: all.length, next: next < all.length ? next : null });
  }
}
