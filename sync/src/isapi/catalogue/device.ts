import type { CatalogueEntry } from './entry.ts';

/** What a terminal answers about itself: success, capacity, load, functions and who may log in. */
export const deviceCodes: readonly CatalogueEntry[] = [
  {
    class: 'done',
    code: 'ok',
    message: 'Done.',
    codes: { ok: null },
  },
  {
    class: 'done',
    code: 'ok_reboot_required',
    message: 'Done. The device asks for a reboot: restart it when nobody needs the door.',
    codes: { rebootRequired: 0x70000001, autoReboot: 0x70000002 },
  },
  {
    class: 'unsupported',
    code: 'device_unsupported',
    message: 'The firmware of the device has no such function. Update the firmware if no other way works.',
    codes: {
      notSupport: 0x40000001,
      methodNotAllowed: 0x40000004,
      eventNotSupport: 0x60001024,
      badURLFormat: 0x50000003,
      // A JSON call that the device took for XML: an older version of the API.
      badXmlFormat: 0x50000001,
      badXmlContent: 0x60000003,
      invalidSearchConditions: 0x6000001a,
    },
  },
  {
    class: 'full',
    code: 'device_persons_full',
    message:
      'The person list of the device is full. Remove people who no longer need it, or use a larger model.',
    codes: { deviceUserFull: 0x60007000, userInfoFull: null, employeeNoFull: null },
  },
  {
    class: 'full',
    code: 'device_faces_full',
    message:
      'The face library of the device is full. Remove people who no longer need it, or use a larger model.',
    codes: {
      deviceFaceFull: 0x60007001,
      faceImagesNumError: 0x6000002e,
      faceLibraryNumError: 0x6000002d,
      beyondNumberLimit: 0x4000a012,
    },
  },
  {
    class: 'full',
    code: 'device_storage_full',
    message: 'The storage of the device is full. Clear its event and picture storage.',
    codes: {
      noStorageSpace: 0x30007000,
      diskFull: 0x6000100a,
      SSDFileSystemDiskfull: 0x30001010,
      faceLibDiskFull: 0x400020f4,
      hdIsFull: 0x40005022,
      notEnoughStorageAvailable: 0x4000121e,
      storageSpaceNotEnough: 0x40001275,
      noFreeSpaceOfStoragePool: 0x60000014,
    },
  },
  {
    class: 'busy',
    code: 'device_busy',
    message:
      'The device is busy. It is tried again; if it stays so, look whether somebody works at the terminal.',
    codes: {
      deviceBusy: 0x20000004,
      serviceUnavailable: 0x20000002,
      configOperating: 0x2000000a,
      noMemory: 0x20000001,
      deviceAckTimeOut: 0x30006003,
      terminalBusy: 0x40005125,
      taskBusy: 0x400012b9,
      beyondConcurrentLimit: 0x400010a8,
      faceDataModeling: 0x6000006a,
      facelibDataProcessing: 0x6000100b,
      analysisEnginesFacelibImporting: 0x60001005,
      faceLibInitializing: 0x40002136,
      PicAnalysisNoResourceError: 0x60001002,
      algorithmRebooting: 0x4000a003,
      maxSessionUserLink: 0x4000000b,
      loginNumExceedLimit: 0x4000203f,
      sesssionUserReachesLimit: 0x400010ec,
      SessionExpired: 0x400010a7,
    },
  },
  {
    class: 'busy',
    code: 'device_upgrading',
    message: 'The device is upgrading its firmware. Wait until it has finished.',
    codes: { upgrading: 0x20000003, SSDFileSystemIsUpgrading: 0x3000100e },
  },
  {
    class: 'busy',
    code: 'device_error',
    message: 'The device reports an internal error. It is tried again; if it stays so, restart the device.',
    codes: { deviceError: 0x30000001, accessDeviceError: 0x400020a1, interfaceOperationError: 0x40001002 },
  },
  {
    class: 'credentials',
    code: 'device_credentials_refused',
    message:
      'The device refuses the username or password. Nothing more is sent to it, so that its account is not locked. ' +
      'Correct the credentials of the device.',
    codes: { badAuthorization: 0x40000003 },
  },
  {
    class: 'credentials',
    code: 'device_login_counted',
    message:
      'The device counts a bad login from a moment of which nobody knows what it answered: a daemon died, or an answer ' +
      'was lost. Most likely its password was changed. Nothing more is sent to it, so that its account is not locked. ' +
      'Correct the credentials; if they are right, run "devices retry-credentials".',
    codes: {},
  },
  {
    class: 'credentials',
    code: 'device_login_unclear',
    message:
      'A login with these credentials was cut off: a daemon died in a call, or an answer was lost, and the device does not ' +
      'tell whether it refused them. They are not shown to it again by themselves. Check them and run "devices ' +
      'retry-credentials".',
    codes: {},
  },
  {
    class: 'credentials',
    code: 'device_account_locked',
    message:
      'The device has locked the account after too many bad logins. Wait until the lock has run out and correct the ' +
      'credentials of the device.',
    codes: { userNameLocked: 0x40001a19 },
  },
  {
    class: 'credentials',
    code: 'device_not_activated',
    message: 'The device is not activated. Give it an admin password at the terminal or with its setup tool.',
    codes: { notActivated: 0x40000007, terminalNotActivated: 0x40005128 },
  },
  {
    class: 'credentials',
    code: 'device_no_rights',
    message:
      'The account may not do this on the device. Use an account with operator rights for persons and faces.',
    codes: { lowPrivilege: 0x40000002 },
  },
  {
    class: 'credentials',
    code: 'device_address_refused',
    message:
      'The device accepts no calls from this address. Allow the address of the daemon in its IP filter.',
    codes: { IPNotAllowed: 0x4000a021 },
  },
];
