import { NOTIFICATION_KEYS, type NotificationKey, type Traits } from '../../profiles/traits.ts';
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
  const shown = new Set(terminal.traits.eventRecordKeys);
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
    // What it counts is not known; it was 0.
    type: shown.has('type') ? 0 : undefined,
    serialNo: event.serialNo,
    userType: event.userType,
    currentVerifyMode: event.verifyMode,
    attendanceStatus: event.attendanceStatus,
    label: event.label,
    mask: event.mask,
    pictureURL: pictureUrlOf(terminal, event, origin),
    picturesNumber: event.picture && shown.has('picturesNumber') ? 1 : undefined,
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
  return onlyShown(terminal.traits, {
    ipAddress: host,
    ipv6Address: linkLocalAddress(terminal.identity.macAddress),
    portNo: port,
    protocol: isHttps ? 'HTTPS' : 'HTTP',
    macAddress: terminal.identity.macAddress,
    channelID: 1,
    dateTime: time,
    activePostCount: 1,
  });
}

/** The address every interface of IPv6 has by itself, made of its hardware address. */
function linkLocalAddress(macAddress: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = macAddress.split(':').map((byte) => parseInt(byte, 16));
  const group = (high: number, low: number) => (high * 256 + low).toString(16);
  return `fe80::${group(a ^ 2, b)}:${group(c, 0xff)}:${group(0xfe, d)}:${group(e, f)}`;
}

const OPTIONAL: ReadonlySet<string> = new Set<NotificationKey>(NOTIFICATION_KEYS);
/** These are shown whenever the event has them. */
const OWN_BY_EVENT: ReadonlySet<string> = new Set<NotificationKey>([
  'currentVerifyMode',
  'attendanceStatus',
  'label',
  'mask',
]);

/** The document without the keys its model does not send. */
function onlyShown(
  { notificationKeys }: Traits,
  document: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const shown: ReadonlySet<string> = new Set(notificationKeys);
  return Object.fromEntries(
    Object.entries(document).filter(
      ([key, value]) =>
        value !== undefined && (!OPTIONAL.has(key) || shown.has(key) || OWN_BY_EVENT.has(key)),
    ),
  );
}

/** An event as stream and push carry it: `AccessControllerEvent` with keys of its own. */
export function notification(terminal: Terminal, event: AccessEvent, way: NotificationWay): object {
  const { traits } = terminal;
  const named = new Set<NotificationKey>(traits.notificationKeys);
  return {
    ...notificationHead(terminal, way.origin, event.time),
    eventType: 'AccessControllerEvent',
    eventState: 'active',
    eventDescription: 'Access Controller Event',
    ...onlyShown(traits, { shortSerialNumber: terminal.identity.shortSerial }),
    AccessControllerEvent: onlyShown(traits, {
      deviceName: deviceNameOf(terminal),
      majorEventType: event.major,
      subEventType: event.minor,
      cardNo: event.cardNo,
      cardType: event.cardType,
      name: event.name,
      cardReaderNo: event.cardReaderNo,
      doorNo: event.doorNo,
      employeeNoString: event.employeeNo,
      reportChannel: 3,
      // 128 where it was seen; what it counts is not known.
      verifyNo: 128,
      serialNo: event.serialNo,
      userType: event.userType,
      currentVerifyMode: event.verifyMode ?? (named.has('currentVerifyMode') ? 'invalid' : undefined),
      currentEvent: way.isLive,
      frontSerialNo: Math.max(0, event.serialNo - 1),
      attendanceStatus: event.attendanceStatus ?? (named.has('attendanceStatus') ? 'undefined' : undefined),
      label: event.label ?? (named.has('label') ? '' : undefined),
      statusValue: 0,
      mask: event.mask ?? (named.has('mask') ? 'unknown' : undefined),
      picturesNumber: event.picture ? 1 : 0,
      helmet: 'unknown',
      purePwdVerifyEnable: true,
      remoteCheck: event.remoteCheck,
      pictureURL: named.has('pictureURL') ? pictureUrlOf(terminal, event, way.origin) : undefined,
      FaceRect: event.faceRect,
    }),
  };
}
