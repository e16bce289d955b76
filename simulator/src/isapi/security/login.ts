import { jsonAnswer, xmlAnswer } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { originParts } from '../origin-parts.ts';

const TOKEN_DIGITS = 32;

export const loginEndpoints: Endpoint[] = [
  {
    name: 'activate-status',
    method: 'GET',
    path: '/SDK/activateStatus',
    access: 'none',
    handle: (_request, { terminal }) =>
      xmlAnswer(terminal.traits, 'ActivateStatus', { Activated: terminal.accounts.activated }),
  },
  {
    name: 'user-check',
    method: 'GET',
    path: '/ISAPI/Security/userCheck',
    handle: (_request, { terminal }) =>
      xmlAnswer(terminal.traits, 'userCheck', {
        statusValue: 200,
        statusString: 'OK',
        isDefaultPassword: false,
        isRiskPassword: false,
        isActivated: terminal.accounts.activated,
      }),
  },
  {
    name: 'security-token',
    method: 'GET',
    path: '/ISAPI/Security/token',
    // For the device's own web page; nothing here takes it.
    handle: (_request, { random }) => jsonAnswer({ Token: { value: random.hex(TOKEN_DIGITS) } }),
  },
  {
    name: 'admin-accesses',
    method: 'GET',
    path: '/ISAPI/Security/adminAccesses',
    handle: (request, { terminal }) => {
      const { port, isHttps } = originParts(request.origin);
      const ports = [
        { protocol: 'HTTP', portNo: isHttps ? 80 : port },
        { protocol: 'DEV_MANAGE', portNo: 8000 },
        { protocol: 'HTTPS', portNo: isHttps ? port : 443 },
      ];
      return xmlAnswer(terminal.traits, 'AdminAccessProtocolList', {
        AdminAccessProtocol: ports.map((access, index) => ({ id: index + 1, enabled: true, ...access })),
      });
    },
  },
];
