/** Where a face stood in the picture, as shares of its sides. */
interface FaceRect {
  height: number;
  width: number;
  x: number;
  y: number;
}

/** What happened, before the log gave it a number and a time. */
export interface NewEvent {
  /** 1 alarm, 2 exception, 3 operation, 5 access [seen on devices]. */
  major: number;
  minor: number;
  /** Absent on records of failures: real ones are sparse. */
  employeeNo?: string;
  name?: string;
  userType?: string;
  cardNo?: string;
  cardType?: number;
  cardReaderNo?: number;
  doorNo?: number;
  /** What the person is allowed to use, not what was used. */
  verifyMode?: string;
  mask?: 'unknown' | 'yes' | 'no';
  attendanceStatus?: string;
  label?: string;
  faceRect?: FaceRect;
  /** A picture was taken; `of` is whose face it shows, null for a stranger. */
  picture?: { of: string | null };
  /** The door waits for `PUT AccessControl/remoteCheck`. */
  remoteCheck?: boolean;
}

/** One line of the device's event log. */
export interface AccessEvent extends NewEvent {
  /** Grows by one per event. */
  serialNo: number;
  /** As the device believed. */
  timeMs: number;
  /** `2026-07-13T19:14:08+03:00`, with the offset that held when it happened. */
  time: string;
}

/** Which events a search wants; everything given must hold. Zero major or minor: any. */
export interface EventCondition {
  major: number;
  minor: number;
  startMs?: number;
  endMs?: number;
  beginSerialNo?: number;
  endSerialNo?: number;
  employeeNo?: string;
  name?: string;
  cardNo?: string;
}

export function eventFits(event: AccessEvent, condition: EventCondition): boolean {
  return (
    (condition.major === 0 || event.major === condition.major) &&
    (condition.minor === 0 || event.minor === condition.minor) &&
    event.timeMs >= (condition.startMs ?? -Infinity) &&
    event.timeMs <= (condition.endMs ?? Infinity) &&
    event.serialNo >= (condition.beginSerialNo ?? 0) &&
    event.serialNo <= (condition.endSerialNo ?? Infinity) &&
    (condition.employeeNo === undefined || event.employeeNo === condition.employeeNo) &&
    (condition.name === undefined || event.name === condition.name) &&
    (condition.cardNo === undefined || event.cardNo === condition.cardNo)
  );
}
