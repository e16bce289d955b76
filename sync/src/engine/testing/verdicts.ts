import type { Answer, AnswerClass, Verdict } from '../../isapi/answer.ts';

const codes: Record<AnswerClass, string> = {
  done: 'ok',
  already: 'already_exists',
  missing: 'person_missing',
  item: 'person_rejected',
  modelling: 'face_modelling_failed',
  download: 'photo_download_failed',
  unsupported: 'device_unsupported',
  full: 'device_persons_full',
  busy: 'device_busy',
  credentials: 'device_credentials_refused',
  network: 'device_unreachable',
  unknown: 'unknown_answer',
};

function verdict(answerClass: AnswerClass, more: Partial<Verdict> = {}): Verdict {
  return {
    class: answerClass,
    deviceCode: answerClass,
    code: codes[answerClass],
    message: `The device said ${answerClass}.`,
    delivery: 'answered',
    httpStatus: answerClass === 'network' ? null : 200,
    unlockTimeS: null,
    raw: answerClass === 'unknown' ? 'rubbish' : null,
    ...more,
  };
}

export const done = <Value>(value: Value): Answer<Value> => ({ verdict: verdict('done'), value });
export const said = (answerClass: AnswerClass, more: Partial<Verdict> = {}): Answer<never> => ({
  verdict: verdict(answerClass, more),
  value: null,
});
