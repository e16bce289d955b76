import type { DeviceCapabilities } from '../../model/device.ts';
import type { StepKind } from '../plan/step.ts';

/** What nothing is known of: everything is tried. */
const unknownCapabilities: DeviceCapabilities = {
  personSetUp: 'unknown',
  personSearch: 'unknown',
  faceLibrary: 'unknown',
  faceSetUp: 'unknown',
  faceSearch: 'unknown',
  faceDelete: 'unknown',
  maxPersons: null,
  maxFaces: null,
  searchPageSize: 30,
};

const fieldOf = {
  'set-up-person': 'personSetUp',
  'look-person': 'personSearch',
  'set-up-face': 'faceSetUp',
  'look-face': 'faceSearch',
} as const satisfies Partial<Record<StepKind, keyof DeviceCapabilities>>;

type Remembered = keyof typeof fieldOf;
const isRemembered = (kind: StepKind): kind is Remembered => kind in fieldOf;

/** What a device can do: as it said, and as it showed by refusing a call. Trying settles what it does not say. */
export interface Abilities {
  readonly capabilities: DeviceCapabilities;
  /** Steps not to be planned for this device. */
  readonly unsupported: ReadonlySet<StepKind>;
  /** The device answered that there is no such call; a wrong guess is not repeated. */
  lacks(kind: StepKind): void;
  /** A call was refused that others take: another way is gone for now, without holding it against the device for ever. */
  doubts(kind: StepKind): void;
  /** The device has read its capabilities out. */
  told(capabilities: Partial<DeviceCapabilities>): void;
  /** A face was taken. */
  faceTaken(): void;
  /** How a face is deleted here: as remembered, or as a guess. */
  readonly faceDeleteWay: FaceDeleteWay;
  /** That way did not work: the other one is next, and after both there is none. */
  faceDeleteFailed(): void;
  faceDeleteWorked(): void;
  /** Another firmware is on the device: nothing learned of the former one holds. What is remembered is for the caller. */
  forget(): void;
}

type FaceDeleteWay = Exclude<DeviceCapabilities['faceDelete'], 'unknown'>;

/** @param changed Called with the capabilities to remember, whenever they change. */
export function createAbilities(
  remembered: DeviceCapabilities | null,
  changed: (capabilities: DeviceCapabilities) => void,
): Abilities {
  let capabilities = remembered ?? unknownCapabilities;
  const unsupported = new Set<StepKind>();
  let faceDeleteWay: FaceDeleteWay =
    capabilities.faceDelete === 'fd-delete' ? 'fd-delete' : 'fd-search-delete';
  let faceDeleteTries = 0;
  let libraryBefore = capabilities.faceLibrary;
  const read = () => {
    for (const [kind, field] of Object.entries(fieldOf) as [Remembered, (typeof fieldOf)[Remembered]][])
      if (capabilities[field] === 'no') unsupported.add(kind);
  };
  const set = (patch: Partial<DeviceCapabilities>) => {
    capabilities = { ...capabilities, ...patch };
    read();
    changed(capabilities);
  };
  /**
   * No face by any call: once it may be a whim of the moment, and nobody shall go without a face for good because of
   * it; the second session that finds it so is believed. A library that ever took a face is there, however the device
   * answers while it starts up.
   */
  const doubtLibrary = () => {
    if (!unsupported.has('add-face') || !unsupported.has('set-up-face')) return;
    if (capabilities.faceLibrary === 'yes') return;
    const faceLibrary = libraryBefore === 'unsure' || libraryBefore === 'no' ? 'no' : 'unsure';
    if (capabilities.faceLibrary !== faceLibrary) set({ faceLibrary });
  };
  read();
  return {
    get capabilities() {
      return capabilities;
    },
    unsupported,
    lacks(kind) {
      unsupported.add(kind);
      if (isRemembered(kind)) set({ [fieldOf[kind]]: 'no' });
      doubtLibrary();
    },
    told(said) {
      set(said);
    },
    doubts(kind) {
      unsupported.add(kind);
    },
    faceTaken() {
      if (capabilities.faceLibrary !== 'yes') set({ faceLibrary: 'yes' });
    },
    get faceDeleteWay() {
      return faceDeleteWay;
    },
    faceDeleteFailed() {
      faceDeleteTries += 1;
      faceDeleteWay = faceDeleteWay === 'fd-delete' ? 'fd-search-delete' : 'fd-delete';
      if (faceDeleteTries > 1) unsupported.add('delete-face');
    },
    faceDeleteWorked() {
      faceDeleteTries = 0;
      if (capabilities.faceDelete !== faceDeleteWay) set({ faceDelete: faceDeleteWay });
    },
    forget() {
      capabilities = unknownCapabilities;
      unsupported.clear();
      libraryBefore = capabilities.faceLibrary;
      faceDeleteWay = 'fd-search-delete';
      faceDeleteTries = 0;
    },
  };
}
