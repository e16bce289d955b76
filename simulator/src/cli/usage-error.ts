/** The command was asked for something it cannot do; the message names option or place, value and remedy. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
