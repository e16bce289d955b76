export type DeviceStatus = 'activ' | 'inactiv' | 'eroare';

/** How an HTTPS device proves itself. Terminals come with self-signed certificates. */
export type CertificatePolicy =
  | { mode: 'verify' }
  /** SHA-256 fingerprint of the certificate, hex in any case, colons or not. */
  | { mode: 'pinned'; fingerprint: string }
  | { mode: 'unchecked' };

export type FaceDelivery = 'url' | 'upload';

/** What the device said it can do. `unknown` is resolved by trying, see the fallbacks in `engine/`. */
export type Support = 'yes' | 'no' | 'unknown';

export interface DeviceCapabilities {
  personSetUp: Support;
  personSearch: Support;
  /** A face library that can be written from outside. `unsure`: in one session it took no face by any call. */
  faceLibrary: Support | 'unsure';
  faceSetUp: Support;
  faceSearch: Support;
  /** `FDSearch/Delete` (most models) or `FDDelete` (DS-K1T341AMF). */
  faceDelete: 'fd-search-delete' | 'fd-delete' | 'unknown';
  maxPersons: number | null;
  maxFaces: number | null;
  /** Largest page of UserInfo/Search; 30 on nearly all models. */
  searchPageSize: number;
}

/** What the daemon remembers about a device between runs, restarts and daemons. */
export interface DeviceMemory {
  /** Serial number at first contact; another one at the same address stops the device. */
  serialNumber: string | null;
  model: string | null;
  firmware: string | null;
  capabilities: DeviceCapabilities | null;
  /** What worked: set to `upload` once the device failed to download a URL. */
  faceDelivery: FaceDelivery | null;
  /** `credentialsFingerprint` of each username and password the device refused since its last good login: none is tried again. */
  refusedCredentials: readonly string[];
  /** The credentials that the device accepted last. */
  provenCredentials: string | null;
  /** A login with these may have been refused without anybody having heard of it: see `engine/wire/logins.ts`. */
  unsettledCredentials: string | null;
  /** Bad logins that the device said it takes, when last it was certain that none was under way. */
  loginTriesLeft: number | null;
  lockedUntilMs: number | null;
  consecutiveFailures: number;
  /** Not before this moment is a device that did not answer asked again. */
  nextProbeAtMs: number | null;
  lastErrorCode: string | null;
  /** In words an operator uses; no secrets, no names of people. */
  lastErrorMessage: string | null;
  /** When the device's own list of persons was last read whole (first contact, or verify). */
  inventoriedAtMs: number | null;
  /** Persons on it that are not ours, as that list said; null: not known. */
  strangers: number | null;
  lastSyncedAtMs: number | null;
}

export interface Device {
  deviceId: string;
  name: string;
  host: string;
  port: number;
  scheme: 'http' | 'https';
  certificatePolicy: CertificatePolicy;
  username: string;
  /** Secret: for the transport only, never for a log, an error or an event. */
  password: string;
  status: DeviceStatus;
  siteId: string | null;
  timezone: string | null;
  memory: DeviceMemory;
}

/** Where a device is. */
export type DeviceAddress = Pick<Device, 'deviceId' | 'host' | 'port'>;

/** What is known of a device never met. */
export const blankMemory: DeviceMemory = {
  serialNumber: null,
  model: null,
  firmware: null,
  capabilities: null,
  faceDelivery: null,
  refusedCredentials: [],
  provenCredentials: null,
  unsettledCredentials: null,
  loginTriesLeft: null,
  lockedUntilMs: null,
  consecutiveFailures: 0,
  nextProbeAtMs: null,
  lastErrorCode: null,
  lastErrorMessage: null,
  inventoriedAtMs: null,
  strangers: null,
  lastSyncedAtMs: null,
};
