/** The last lines a program printed, for the error message when it fails. Bounded in lines and in their length. */
export class OutputTail {
  readonly #maxLines: number;
  readonly #maxLineLength = 300;
  readonly #lines: string[] = [];
  #unfinished = '';

  constructor(maxLines = 20) {
    this.#maxLines = maxLines;
  }

  push(text: string): void {
    const parts = (this.#unfinished + text).split('\n');
    this.#unfinished = (parts.pop() ?? '').slice(0, this.#maxLineLength);
    for (const part of parts) {
      if (part.trim() !== '') this.#lines.push(part.slice(0, this.#maxLineLength));
    }
    this.#lines.splice(0, Math.max(0, this.#lines.length - this.#maxLines));
  }

  /** All kept lines; a last line without line end included. */
  text(): string {
    return [...this.#lines, this.#unfinished].filter((line) => line.trim() !== '').join('\n');
  }
}
