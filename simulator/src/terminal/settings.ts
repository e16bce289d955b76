/** A configuration document of the wire, kept as it is written. It is flat, so that no client can nest without end. */
export type SettingDocument = Record<string, SettingScalar | SettingScalar[]>;
type SettingScalar = string | number | boolean;

export type SettingName = 'AcsCfg' | 'CardReaderCfg' | 'DeviceInfo' | 'EventStorageCfg' | 'FaceRecognizeMode';

export type SettingsSnapshot = readonly [SettingName, SettingDocument][];

/** Longest text or list that is kept in a setting. */
const MAX_SETTING_LENGTH = 256;

/** [K1A340, observed]; `remoteCheckDoorEnabled` stands for the remote verification of newer models (assumed name). */
const DEFAULTS: Record<SettingName, SettingDocument> = {
  AcsCfg: {
    showCapPic: false,
    overlayUserInfo: false,
    voicePrompt: true,
    uploadCapPic: true,
    saveCapPic: true,
    showPicture: true,
    showEmployeeNo: true,
    showName: true,
    uploadVerificationPic: true,
    saveVerificationPic: true,
    saveFacePic: true,
    desensitiseEmployeeNo: true,
    desensitiseName: true,
  },
  CardReaderCfg: {
    enable: true,
    okLedPolarity: 'anode',
    errorLedPolarity: 'anode',
    buzzerPolarity: 'anode',
    swipeInterval: 0,
    pressTimeout: 10,
    enableFailAlarm: false,
    maxReadCardFailNum: 5,
    enableTamperCheck: true,
    offlineCheckTime: 0,
    fingerPrintCheckLevel: 5,
    faceMatchThresholdN: 87,
    faceQuality: 50,
    faceRecogizeTimeOut: 3,
    faceRecogizeInterval: 3,
    cardReaderFunction: ['fingerPrint', 'face'],
    cardReaderDescription: '',
    livingBodyDetect: true,
    faceMatchThreshold1: 60,
    buzzerTime: 10,
    envirMode: 'other',
    liveDetLevelSet: 'low',
    liveDetAntiAttackCntLimit: 5,
    enableLiveDetAntiAttack: true,
    fingerPrintCapacity: 3000,
    fingerPrintNum: 0,
    faceRecogizeEnable: 1,
  },
  DeviceInfo: {},
  FaceRecognizeMode: { mode: 'normalMode' },
  EventStorageCfg: { mode: 'cycle' },
};

/** Settings a client reads and changes and that change little else. Only what was changed takes memory. */
export class Settings {
  #changed: Map<SettingName, SettingDocument> | null = null;

  get(name: SettingName): Readonly<SettingDocument> {
    return this.#changed?.get(name) ?? DEFAULTS[name];
  }

  /** Takes over the keys the device knows and ignores the rest, as devices do. */
  merge(
    name: SettingName,
    change: Readonly<Record<string, unknown>>,
    furtherKeys: readonly string[] = [],
  ): void {
    const known = this.get(name);
    const next: SettingDocument = { ...known };
    for (const [key, value] of Object.entries(change)) {
      if (!(key in known) && !furtherKeys.includes(key)) continue;
      if (isSetting(value)) next[key] = value;
    }
    this.#changed ??= new Map();
    this.#changed.set(name, next);
  }

  snapshot(): SettingsSnapshot {
    return [...(this.#changed ?? [])];
  }

  restore(snapshot: SettingsSnapshot): void {
    this.#changed = new Map(snapshot);
  }

  clear(): void {
    this.#changed = null;
  }
}

function isSetting(value: unknown): value is SettingScalar | SettingScalar[] {
  if (Array.isArray(value)) return value.length <= MAX_SETTING_LENGTH && value.every(isScalar);
  return isScalar(value);
}

function isScalar(value: unknown): value is SettingScalar {
  if (typeof value === 'string') return value.length <= MAX_SETTING_LENGTH;
  return typeof value === 'number' || typeof value === 'boolean';
}
