/**
 * What only an operator may do to a device: the daemon never does it by itself. Not part of `Store`, because these are
 * written without a lease, whoever drives the device at the moment.
 */
export interface OperatorActions {
  /**
   * Another terminal stands at the device's address, and that is right. Everything remembered of the former one is
   * forgotten, also who is on it: the new one is read before anything is sent to it.
   * @param serialNumber the one to expect from now on; null: of whichever terminal answers next.
   * @returns false when there is no such device.
   */
  acceptSerial(deviceId: string, serialNumber: string | null): Promise<boolean>;
  /**
   * Lets the device be logged in to once more with the credentials it refused. A lock it announced still holds.
   * @returns false when there is no such device.
   */
  retryCredentials(deviceId: string): Promise<boolean>;
}
