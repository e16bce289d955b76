/** What is known of one half (person or face) of a pair on the device itself. */
export type Knowledge =
  /** Nobody looked yet, or an answer was lost: to be resolved before anything else is sent. */
  | { state: 'unknown' }
  /** The device confirmed it does not have it. */
  | { state: 'absent' }
  /** The device acknowledged exactly this content. */
  | { state: 'confirmed'; fingerprint: string }
  /** The device has one, but with content we never confirmed (adopted, or replaced at the terminal). */
  | { state: 'foreign' };

export type TrackingStatus = 'pending' | 'sincronizat' | 'eroare';

/** One row of `angajati_biometrie_dispozitive`: an employee number on a device. */
export interface Tracking {
  deviceId: string;
  employeeNo: number;
  /** Null once the biometrics row was deleted: the number is then a leaver's. */
  biometricsId: string | null;
  status: TrackingStatus;
  person: Knowledge;
  face: Knowledge;
  /** Access was closed on the device (`Valid.enable` false), confirmed by it. */
  accessClosed: boolean;
  /** The device's person with this number was found to be ours, and was never seen gone since. */
  identified: boolean;
  /** `nameFingerprint`s of what was meant to be written while that was not clear: a person called so is ours. */
  sentNames: string[];
  syncedAtMs: number | null;
  errorCode: string | null;
  errorMessage: string | null;
}

/**
 * Whether the device's person is known to be ours. What the device confirmed is, whatever a daemon of a former version,
 * which does not write `identified`, left in the row: to be asked before a row stops saying "confirmed".
 */
export const isIdentified = ({ identified, person }: Pick<Tracking, 'identified' | 'person'>): boolean =>
  identified || person.state === 'confirmed';
