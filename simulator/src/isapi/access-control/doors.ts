import { ALL_DOORS, DOOR_COMMANDS, type DoorCommand } from '../../terminal/doors.ts';
import { statusFor, xmlAnswer, xmlStatus } from '../answers.ts';
import type { Endpoint } from '../endpoint.ts';
import { Refusal } from '../refusal.ts';
import { xmlCall } from '../xml-call.ts';
import { optionalNumber, optionalText, readXml, requireChoice } from '../xml-fields.ts';

const MAX_OPEN_DURATION_S = 255;
const DOOR_NAME_MAX_LENGTH = 32;
const MAJOR_OPERATION = 3;
/** Remote operations of the vendor's SDK; `resume` has none of its own and is logged as a close (assumed). */
const OPERATION_MINOR: Record<DoorCommand, number> = {
  open: 1024,
  close: 1025,
  alwaysOpen: 1026,
  alwaysClose: 1027,
  resume: 1025,
};

/** A door number of the path; NaN for anything else. */
function doorNoOf(text: string | undefined): number {
  return /^\d{1,5}$/.test(text ?? '') ? Number(text) : NaN;
}

export const doorEndpoints: Endpoint[] = [
  {
    name: 'remote-control-door-capabilities',
    method: 'GET',
    path: '/ISAPI/AccessControl/RemoteControl/door/capabilities',
    handle: (request, { terminal: { traits, doors } }) =>
      traits.doorCapabilities === 'method-not-allowed'
        ? statusFor(request, traits, 'methodNotAllowed')
        : xmlAnswer(traits, 'RemoteControlDoor', {
            doorNo: { '@min': 1, '@max': doors.count },
            cmd: { '@opt': DOOR_COMMANDS.join(',') },
          }),
  },
  {
    name: 'remote-control-door',
    method: 'PUT',
    path: '/ISAPI/AccessControl/RemoteControl/door/{door}',
    handle: xmlCall(({ request, terminal: { doors, events }, traits, params }) => {
      const doorNo = doorNoOf(params.door);
      if (!doors.has(doorNo)) throw new Refusal('invalidID');
      const command = requireChoice(readXml(request.body, 'RemoteControlDoor'), 'cmd', DOOR_COMMANDS);
      doors.command(doorNo, command);
      events.append({
        major: MAJOR_OPERATION,
        minor: OPERATION_MINOR[command],
        ...(doorNo !== ALL_DOORS && { doorNo }),
      });
      return xmlStatus(traits, 'ok');
    }),
  },
  {
    name: 'door-param-get',
    method: 'GET',
    path: '/ISAPI/AccessControl/Door/param/{door}',
    handle: xmlCall(({ terminal: { doors }, traits, params }) => {
      const param = doors.param(doorNoOf(params.door));
      if (!param) throw new Refusal('invalidID');
      return xmlAnswer(traits, 'DoorParam', { doorName: param.doorName, openDuration: param.openDurationS });
    }),
  },
  {
    name: 'door-param-put',
    method: 'PUT',
    path: '/ISAPI/AccessControl/Door/param/{door}',
    handle: xmlCall(({ request, terminal: { doors }, traits, params }) => {
      const doorNo = doorNoOf(params.door);
      const known = doors.param(doorNo);
      if (!known) throw new Refusal('invalidID');
      const param = readXml(request.body, 'DoorParam');
      doors.setParam(doorNo, {
        doorName: optionalText(param, 'doorName', DOOR_NAME_MAX_LENGTH) ?? known.doorName,
        openDurationS: optionalNumber(param, 'openDuration', 1, MAX_OPEN_DURATION_S) ?? known.openDurationS,
      });
      return xmlStatus(traits, 'ok');
    }),
  },
];
