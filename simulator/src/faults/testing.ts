import type { Clock } from '../clock.ts';
import type { Exchange } from './exchange.ts';

/** A clock that stands still until a test moves it. */
export function handClock(startMs = 1_000_000): Clock & { advance(ms: number): void } {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    sleep: () => Promise.resolve(),
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

export const personRecord: Exchange = {
  stage: 'signed',
  method: 'POST',
  target: '/ISAPI/AccessControl/UserInfo/Record?format=json',
  endpoint: 'person-record',
  employeeNo: '1000',
};

export const faceRecord: Exchange = {
  stage: 'signed',
  method: 'POST',
  target: '/ISAPI/Intelligent/FDLib/FaceDataRecord?format=json',
  endpoint: 'face-record',
  employeeNo: '1000',
};

export const unsigned: Exchange = { ...personRecord, stage: 'unsigned', employeeNo: null };
