/** A number in [0, 1). Passed in, so that a course of events can be replayed. */
export type Random = () => number;
