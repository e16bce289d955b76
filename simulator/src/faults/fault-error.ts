/** A fault that cannot be used as it was given. The message says where, what is wrong and what a good one looks like. */
export class FaultError extends Error {
  readonly code = 'bad_fault';
  /** Where in the input: `faults[1].what.ms`. */
  readonly place: string;

  constructor(place: string, message: string) {
    super(`${place}: ${message}`);
    this.name = 'FaultError';
    this.place = place;
  }
}
