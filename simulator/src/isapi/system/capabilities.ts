import { xmlAnswer } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';

/** The part of the device's large list of abilities that the simulator stands behind; names from the vendor's guide. */
export const systemCapabilityEndpoints: Endpoint[] = [
  {
    name: 'system-capabilities',
    method: 'GET',
    path: '/ISAPI/System/capabilities',
    handle: (_request, { terminal: { traits } }) =>
      xmlAnswer(traits, 'DeviceCap', {
        SysCap: {
          isSupportDst: true,
          NetworkCap: { isSupportWireless: false, isSupportNtp: true, isSupportHttps: true },
          isSupportSubscribeEvent: traits.alertStream === 'yes',
          isSupportTimeCap: true,
        },
        SecurityCap: {
          supportUserNums: 32,
          issupIllegalLoginLock: true,
          WebCertificateCap: { CertificateType: { '@opt': 'digest', '#text': 'digest' } },
        },
        EventCap: { isSupportHttpHosts: traits.httpHostSlots > 0 },
        isSupportAccessControlCap: true,
        isSupportFDLib: true,
        isSupportReboot: true,
        isSupportFactoryReset: true,
      }),
  },
];
