import type { Traits } from '../../profiles/traits.ts';
import { jsonAnswer } from '../answers.ts';
import { optionOf } from '../capability-option.ts';
import type { IsapiAnswer } from '../endpoint.ts';
import type { JsonCall } from '../json-call.ts';

/** What the terminal says about its persons: shape of the DS-K1A340, values of the model. */
export function personCapabilities({ traits }: JsonCall): IsapiAnswer {
  const employeeNo = { '@min': 1, '@max': traits.employeeNoMaxBytes };
  const shows = (field: (typeof traits.personFields)[number]) =>
    traits.personNumbersClaimed === 'as-shown' && traits.personFields.includes(field) ? 1 : 0;
  return jsonAnswer({
    UserInfo: {
      supportFunction: optionOf(traits, [
        'post',
        'delete',
        'put',
        ...(traits.personSearch === 'yes' ? ['get'] : []),
        ...(traits.personSetUp === 'yes' || traits.personSetUp === 'edit-only' ? ['setUp'] : []),
      ]),
      UserInfoSearchCond: {
        maxResults: { '@min': 1, '@max': traits.searchPageMax },
        EmployeeNoList: { maxSize: 30, employeeNo },
        fuzzySearch: { '@min': 0, '@max': 32 },
        isSupportNumOfFace: shows('numOfFace'),
        isSupportNumOfFP: shows('numOfFP'),
        isSupportNumOfCard: shows('numOfCard'),
      },
      UserInfoDelCond: { EmployeeNoList: { maxSize: traits.deleteListMax, employeeNo } },
      ...(traits.batchPutMaxPersons === null
        ? {}
        : { UserInfoBatchPutCond: { maxUserNum: traits.batchPutMaxPersons } }),
      employeeNo,
      name: { '@min': 0, '@max': traits.nameMaxBytes },
      userType: optionOf(traits, traits.userTypes),
      closeDelayEnabled: flag(traits),
      Valid: {
        enable: flag(traits),
        beginTime: { '@min': 1, '@max': 32 },
        endTime: { '@min': 1, '@max': 32 },
        timeRangeBegin: traits.validFrom,
        timeRangeEnd: traits.validTo,
        timeType: optionOf(traits, ['local', 'UTC']),
      },
      maxBelongGroup: 4,
      belongGroup: { '@min': 1, '@max': 32 },
      password: { '@min': traits.pinMinDigits, '@max': traits.pinMaxDigits },
      doorRight: { '@min': 1, '@max': traits.doorCount },
      RightPlan: {
        maxSize: traits.doorCount,
        doorNo: { '@min': 1, '@max': traits.doorCount },
        maxPlanTemplate: 4,
        planTemplateNo: { '@min': 1, '@max': 255 },
      },
      maxOpenDoorTime: { '@min': 0, '@max': 255 },
      openDoorTime: { '@min': 0, '@max': 255 },
      roomNumber: { '@min': 0, '@max': traits.roomNumberMax },
      floorNumber: { '@min': 0, '@max': traits.floorNumberMax },
      localUIRight: flag(traits),
      userVerifyMode: optionOf(traits, traits.userVerifyModes),
      maxRecordNum: traits.maxPersons,
      gender: optionOf(traits, ['male', 'female', 'unknown']),
      purePwdVerifyEnable: true,
    },
  });
}

/** A boolean: the bare text `true,false`, or an array of both on newer firmware. */
function flag(traits: Traits): unknown {
  return traits.capabilityOptStyle === 'array' ? optionOf(traits, [true, false]) : 'true,false';
}
