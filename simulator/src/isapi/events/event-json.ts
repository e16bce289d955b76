import type { AccessEvent } from '../../terminal/event-record.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { originParts } from '../origin-parts.ts';
import { deviceNameOf } from '../system/device-info.ts';

/** Absolute address of an event's picture; undefined when none was taken. */
function pictureUrlOf(terminal: Terminal, event: AccessEvent, origin: string): string | undefined {
  if (!event.picture) return undefined;
  const wallClock = event.time.slice(0, 19);
  return `${origin}${terminal.pictures.linkEvent({ serialNo: event.serialNo, of: event.picture.of, wallClock })}`;
}

/** A record as event search gives it. What an event does not have is absent, not empty. */
export function searchRecord(terminal: Terminal, event: AccessEvent, origin: string): object {
  return {
    major: event.major,
    minor: event.minor,
    time: event.time,
    cardNo: event.cardNo,
    cardType: event.cardType,
    name: event.name,
    cardReaderNo: event.cardReaderNo,
    doorNo: event.doorNo,
    employeeNoString: event.employeeNo,
    serialNo: event.serialNo,
    userType: event.userType,
    currentVerifyMode: event.verifyMode,
    attendanceStatus: event.attendanceStatus,
    label: event.label,
    mask: event.mask,
    pictureURL: pictureUrlOf(terminal, event, origin),
    picturesNumber: event.picture ? 1 : undefined,
    FaceRect: event.faceRect,
  };
}

/** How a notification reaches its reader: address and protocol appear in it, and whether it is news or history. */
export interface NotificationWay {
  /** `http://127.0.0.1:9101`: how the device calls itself. */
  origin: string;
  isLive: boolean;
}

/** The envelope that stream and push share. */
export function notificationHead(terminal: Terminal, origin: string, time: string): Record<string, unknown> {
  const { host, port, isHttps } = originParts(origin);
  return {
    ipAddress: host,
    portNo: port,
    protocol: isHttps ? 'HTTPS' : 'HTTP',
    macAddress: terminal.identity.macAddress,
    channelID: 1,
    dateTime: time,
    activePostCount: 1,
  };
}

/** An event as stream and push carry it: `AccessControllerEvent` with keys of its own. */
export function notification(terminal: Terminal, event: AccessEvent, way: NotificationWay): object {
  return {
    ...notificationHead(terminal, way.origin, event.time),
    eventType: 'AccessControllerEvent',
    eventState: 'active',
    eventDescription: 'Access Controller Event',
    shortSerialNumber: terminal.identity.shortSerial,
    AccessControllerEvent: {
      deviceName: deviceNameOf(terminal),
      majorEventType: event.major,
      subEventType: event.minor,
      cardNo: event.cardNo,
      cardType: event.cardType,
      name: event.name,
      cardReaderNo: event.cardReaderNo,
      doorNo: event.doorNo,
      employeeNoString: event.employeeNo,
      // Only the older line names it [K1A340, observed].
      reportChannel: terminal.traits.subDeviceType === null ? 3 : undefined,
      serialNo: event.serialNo,
      userType: event.userType,
      currentVerifyMode: event.verifyMode ?? 'invalid',
      currentEvent: way.isLive,
      frontSerialNo: Math.max(0, event.serialNo - 1),
      attendanceStatus: event.attendanceStatus ?? 'undefined',
      label: event.label ?? '',
      statusValue: 0,
      mask: event.mask ?? 'unknown',
      picturesNumber: event.picture ? 1 : 0,
      helmet: 'unknown',
      purePwdVerifyEnable: true,
      remoteCheck: event.remoteCheck,
      pictureURL: pictureUrlOf(terminal, event, way.origin),
      FaceRect: event.faceRect,
    },
  };
}
