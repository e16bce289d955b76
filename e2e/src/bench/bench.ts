/** One measured number. */
export interface Figure {
  /** `firstSync.d50` */
  name: string;
  value: number;
  unit: 'ratio' | 'MiB' | 'ms' | 's' | 'calls';
  /** What the number is compared with, in words: a figure without that says nothing. */
  comparedWith: string;
  /** What it should not exceed (or, for `at-least`, fall below); for the reader, never a failing test. */
  goal?: { kind: 'at-most' | 'at-least'; value: number };
}

/** A measurement that yields one or more figures, side by side in one run. */
export interface Bench {
  /** Common beginning of its figures' names. */
  name: string;
  measure(): Promise<Figure[]>;
}
