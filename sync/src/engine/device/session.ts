import type { Clock } from '../../clock.ts';
import type { Answer } from '../../isapi/answer.ts';
import type { DeviceClient } from '../../isapi/device-client.ts';
import type { Device, DeviceMemory } from '../../model/device.ts';
import type { Tracking } from '../../model/tracking.ts';
import { StoreRejectedError } from '../../store/store-errors.ts';
import type { DevicePatch, Store } from '../../store/store.ts';
import { createAbilities, type Abilities } from './abilities.ts';
import type { AddressDesk } from './address-desk.ts';
import { createAsk, type Ask } from '../wire/ask.ts';
import { credentialsFingerprint } from '../../model/fingerprints.ts';
import {
  DeviceStoppedError,
  recoveryPatch,
  stopOf,
  stopPatch,
  type DeviceStop,
} from '../stop/device-stop.ts';
import type { Emitter } from '../emitter.ts';
import type { EmployeeDesk } from './employee-desk.ts';
import type { EngineEvents } from '../events.ts';
import { createFaceImages, type FaceImages } from './face-images.ts';
import type { HeldLease } from '../wire/held-lease.ts';
import { createLogins, type Logins } from '../wire/logins.ts';
import type { EngineOptions } from '../options.ts';
import { createOutcomeWriter, type OutcomeWriter } from '../wire/outcome-writer.ts';
import { createPatience, type Patience } from '../wire/patience.ts';
import type { PhotoSource } from './photo-source.ts';
import type { Random } from '../random.ts';
import { createWire, type Wire } from '../wire/wire.ts';

/** What all lanes of an engine share. */
export interface EngineParts {
  store: Store;
  clientFor: (device: Device) => DeviceClient;
  photoSource: PhotoSource | null;
  clock: Clock;
  random: Random;
  options: EngineOptions;
  events: Emitter<EngineEvents>;
  desk: EmployeeDesk;
  addresses: AddressDesk;
  /** Reading pages of pairs: only so many at a time, whatever the number of devices. */
  pageGate: <Value>(work: () => Promise<Value>) => Promise<Value>;
}

/** How often in one session a change may go unanswered before the device counts as down. */
const MAX_LOST_ANSWERS = 3;

/**
 * One lane's time with one device, under one lease: the tools to talk to it and what was learned meanwhile.
 */
export interface Session {
  readonly parts: EngineParts;
  readonly device: Device;
  readonly deviceId: string;
  readonly client: DeviceClient;
  readonly lease: HeldLease;
  readonly patience: Patience;
  readonly writer: OutcomeWriter;
  readonly logins: Logins;
  readonly wire: Wire;
  readonly ask: Ask;
  readonly abilities: Abilities;
  readonly images: FaceImages;
  readonly stopping: AbortSignal;
  /** What came of pairs since the last window was planned: newer than the rows read for it. */
  readonly touched: Map<number, Tracking>;
  /** Rows of the pairs that are marked and not begun, as they were: what another leg may go by meanwhile. */
  readonly unmarked: Map<number, Tracking | null>;
  /** Numbers that belong to somebody else on this device, with what is said about it. */
  readonly conflicts: Map<number, Tracking>;
  /** Numbers that the device's list showed, and that were nobody's of ours at that moment. */
  readonly strangers: Set<number>;
  /** Numbers that the device's list should have shown, and did not. */
  readonly missed: Set<number>;
  met: boolean;
  /** Of the calls that the device dealt with, those it took to meet it. */
  dealtWithToMeet: number;
  /** Places for new persons and faces, where the device tells; null: it will say itself when it is full. */
  freePersons: number | null;
  freeFaces: number | null;
  roomMeasured: boolean;
  lostAnswersLeft: number;
  /** How often in this session the device turned out to have lost somebody: what was read of it before is no measure. */
  doubts: number;
  /** Writes what is learned of the device. Durable when it resolves. */
  remember(patch: DevicePatch): Promise<void>;
  /** Like `remember`, with the next write; for what can be learned again. */
  note(memory: Partial<DeviceMemory>): void;
  flushNotes(): Promise<void>;
  /** Gives back the value of an answer, or ends the session. @throws DeviceStoppedError */
  valueOf<Value>(answer: Answer<Value>): Value;
  /** Writes down why the device is left. */
  stopFor(stop: DeviceStop): Promise<void>;
  /** The device works: failures are forgotten. */
  recovered(): Promise<void>;
}

export function openSession(
  parts: EngineParts,
  device: Device,
  lease: HeldLease,
  stopping: AbortSignal,
): Session {
  const { store, clock, random, options, events } = parts;
  const { deviceId } = device;
  const patience = createPatience({ clock, random, events, stopping });
  const writer = createOutcomeWriter(store, lease, patience);
  let notes: Partial<DeviceMemory> = {};

  const remember = async (patch: DevicePatch) => {
    const memory = { ...notes, ...patch.memory };
    notes = {};
    Object.assign(device.memory, memory);
    if (patch.status !== undefined) device.status = patch.status;
    await patience.run('write what is known of the device', () =>
      store.writeDevice(lease.current, { ...patch, memory }),
    );
  };
  const note = (memory: Partial<DeviceMemory>) => {
    notes = { ...notes, ...memory };
    Object.assign(device.memory, memory);
  };
  const logins = createLogins({
    fingerprint: credentialsFingerprint(device),
    memory: device.memory,
    abandoned: lease.abandoned,
    clock,
    remember: (memory) => remember({ memory }),
    note,
  });
  const wire = createWire({ deviceId, clock, options, lease, logins, writer, patience, events, stopping });

  return {
    parts,
    device,
    deviceId,
    client: parts.clientFor(device),
    lease,
    patience,
    writer,
    logins,
    wire,
    ask: createAsk({ wire, clock, random, options, stopping }),
    abilities: createAbilities(device.memory.capabilities, (capabilities) => {
      note({ capabilities });
    }),
    images: createFaceImages({
      delivery: options.faceDelivery,
      remembered: device.memory.faceDelivery,
      photos: parts.photoSource,
      remember: (faceDelivery) => {
        note({ faceDelivery });
      },
      signal: stopping,
    }),
    stopping,
    touched: new Map(),
    unmarked: new Map(),
    conflicts: new Map(),
    strangers: new Set(),
    missed: new Set(),
    met: false,
    dealtWithToMeet: 0,
    freePersons: null,
    freeFaces: null,
    roomMeasured: false,
    lostAnswersLeft: MAX_LOST_ANSWERS,
    doubts: 0,
    remember,
    note,
    async flushNotes() {
      if (Object.keys(notes).length > 0) await remember({});
    },
    valueOf(answer) {
      if (answer.verdict.class === 'done' && answer.value !== null) return answer.value;
      throw new DeviceStoppedError(stopOf(answer.verdict));
    },
    async stopFor(stop) {
      events.emit('device.stopped', { deviceId, code: stop.code, message: stop.message, raw: stop.raw });
      const patch = stopPatch(device, { ...stop, tookLastTry: logins.tookLastTry }, clock.now(), random);
      if (patch === null) return;
      try {
        await remember(patch);
      } catch (error) {
        if (!(error instanceof StoreRejectedError)) throw error;
        // What was noted before may be what is refused: it is not written a second time.
        await remember(patch);
      }
    },
    async recovered() {
      const patch = recoveryPatch(device);
      if (patch === null) return;
      await remember(patch);
      events.emit('device.recovered', { deviceId });
    },
  };
}
