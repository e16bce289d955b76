import type { DeviceCapabilities } from '../model/device.ts';
import type { Answer } from './answer.ts';
import type { SendOptions } from './transport.ts';

export interface DeviceIdentity {
  serialNumber: string;
  model: string;
  firmware: string;
}

/** A person as written to a device. */
export interface DevicePerson {
  /** Digits, as the wire wants them. */
  employeeNo: string;
  name: string;
  valid: { enable: boolean; beginTime: string; endTime: string };
  doorRight: string;
  planTemplateNo: string;
}

/** A person as read from a device. */
export interface FoundPerson extends DevicePerson {
  /** Null where the model does not report it. */
  numOfFace: number | null;
}

export interface PersonPage {
  persons: FoundPerson[];
  totalMatches: number;
  /** Position of the next page; null on the last one. */
  next: number | null;
}

export type FaceImage = { delivery: 'url'; url: string } | { delivery: 'upload'; jpeg: Buffer };

/** Each method is one call on the wire (one handshake), never more: the lane counts and spaces them. */
export interface DeviceClient {
  readIdentity(call: Call): Promise<Answer<DeviceIdentity>>;
  /** UserInfo/capabilities. */
  readPersonCapabilities(call: Call): Promise<Answer<Partial<DeviceCapabilities>>>;
  /** FDLib/capabilities. */
  readFaceCapabilities(call: Call): Promise<Answer<Partial<DeviceCapabilities>>>;
  countPersons(call: Call): Promise<Answer<number>>;
  countFaces(call: Call): Promise<Answer<number>>;

  recordPerson(person: DevicePerson, call: Call): Promise<Answer<null>>;
  modifyPerson(person: DevicePerson, call: Call): Promise<Answer<null>>;
  setUpPerson(person: DevicePerson, call: Call): Promise<Answer<null>>;
  /** `employeeNos` at most 30; empty: all. */
  searchPersons(
    query: { employeeNos: string[]; position: number; pageSize: number },
    call: Call,
  ): Promise<Answer<PersonPage>>;
  deletePerson(employeeNo: string, call: Call): Promise<Answer<null>>;

  addFace(employeeNo: string, image: FaceImage, call: Call): Promise<Answer<null>>;
  /** FDSetUp: replaces, and keeps the old face when the new one fails. */
  setUpFace(employeeNo: string, image: FaceImage, call: Call): Promise<Answer<null>>;
  /** True when the face library has a face for the person. */
  searchFace(employeeNo: string, call: Call): Promise<Answer<boolean>>;
  deleteFace(employeeNo: string, by: 'fd-search-delete' | 'fd-delete', call: Call): Promise<Answer<null>>;

  close(): Promise<void>;
}

export type Call = SendOptions;
