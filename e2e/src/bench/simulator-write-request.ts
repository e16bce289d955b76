import { hash } from 'node:crypto';
import type { FleetOptions } from '@pontaj/simulator';

const USERNAME = 'admin';
const PASSWORD = 'Parola-123';
const RECORD = '/ISAPI/AccessControl/UserInfo/Record?format=json';
const MODIFY = '/ISAPI/AccessControl/UserInfo/Modify?format=json';
/** The greatest number a trait takes. */
const MOST = 10_000_000;

/** One terminal that answers at once, keeps its connection and takes a nonce again: a write is one request. */
export function terminalOptions(more: FleetOptions['traits'] = {}): FleetOptions {
  return {
    devices: 1,
    username: USERNAME,
    password: PASSWORD,
    traits: {
      answerMs: 0,
      maxPersons: 60_000,
      nonceLifeMs: MOST,
      nonceUse: 'many',
      keepAliveMax: MOST,
      ...more,
    },
  };
}

/** What a challenge brings and every signed request needs. */
export interface Login {
  realm: string;
  nonce: string;
}

export function readLogin(challenge: string): Login {
  const value = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  return { realm: value('realm'), nonce: value('nonce') };
}

/**
 * The bytes of one signed person write. The first write of each number is a Record, those after it a Modify, as a
 * client sends them that keeps a terminal in step.
 */
export function writeRequest(login: Login, port: number, count: number, persons: number): string {
  const person = count % persons;
  const isNew = count < persons;
  const body = personBody(String(1000 + person), `Popescu Ion ${count}`);
  const [method, target] = isNew ? ['POST', RECORD] : ['PUT', MODIFY];
  return (
    `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
    `Authorization: ${authorization(login, { method, target, count: count + 1 })}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

function personBody(employeeNo: string, name: string): string {
  return JSON.stringify({
    UserInfo: {
      employeeNo,
      name,
      userType: 'normal',
      Valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
      doorRight: '1',
      RightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
    },
  });
}

/** A digest answer with qop; `count` is the use of the nonce, from 1 on. */
export function authorization(
  { realm, nonce }: Login,
  { method, target, count }: { method: string; target: string; count: number },
): string {
  const nc = count.toString(16).padStart(8, '0');
  const cnonce = 'b1946ac9';
  const account = hash('md5', `${USERNAME}:${realm}:${PASSWORD}`);
  const request = hash('md5', `${method}:${target}`);
  const response = hash('md5', `${account}:${nonce}:${nc}:${cnonce}:auth:${request}`);
  return `Digest username="${USERNAME}", realm="${realm}", nonce="${nonce}", uri="${target}", qop=auth, nc=${nc}, cnonce="${cnonce}", response="${response}"`;
}
