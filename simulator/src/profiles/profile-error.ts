/** A profile that cannot be used; the message is for whoever wrote it. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
}
