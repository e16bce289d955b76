export const NOTIFICATION_KEYS = [
  'ipv6Address',
  'macAddress',
  'channelID',
  'shortSerialNumber',
  'cardType',
  'doorNo',
  'reportChannel',
  'verifyNo',
  'currentVerifyMode',
  'currentEvent',
  'attendanceStatus',
  'label',
  'statusValue',
  'mask',
  'picturesNumber',
  'helmet',
  'purePwdVerifyEnable',
  'pictureURL',
] as const;

export type NotificationKey = (typeof NOTIFICATION_KEYS)[number];

/**
 * Everything in which models and firmwares differ, as plain values. A profile (`profile.ts`) gives each value with
 * its source and says whether it was observed or is assumed; the terminal sees only these.
 */
export interface Traits {
  model: string;
  firmwareVersion: string;
  /** As deviceInfo writes it: `build 240102`. */
  firmwareReleasedDate: string;
  /** Name a device carries out of the box. */
  deviceName: string;
  deviceType: string;
  /** Null: the element is absent. */
  subDeviceType: string | null;

  doorCount: number;
  maxPersons: number;
  maxFaces: number;
  maxCards: number;
  maxCardsPerPerson: number;
  maxEvents: number;
  employeeNoMaxBytes: number;
  nameMaxBytes: number;
  /** What happens to a longer name. */
  overlongName: 'refuse' | 'cut';
  userTypes: string[];
  searchPageMax: number;
  /** More than `searchPageMax`: badJsonContent, badParameters, or no more than that many are given. */
  overPageMax: 'refuse' | 'refuse-bad-parameters' | 'clamp';
  /** How a search ends: `told`: OK with the last page; `never`: MORE for ever, with empty pages at the end. */
  searchEnd: 'told' | 'never';
  deleteListMax: number;
  /** Number of people a UserInfoDetail/Delete may name. */
  detailDeleteListMax: number;
  employeeNoAsNumber: 'refuse' | 'coerce';
  /** Sub-status of a Record for somebody who is there. */
  personExistsCode: string;
  roomNumberMax: number;
  floorNumberMax: number;
  /** Ways to be verified that a person may be given. */
  userVerifyModes: string[];
  /** Digits of a person's own PIN. */
  pinMinDigits: number;
  pinMaxDigits: number;
  /** Earliest and latest moment of a person's validity: `2000-01-01T00:00:00`. */
  validFrom: string;
  validTo: string;
  /** A new person without Valid: refused, or valid for the whole range. */
  validRequired: boolean;
  faceUrlMaxLength: number;
  photoMaxBytes: number;
  /** Fewer bytes are refused with faceDataLenShort. */
  photoMinBytes: number;
  photoMinSidePx: number;
  /** Below this longest side modelling fails now and then (seeded). */
  photoShakySidePx: number;
  progressiveJpeg: 'refuse' | 'accept';
  chroma444: 'refuse' | 'accept';
  trailingBytes: 'refuse' | 'accept';
  exifRotation: 'refuse' | 'ignore';
  /** Sub-status of a picture in which no face, or more than one, is found. */
  noFaceCode: string;
  severalFacesCode: string;
  poorFaceCode: string;
  /** Sub-status of a picture that is no JPEG, and of one whose sides are too short. */
  pictureFormatCode: string;
  pictureResolutionCode: string;
  /** `errorMsg` of a picture that cannot be modelled. */
  modellingErrorMsg: 'saveFacePic' | 'PicFeaturePoints';
  /** The same picture under another person: alreadyExistThisFace, or not looked at. */
  sameFaceTwice: 'refuse' | 'accept';
  /** Picture kinds besides JPEG. */
  pictureFormats: string[];

  personSetUp: 'yes' | 'edit-only' | 'not-found' | 'method-not-allowed';
  personSearch: 'yes' | 'not-found';
  personCountDetail: 'user-number-only' | 'with-bindings';
  /** What UserInfo/capabilities says of `numOfFace`, `numOfFP`, `numOfCard`: as it is, or that none is supported. */
  personNumbersClaimed: 'as-shown' | 'none';
  /** `UserInfoBatchPutCond.maxUserNum` of the capabilities; null: not there. The batch itself is not simulated. */
  batchPutMaxPersons: number | null;
  /** Keys of a found person beyond the common ones. */
  personFields: (
    | 'numOfFace'
    | 'numOfFP'
    | 'numOfCard'
    | 'numOfRemoteControl'
    | 'faceURL'
    | 'PersonInfoExtends'
    | 'onlyVerify'
    | 'roomNumber'
    | 'floorNumber'
    | 'groupId'
    | 'localAtndPlanTemplateId'
  )[];
  deleteProcess: 'yes' | 'not-found';
  /** Time an asynchronous delete takes for each person. */
  detailDeleteMsPerPerson: number;
  /** UserInfo/Delete without EmployeeNoList. */
  deleteWithoutList: 'refuse' | 'delete-all';
  rightPlanRequired: boolean;
  /** What a person written without doorRight and RightPlan gets: the all-day plan of every door, or no access. */
  withoutRightPlan: 'all-day' | 'no-access';
  /** What an entry of RightPlan without planTemplateNo gives, such as one that is spelled plamTemplateNo. */
  planWithoutTemplate: 'all-day' | 'no-access';
  /** False: everything under /ISAPI/Intelligent/FDLib is 404, though capabilities may claim otherwise (DS-K1A340). */
  faceLibrary: boolean;
  infraredLibrary: boolean;
  faceSetUp: 'yes' | 'not-found' | 'method-not-allowed';
  /** FDSetUp without an `employeeNo` beside FPID is MessageParametersLack. */
  faceSetUpNeedsEmployeeNo: boolean;
  /** Sub-status of a face whose person is not there. */
  faceWithoutPersonCode: string;
  /** Sub-status of one face too many. */
  facesFullCode: string;
  /** What the answer to a written face carries beyond the status. */
  faceAnswerKeys: ('FPID' | 'rowKey')[];
  faceModify: 'yes' | 'not-found';
  faceSearch: 'yes' | 'not-found';
  faceDelete: 'fd-search-delete' | 'fd-delete';
  faceCapabilities: 'yes' | 'not-found';
  /** Which face URLs the device can fetch. */
  faceUrls: 'any' | 'own-only';
  /** Sub-status of a failed download. */
  downloadFailureCode: string;
  /** Forms in which CaptureFaceData gives its picture. */
  captureDataTypes: ('url' | 'binary')[];
  overlongPhotoAnswer: { subStatusCode: string; errorMsg: string };

  alertStream: 'yes' | 'not-found';
  alertStreamReplay: boolean;
  heartbeat: 'videoloss' | 'heartBeat' | 'none';
  firstHeartbeat: 'at-once' | 'after-period';
  maxStreams: number;
  /** What one stream too many gets: a refusal, or a reset. */
  overMaxStreams: 'deployExceedMax' | 'invalidOperation' | 'hang-up';
  httpHostSlots: number;
  /** What a PUT of httpHosts really does. */
  httpHostsWrites: 'kept' | 'list-loses-address' | 'url-not-kept';
  /** Name of the part of a push that holds the event. */
  pushPartName: string;
  /** That part says its Content-Type. */
  pushPartTyped: boolean;
  systemStatus: 'yes' | 'not-found';
  doorCapabilities: 'yes' | 'method-not-allowed';
  eventTimesNeedOffset: boolean;
  /** Keys of a found event beyond the common ones. */
  eventRecordKeys: ('type' | 'picturesNumber')[];
  /**
   * Keys of a streamed or pushed event beyond the common ones. Verify mode, attendance status, label and mask are there
   * whenever the event has them; named here, they are there always, with a value that says nothing.
   */
  notificationKeys: NotificationKey[];

  xmlVersion: '1.0' | '2.0';
  xmlNamespace: string;
  /** HTTP status of a soft refusal such as notSupport on a JSON call. */
  notSupportStatus: 200 | 403 | 404;
  /** AccessControl/capabilities?format=json says JSON and sends XML (DS-K1T673DX-BR). */
  capabilitiesMislabelled: boolean;
  capabilityOptStyle: 'comma-string' | 'array';
  /** A known path with a verb it does not have: 405, 403 with the same body, or 404. */
  wrongMethod: 'method-not-allowed' | 'forbidden' | 'not-found';
  /** `any`: `/ISAPI/System/deviceinfo` leads to `deviceInfo`. */
  pathCase: 'exact' | 'any';
  /** A JSON call without `format=json`: XML badXmlFormat, or answered all the same. */
  withoutFormatJson: 'refuse' | 'accept';

  /** How a challenge, its realm and its nonces are written. */
  challengeStyle: 'terminal' | 'camera' | 'recorder';
  nonceLifeMs: number;
  /** A nonce lives up to so much longer, drawn for each. */
  nonceLifeSpreadMs: number;
  nonceUse: 'many' | 'once';
  /** What a request on an old or used nonce gets. */
  nonceRefusal:
    | 'stale-true'
    /** A 401 without the header `WWW-Authenticate`, or with an empty one. */
    | 'no-challenge'
    | 'empty-challenge'
    | 'counts-as-failure'
    | 'new-nonce-without-stale';
  /** `url`: a nonce is good only for the path it was given out for (newest camera web server). */
  nonceScope: 'device' | 'url';
  /** `grow`: an nc that does not grow is refused. */
  ncPolicy: 'off' | 'grow' | 'exact';
  digestAlgorithms: 'MD5' | 'SHA256' | 'MD5/SHA256';
  /** An answer to the challenge without qop (RFC 2069) is refused. */
  qopRequired: boolean;
  /** A header signed for another uri counts as a bad login. */
  wrongUriCounts: boolean;
  /** A refused Basic header counts as a bad login. */
  basicCounts: boolean;
  /** `short-when-locked`: no statusString and no retryLoginTime while locked; `bare`: no lock fields at all. */
  unauthorizedBody: 'full' | 'short-when-locked' | 'bare' | 'html' | 'json';
  lockAfter: number;
  lockSeconds: number;
  lockPer: 'address' | 'user';
  tryingWhileLocked: 'restarts-countdown' | 'goes-on';
  successResetsCounter: boolean;
  closeAfter401: boolean;
  keepAliveTimeoutS: number;
  /** Requests per connection; counts down in the Keep-Alive header. 0: every answer closes its connection. */
  keepAliveMax: number;
  /** Null: no Server header. */
  serverHeader: string | null;
  /** X-Frame-Options and X-XSS-Protection in every answer. */
  browserHeaders: 'none' | 'sent';
  /** Requests and streams under way at the same time, beyond which a terminal answers maxSessionUserLink. */
  maxSessions: number;
  chunkedBodies: 'accept' | 'refuse';
  /** How an answer says where it ends: by its length, in chunks, or by the end of the connection. */
  answerFraming: 'content-length' | 'chunked' | 'close';
  notActivatedStatus: 401 | 403;

  /** Time an ordinary call takes. */
  answerMs: number;
  modellingMinMs: number;
  modellingMaxMs: number;
  rebootMs: number;
}
