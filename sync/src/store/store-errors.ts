/** The database does not answer: nothing is lost, what is open is taken up when it answers again. */
export class StoreUnreachableError extends Error {
  readonly code = 'database_unreachable';
}

/** The database refused: a wrong key, a missing migration or a mistake of ours. Trying again does not help. */
export class StoreRejectedError extends Error {
  readonly code = 'database_rejected';
}

/** Another daemon drives the device now: stop sending to it at once and write nothing more for it. */
export class LeaseLostError extends Error {
  readonly code = 'lease_lost';
  readonly deviceId: string;

  constructor(deviceId: string) {
    super(`Another daemon has taken over device ${deviceId}; this one stops working on it.`);
    this.deviceId = deviceId;
  }
}

/** Another device that is in use has this serial number: the same terminal under two rows. */
export class SerialTakenError extends Error {
  readonly code = 'serial_taken';
  readonly deviceId: string;

  constructor(deviceId: string) {
    super(`The serial number that device ${deviceId} was to have belongs to another device in use.`);
    this.deviceId = deviceId;
  }
}
