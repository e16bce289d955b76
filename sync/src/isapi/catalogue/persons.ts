import type { CatalogueEntry } from './entry.ts';

/** What a terminal answers about the data of a person. */
export const personCodes: readonly CatalogueEntry[] = [
  {
    class: 'already',
    code: 'person_already_exists',
    message: 'The person is on the device already.',
    codes: { employeeNoAlreadyExist: 0x60006020, deviceUserAlreadyExist: 0x60007002 },
  },
  {
    class: 'missing',
    code: 'person_missing',
    message: 'The person is not on the device. The next synchronisation sends the person again.',
    codes: { employeeNoNotExist: 0x6000601f, deviceUserNotExist: 0x60007003, userInfoIsEmpty: 0x40005114 },
  },
  {
    class: 'item',
    code: 'person_rejected',
    message:
      'The device refuses the data of this person. Check the name (length, unusual characters), the employee number ' +
      'and the validity dates.',
    codes: {
      badJsonContent: 0x60000017,
      badParameters: 0x60000001,
      MessageParametersLack: 0x60000019,
      beyondARGSRangeLimit: 0x60000025,
      nameContainsInvalidCharcters: 0x6000001c,
      nameIsOverlong: 0x6000001d,
      notSupportCharacter: 0x60006029,
      illegalEmployeeNo: 0x60006036,
      employeeNoInvalid: null,
      errorUserInfo: 0x4000a009,
      endtimeEarlierThanBegintime: 0x60006048,
      beyondTimeRangeLimit: 0x60006047,
      planNumberOverlap: 0x6000604a,
      customIDIllegal: 0x60002026,
      illegalPassword: 0x60002020,
      cardNoAlreadyExist: 0x60006033,
      fingerPrintAlreadyExist: 0x6000601c,
    },
  },
];
