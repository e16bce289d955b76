/** The lane ends between two calls. What is open stays open, for the next holder of the lease. */
export class InterruptedError extends Error {
  readonly why: 'stopping' | 'cancelled';

  constructor(why: InterruptedError['why']) {
    super(why === 'stopping' ? 'The engine is stopping.' : 'The run was cancelled.');
    this.why = why;
  }
}
