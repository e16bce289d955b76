import type { Doors } from '../../terminal/doors.ts';
import { jsonAnswer } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { jsonCall } from '../json-call.ts';

/** `doorStatus` of the vendor's SDK: 2 stays open, 3 stays closed, 4 ordinary. */
const DOOR_STATUS: Record<ReturnType<Doors['modeOf']>, number> = { alwaysOpen: 2, alwaysClose: 3, normal: 4 };

/** Keys as on K1A340 [observed]; lists count doors and readers from 1. */
export const workStatusEndpoints: Endpoint[] = [
  {
    name: 'acs-work-status',
    method: 'GET',
    path: '/ISAPI/AccessControl/AcsWorkStatus',
    handle: jsonCall(({ terminal: { doors, cards } }) => {
      const doorNos = Array.from({ length: doors.count }, (_, index) => index + 1);
      const lock = doorNos.map((doorNo) => (doors.isOpen(doorNo) ? 1 : 0));
      return jsonAnswer({
        AcsWorkStatus: {
          doorLockStatus: lock,
          doorStatus: doorNos.map((doorNo) => DOOR_STATUS[doors.modeOf(doorNo)]),
          // Whoever may pass opens the door and shuts it behind: the contact follows the lock (assumed).
          magneticStatus: lock,
          caseStatus: [],
          powerSupplyStatus: 'ACPowerSupply',
          antiSneakStatus: 'close',
          hostAntiDismantleStatus: 'close',
          cardReaderOnlineStatus: [1],
          cardReaderAntiDismantleStatus: [],
          ezvizStatus: 'unregistered',
          cardReaderVerifyMode: [10, 3],
          alarmOutStatus: [0],
          cardNum: cards.size,
        },
      });
    }),
  },
];
