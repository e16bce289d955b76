import { JSON_TYPE, wantsJson, xmlAnswer } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';

/** Abilities that the simulator stands behind, by the names seen on K1A340 and in the vendor's guide. */
export const accessCapabilityEndpoints: Endpoint[] = [
  {
    name: 'access-control-capabilities',
    method: 'GET',
    path: '/ISAPI/AccessControl/capabilities',
    handle: (request, { terminal: { traits } }) => {
      const answer = xmlAnswer(traits, 'AccessControl', {
        isSupportAcsWorkStatus: true,
        isSupportAcsCfg: true,
        isSupportAcsEvent: true,
        isSupportAcsEventTotalNum: true,
        isSupportEventStorageCfg: true,
        isSupportRemoteControlDoor: true,
        isSupportDoorCfg: true,
        isSupportUserInfo: true,
        EmployeeNoInfo: {
          employeeNo: { '@min': 1, '@max': traits.employeeNoMaxBytes },
          characterType: { '@opt': 'any' },
          isSupportCompress: false,
        },
        isSupportCardInfo: true,
        // Claimed even where the library is missing [K1A340, observed].
        isSupportFDLib: true,
        isSupportUserInfoDetailDelete: true,
        isSupportCardReaderCfg: true,
        isSupportUserRightPlanTemplate: true,
        isSupportUserRightWeekPlanCfg: true,
        isSupportFaceRecognizeMode: true,
        isSupportCaptureFaceData: true,
        isSupportRemoteCheck: true,
      });
      return traits.capabilitiesMislabelled && wantsJson(request)
        ? { ...answer, contentType: JSON_TYPE }
        : answer;
    },
  },
];
