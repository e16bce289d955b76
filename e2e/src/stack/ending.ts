/** What has to be taken down again, last first; everything is, also when some of it fails. */
export class Ending {
  readonly #steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  /** Safe to call twice. @throws AggregateError with all that went wrong, once all has been tried */
  async run(): Promise<void> {
    const errors: unknown[] = [];
    for (const step of this.#steps.splice(0).reverse())
      await step().catch((error: unknown) => errors.push(error));
    if (errors.length > 0)
      throw new AggregateError(errors, `Taking down failed: ${errors.map(String).join('; ')}`);
  }
}
